// An ephemeral resource says in both formats what it opens, and gives references that Terraform resolves.
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn } from "cdktf";
import { EphemeralResource } from "../../src/terraform/ephemeral-resource";
import { aStack, configuration } from "./stacks";

test("feeds a write-only argument", () => {
  const stack = aStack();
  const secret = new SecretsmanagerSecret(stack, "secret", {});
  const password = new EphemeralResource(stack, "password", {
    type: "aws_secretsmanager_random_password",
    arguments: { password_length: 32, exclude_punctuation: true },
    dependsOn: [secret],
    provider: stack.provider,
  });
  new SecretsmanagerSecretVersion(stack, "version", {
    secretId: secret.id,
    secretStringWo: Fn.jsonencode({ password: password.getStringAttribute("random_password") }),
    secretStringWoVersion: 1,
  });

  const { json, hcl } = configuration(stack);
  expect(json).toMatchObject({
    ephemeral: {
      aws_secretsmanager_random_password: {
        password: {
          password_length: 32,
          exclude_punctuation: true,
          depends_on: ["aws_secretsmanager_secret.secret"],
          provider: "aws",
        },
      },
    },
    resource: {
      aws_secretsmanager_secret_version: {
        version: {
          secret_string_wo:
            '${jsonencode({"password" = ephemeral.aws_secretsmanager_random_password.password.random_password})}',
        },
      },
    },
  });
  expect(hcl).toContain(
    [
      'ephemeral "aws_secretsmanager_random_password" "password" {',
      "  provider            = aws",
      "  password_length     = 32",
      "  exclude_punctuation = true",
      "",
      "  depends_on = [aws_secretsmanager_secret.secret]",
      "}",
    ].join("\n"),
  );
});
