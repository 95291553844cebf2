// The policy `secrets-out-of-state`: no secret value goes through an argument that Terraform keeps in its state.
import type { Json } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import { nested } from "../reading/values";

/** Arguments with secret values, of whichever resource. */
const KEPT = [
  "auth_token",
  "master_password",
  "password",
  "passwords",
  "private_key",
  "secret_binary",
  "secret_string",
];

/** Resources whose result is secret. */
const MADE = ["random_password", "tls_private_key", "aws_iam_access_key", "aws_iam_user_login_profile"];

/** Data sources that read secrets. */
const READ = ["aws_secretsmanager_secret_version", "aws_secretsmanager_random_password", "aws_ssm_parameter"];

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

const secretsOutOfState: Policy = {
  id: "secrets-out-of-state",
  severity: "critical",
  rule: "No secret value goes through an argument that Terraform keeps in its state.",
  reason: "Whoever may read the state, or a plan, could read the secret.",
  remedy:
    "Use the write-only argument (its name ends with _wo) with an ephemeral value, or let AWS manage the secret.",
  *check({ resources }) {
    for (const resource of resources.all) {
      const { type, mode, body } = resource;
      for (const argument of KEPT.filter((name) => mode === "resource" && !isEmpty(body[name]))) {
        yield finding(resource, `Its argument ${argument} is kept in the state`);
      }
      if (nested(body, "authentication_mode").some(({ passwords }) => !isEmpty(passwords))) {
        yield finding(resource, "Its argument authentication_mode.passwords is kept in the state");
      }
      if (type === "aws_ssm_parameter" && body.type === "SecureString" && !isEmpty(body.value)) {
        yield finding(resource, "Its argument value is kept in the state");
      }
      if ((mode === "data" ? READ : MADE).includes(type)) {
        yield finding(resource, "The value that it gives is kept in the state");
      }
    }
  },
};

export default secretsOutOfState;
