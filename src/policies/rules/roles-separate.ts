// The policy `roles-separate`: a task's execution role and task role are two, and no two services share a role.
import { asText } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import type { Resource } from "../reading/resources";

const rolesSeparate: Policy = {
  id: "roles-separate",
  severity: "high",
  rule: "A task's execution role and task role are two, and no two services share a role.",
  reason: "A shared role may do what any of its users needs, so that one service's leak is every service's.",
  remedy: "Give each service an execution role and a task role of its own.",
  *check({ resources }) {
    const users = new Map<string, Resource>();
    for (const definition of resources.of("aws_ecs_task_definition")) {
      const { execution_role_arn: execution, task_role_arn: task } = definition.body;
      if (execution !== undefined && execution === task) {
        yield finding(definition, "Its execution role is its task role, too");
      }
    }
    for (const service of resources.of("aws_ecs_service")) {
      const definition = resources.find(
        service,
        service.body.task_definition,
        "aws_ecs_task_definition",
        "family",
      );
      if (!definition) {
        yield finding(service, "The roles of its task definition cannot be read before a deployment");
        continue;
      }
      for (const argument of ["execution_role_arn", "task_role_arn"]) {
        const role = asText(definition.body[argument]);
        const other = role === undefined ? undefined : users.get(role);
        if (role !== undefined && other !== undefined && other !== service) {
          yield finding(service, `It shares the role ${roleName(role)} with ${other.address}`);
        } else if (role !== undefined) {
          users.set(role, service);
        }
      }
    }
  },
};

export default rolesSeparate;

/** `aws_iam_role.web` of `${aws_iam_role.web.arn}`. */
function roleName(role: string): string {
  return role.replace(/^\$\{(.*)\.\w+\}$/, "$1");
}
