// Whose tasks a state machine starts: of the service that its task definitions have the role of.
import type { Instance } from "./instances";
import { asText } from "./terraform-config";

/** An argument of a call that starts a task, in a definition as Terraform writes it: in `jsonencode`, or as JSON already. */
const TASK_DEFINITION = /TaskDefinition\\?"?\s*[=:]\s*/;
const REFERENCE =
  /^\\?"?(?:\$\{)?aws_ecs_task_definition\.([\w-]+)\.(?:family|arn|arn_without_revision|id)\b/;

/**
 * The service in ECS whose tasks a state machine starts, by its name in Terraform; `undefined` where it starts none, others too, or
 * some of which it cannot be read what they are.
 * @param all the resources of all stacks together
 */
export function serviceOfStarted(machine: Instance, all: readonly Instance[]): string | undefined {
  if (machine.type !== "aws_sfn_state_machine") {
    return undefined;
  }
  const [, ...started] = (asText(machine.body.definition) ?? "").split(TASK_DEFINITION);
  const roleOf = (name: string | undefined): string | undefined =>
    asText(
      inStack(machine, all, "aws_ecs_task_definition").find((one) => one.name === name)?.body.task_role_arn,
    );
  const roles = new Set(started.map((rest) => roleOf(REFERENCE.exec(rest)?.[1])));
  const [role, ...others] = roles;
  if (role === undefined || others.length > 0) {
    return undefined;
  }
  return inStack(machine, all, "aws_ecs_service").find(({ body }) => {
    const [, definition] =
      /aws_ecs_task_definition\.([\w-]+)\./.exec(asText(body.task_definition) ?? "") ?? [];
    return roleOf(definition) === role;
  })?.name;
}

function inStack({ stack }: Instance, all: readonly Instance[], type: string): Instance[] {
  return all.filter((one) => one.mode === "resource" && one.stack === stack && one.type === type);
}
