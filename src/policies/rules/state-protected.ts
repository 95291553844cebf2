// The policy `state-protected`: state in S3 is encrypted and locked.
import type { Policy } from "../policy";
import { isTrue, nested } from "../reading/values";

const stateProtected: Policy = {
  id: "state-protected",
  severity: "high",
  rule: "State in S3 is encrypted and locked.",
  reason:
    "The state names everything that there is, and two applies at the same time without a lock corrupt it.",
  remedy: "Set encrypt and use_lockfile of the backend to true.",
  *check({ configs }) {
    for (const [stack, { terraform }] of Object.entries(configs)) {
      for (const s3 of nested(nested(terraform, "backend"), "s3")) {
        const { encrypt, use_lockfile: lockFile, dynamodb_table: table } = s3;
        if (!isTrue(encrypt)) {
          yield { stack, address: "terraform.backend.s3", problem: "The state is not encrypted" };
        }
        if (!isTrue(lockFile) && table === undefined) {
          yield { stack, address: "terraform.backend.s3", problem: "The state is not locked" };
        }
      }
    }
  },
};

export default stateProtected;
