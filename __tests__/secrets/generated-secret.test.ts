// A generated secret: written at apply, held by nothing that Terraform writes down.
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { TerraformOutput, TerraformVariable, Testing } from "cdktf";
import { DjangoSecretKey } from "../../src/secrets/django-secret-key";
import { GeneratedSecret, type GeneratedSecretProps } from "../../src/secrets/generated-secret";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

function synth(props: Partial<GeneratedSecretProps> = {}): string {
  return synthScope((scope) => {
    const secret = new GeneratedSecret(scope, "token", {
      resourceName: "api-TOKEN",
      name: "lightwave/api/TOKEN",
      description: "TOKEN of the service api",
      length: 50,
      deletionProtection: true,
      ...props,
    });
    new TerraformOutput(scope, "whole", { value: secret.containerSecret("TOKEN") });
    new TerraformOutput(scope, "part", { value: secret.containerSecret("TOKEN_USER", "user") });
  });
}

const GENERATOR = "ephemeral.aws_secretsmanager_random_password.api_token.random_password";
const VERSION = "aws_secretsmanager_secret_version.api_token";

describe("GeneratedSecret", () => {
  it("names the secret and says what it is for", () => {
    expect(synth()).toHaveResourceWithProperties(SecretsmanagerSecret, {
      name: "lightwave/api/TOKEN",
      description: "TOKEN of the service api",
    });
  });

  it("has AWS make the value while Terraform runs, of letters and digits", () => {
    expect(JSON.parse(synth()).ephemeral).toEqual({
      aws_secretsmanager_random_password: {
        api_token: expect.objectContaining({ password_length: 50, exclude_punctuation: true }),
      },
    });
  });

  it("writes the value through a write-only argument, and through no other", () => {
    const [version] = Object.values<Record<string, unknown>>(
      JSON.parse(synth()).resource.aws_secretsmanager_secret_version,
    );
    expect(version).toMatchObject({
      secret_string_wo: `\${${GENERATOR}}`,
      secret_string_wo_version: 1,
    });
    expect(version).not.toHaveProperty("secret_string");
    expect(version).not.toHaveProperty("secret_binary");
  });

  it("mentions the value nowhere else", () => {
    expect(synth().split(GENERATOR)).toHaveLength(2);
  });

  it("wraps the value in JSON beside fixed fields", () => {
    expect(synth({ fields: { username: "django" } })).toHaveResourceWithProperties(
      SecretsmanagerSecretVersion,
      {
        secret_string_wo: `\${jsonencode({"username" = "django", "password" = ${GENERATOR}})}`,
      },
    );
  });

  it.each([
    [true, 30],
    [false, 0],
  ])(
    "with deletion protection %s, a deleted secret can be restored for %d days",
    (deletionProtection, days) => {
      expect(synth({ deletionProtection })).toHaveResourceWithProperties(SecretsmanagerSecret, {
        recovery_window_in_days: days,
      });
    },
  );

  it("lets a variable decide on deletion protection", () => {
    const config = synthScope((scope) => {
      const variable = new TerraformVariable(scope, "deletion_protection", { type: "bool" });
      const deletionProtection = variable.booleanValue;
      new GeneratedSecret(scope, "s", {
        resourceName: "s",
        name: "s",
        description: "s",
        length: 50,
        deletionProtection,
      });
    });
    expect(config).toHaveResourceWithProperties(SecretsmanagerSecret, {
      recovery_window_in_days: "${var.deletion_protection ? 30 : 0}",
    });
  });

  it("gives containers an ARN that is known only after the value is written", () => {
    const { output } = JSON.parse(synth());
    expect(output.whole.value).toEqual({
      name: "TOKEN",
      source: { service: "secretsmanager", arn: `\${${VERSION}.arn}` },
      valueFrom: `\${${VERSION}.arn}`,
    });
    expect(output.part.value).toEqual({
      name: "TOKEN_USER",
      source: { service: "secretsmanager", arn: `\${${VERSION}.arn}` },
      valueFrom: `\${${VERSION}.arn}:user::`,
    });
  });
});

describe("DjangoSecretKey", () => {
  const config = synthScope((scope) => {
    const key = new DjangoSecretKey(scope, "key", { secretsPrefix: "helloapi", deletionProtection: true });
    new TerraformOutput(scope, "secrets", { value: key.secrets });
  });
  const { ephemeral, output } = JSON.parse(config);

  it("is one secret for the environment, long enough for Django's deployment checklist", () => {
    expect(config).toHaveResourceWithProperties(SecretsmanagerSecret, { name: "helloapi/secret-key" });
    const { secret_key } = ephemeral.aws_secretsmanager_random_password;
    expect(secret_key.password_length).toBeGreaterThanOrEqual(50);
  });

  it("has a predecessor with a random value of its own, written before a task definition can name it", () => {
    expect(config).toHaveResourceWithProperties(SecretsmanagerSecret, {
      name: "helloapi/secret-key-previous",
      recovery_window_in_days: 30,
    });
    expect(config).toHaveResourceWithProperties(SecretsmanagerSecretVersion, {
      secret_id: "${aws_secretsmanager_secret.secret_key_previous.arn}",
      secret_string_wo: "${ephemeral.aws_secretsmanager_random_password.secret_key_previous.random_password}",
    });
    // The version's ARN, known once it is written; not a stage such as AWSPREVIOUS, which a new secret does not have.
    expect(output.secrets.value).toMatchObject([
      { name: "SECRET_KEY", valueFrom: "${aws_secretsmanager_secret_version.secret_key.arn}" },
      {
        name: "SECRET_KEY_FALLBACKS",
        valueFrom: "${aws_secretsmanager_secret_version.secret_key_previous.arn}",
      },
    ]);
  });
});
