// The secrets that services list: generated ones named after them, existing ones looked up once each.
import { DataAwsSecretsmanagerSecret } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { TerraformOutput, Testing } from "cdktf";
import { ExistingSecret } from "../../src/secrets/existing-secret";
import { ServiceSecrets } from "../../src/secrets/service-secrets";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

describe("ExistingSecret", () => {
  it.each([
    ["shared/sentry", { name: "shared/sentry" }],
    [
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:shared/sentry-AbCdEf",
      { arn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:shared/sentry-AbCdEf" },
    ],
  ])("looks %s up", (secret, found) => {
    const synth = synthScope((scope) => {
      new ExistingSecret(scope, "sentry", { resourceName: "sentry", secret });
    });
    expect(synth).toHaveDataSourceWithProperties(DataAwsSecretsmanagerSecret, found);
    expect(Object.values(JSON.parse(synth).data.aws_secretsmanager_secret)).toEqual([found]);
  });

  it("never reads the value", () => {
    const { data } = JSON.parse(
      synthScope((scope) => {
        new ExistingSecret(scope, "sentry", { resourceName: "sentry", secret: "shared/sentry" });
      }),
    );
    expect(Object.keys(data)).toEqual(["aws_secretsmanager_secret"]);
  });
});

describe("ServiceSecrets", () => {
  const synth = synthScope((scope) => {
    const secrets = new ServiceSecrets(scope, "secrets", {
      region: "us-east-1",
      secretsPrefix: "helloapi",
      deletionProtection: false,
      services: {
        api: {
          secrets: {
            SENTRY_DSN: { secretsManager: "shared/sentry", jsonKey: "dsn" },
            SIGNING_KEY: { generate: { length: 40 } },
          },
        },
        worker: {
          secrets: {
            SENTRY_DSN: { secretsManager: "shared/sentry" },
            SIGNING_KEY: { generate: { length: 20 } },
          },
        },
        idle: { secrets: {} },
      },
    });
    for (const service of ["api", "worker", "idle", "unknown"]) {
      new TerraformOutput(scope, service, { value: secrets.of(service) });
    }
  });
  const { data, ephemeral, output, resource } = JSON.parse(synth);
  const sentry = `\${data.aws_secretsmanager_secret.${Object.keys(data.aws_secretsmanager_secret)[0]}.arn}`;
  const written = (service: string) => {
    const versions = Object.keys(resource.aws_secretsmanager_secret_version);
    return `\${aws_secretsmanager_secret_version.${versions.find((name) => name.includes(service))}.arn}`;
  };

  it("names generated secrets after service and variable", () => {
    for (const name of ["helloapi/api/SIGNING_KEY", "helloapi/worker/SIGNING_KEY"]) {
      expect(synth).toHaveResourceWithProperties(SecretsmanagerSecret, { name, recovery_window_in_days: 0 });
    }
    expect(Object.keys(resource.aws_secretsmanager_secret)).toHaveLength(2);
  });

  it("generates values of the lengths asked for", () => {
    const generators = Object.values<{ password_length: number }>(
      ephemeral.aws_secretsmanager_random_password,
    );
    expect(generators.map(({ password_length }) => password_length)).toEqual([40, 20]);
  });

  it("looks up an existing secret once, however many services use it", () => {
    expect(Object.values(data.aws_secretsmanager_secret)).toEqual([
      expect.objectContaining({ name: "shared/sentry" }),
    ]);
  });

  it("gives each service its own secrets", () => {
    expect(output.api.value).toEqual([
      {
        name: "SENTRY_DSN",
        source: { service: "secretsmanager", arn: sentry },
        valueFrom: `${sentry}:dsn::`,
      },
      {
        name: "SIGNING_KEY",
        source: { service: "secretsmanager", arn: written("api") },
        valueFrom: written("api"),
      },
    ]);
    expect(output.worker.value).toEqual([
      { name: "SENTRY_DSN", source: { service: "secretsmanager", arn: sentry }, valueFrom: sentry },
      {
        name: "SIGNING_KEY",
        source: { service: "secretsmanager", arn: written("worker") },
        valueFrom: written("worker"),
      },
    ]);
    expect(written("api")).not.toBe(written("worker"));
  });

  it("gives a service without secrets none", () => {
    expect(output.idle.value).toEqual([]);
    expect(output.unknown.value).toEqual([]);
  });

  it("tells secrets apart whose names differ in a slash, or that a generated one is called like", () => {
    const { data, resource } = JSON.parse(
      synthScope((scope) => {
        new ServiceSecrets(scope, "secrets", {
          region: "us-east-1",
          secretsPrefix: "p",
          deletionProtection: false,
          services: {
            existing: { secrets: { X: { generate: { length: 20 } } } },
            api: {
              secrets: {
                A: { secretsManager: "a/b" },
                B: { secretsManager: "a--b" },
                C: { secretsManager: "a%2Fb" },
                D: { secretsManager: "X" },
              },
            },
          },
        });
      }),
    );
    expect(Object.values(data.aws_secretsmanager_secret)).toHaveLength(4);
    expect(Object.values(resource.aws_secretsmanager_secret)).toHaveLength(1);
  });
});
