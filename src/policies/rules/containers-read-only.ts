// The policy `containers-read-only`: the root filesystem of every container is read-only.
import type { Policy } from "../policy";
import { containerFindings } from "../reading/containers";
import { isTrue } from "../reading/values";

const containersReadOnly: Policy = {
  id: "containers-read-only",
  severity: "medium",
  rule: "The root filesystem of every container is read-only.",
  reason: "An attacker who gets in cannot put tools there, nor change the code that runs.",
  remedy: "Set readonlyRootFilesystem, and name the folders that must be writable: writablePaths.",
  check: ({ resources }) =>
    containerFindings(resources, function* ({ who, body }) {
      if (!isTrue(body.readonlyRootFilesystem)) {
        yield `${who} may write to its root filesystem`;
      }
    }),
};

export default containersReadOnly;
