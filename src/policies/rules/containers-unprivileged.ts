// The policy `containers-unprivileged`: no container has more rights on its host than any other program.
import { asList } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import { containerFindings } from "../reading/containers";
import { isDynamic, isFalse, nested } from "../reading/values";

const containersUnprivileged: Policy = {
  id: "containers-unprivileged",
  severity: "high",
  rule: "No container has more rights on its host than any other program.",
  reason: "A privileged container is a way out of the container.",
  remedy: "Remove privileged, the added capabilities, the host's namespaces and its folders.",
  *check({ resources }) {
    yield* containerFindings(resources, function* ({ who, body }) {
      if (!isFalse(body.privileged)) {
        yield `${who} is privileged`;
      }
      const added = nested(body, "linuxParameters").flatMap((parameters) =>
        nested(parameters, "capabilities").flatMap(({ add }) => asList(add)),
      );
      if (added.length > 0) {
        yield `${who} has the added capabilities ${added.join(", ")}`;
      }
    });
    for (const definition of resources.of("aws_ecs_task_definition")) {
      const { body } = definition;
      for (const name of ["network_mode", "pid_mode", "ipc_mode"]) {
        if (body[name] === "host") {
          yield finding(definition, `Its ${name} is that of the host`);
        }
      }
      if (
        isDynamic(body, "volume") ||
        nested(body, "volume").some(({ host_path: path }) => path !== undefined)
      ) {
        yield finding(definition, "It mounts a folder of the host");
      }
    }
  },
};

export default containersUnprivileged;
