// The policy `tasks-private`: tasks of services in production have no public addresses.
import { asText } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import { isDynamic, isFalse, nested } from "../reading/values";

/** In the definition of a state machine that starts tasks. */
const PUBLIC = /AssignPublicIp\\?"?\s*[=:]\s*(?!\\?"DISABLED\\?")/;

const tasksPrivate: Policy = {
  id: "tasks-private",
  severity: "medium",
  rule: "Tasks of services, and those that state machines start, have no public addresses in production.",
  reason:
    "A public address leaves the security group as the only thing between a container and the Internet.",
  remedy: 'Run the tasks in private subnets: natGateways "single" or "per-zone", or vpcEndpoints.',
  production: true,
  *check({ resources }) {
    for (const machine of resources.of("aws_sfn_state_machine")) {
      if (PUBLIC.test(asText(machine.body.definition) ?? "")) {
        yield finding(machine, "Its tasks get public addresses");
      }
    }
    for (const service of resources.of("aws_ecs_service")) {
      if (
        isDynamic(service.body, "network_configuration") ||
        nested(service.body, "network_configuration").some(({ assign_public_ip: ip }) => !isFalse(ip))
      ) {
        yield finding(service, "Its tasks get public addresses");
      }
    }
  },
};

export default tasksPrivate;
