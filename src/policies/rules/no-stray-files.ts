// The policy `no-stray-files`: beside a stack's configuration stands nothing else that makes resources.
import type { Policy } from "../policy";

const noStrayFiles: Policy = {
  id: "no-stray-files",
  severity: "high",
  rule: "Beside a stack's configuration in the output folder stands no other file that makes or changes resources.",
  reason:
    "Terraform applies every file of a folder as one, and neither a policy nor the proof of the traffic reads this one.",
  remedy: "Remove the file; what it makes belongs into the folder src/extensions.",
  *check({ strays }) {
    for (const { stack, file } of strays) {
      yield { stack, address: file, problem: "Terraform would apply this file together with the stack" };
    }
  },
};

export default noStrayFiles;
