// The policy `network-logged`: each VPC records its traffic in flow logs.
import { asText } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";

const networkLogged: Policy = {
  id: "network-logged",
  severity: "medium",
  rule: "Each VPC records its traffic in flow logs.",
  reason: "After an incident, flow logs are the only record of who connected to what.",
  remedy: "Add an aws_flow_log for the VPC, with traffic_type ALL or REJECT.",
  *check({ resources }) {
    for (const vpc of resources.of("aws_vpc")) {
      const logs = resources.attached("aws_flow_log", "vpc_id", vpc, "id");
      if (!logs.some(({ body }) => ["ALL", "REJECT"].includes(asText(body.traffic_type) ?? ""))) {
        yield finding(vpc, "No flow log records what is rejected in it");
      }
    }
  },
};

export default networkLogged;
