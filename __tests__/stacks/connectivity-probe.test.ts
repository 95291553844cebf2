// The task that tries connections from inside, in Terraform: where there is one, what it is told, and what it may do.
import { Testing } from "cdktf";
import { modelOf } from "../../src/model/model";
import type { EnvironmentInput } from "../../src/schema/environment";
import { DjangoStack } from "../../src/stacks/django";
import { defineEnvironment } from "../../src/validation/define-environment";
import { parseJsonencode } from "../support/jsonencode";
import { statementsIn } from "../support/policy-document";
import { resources, synthesized } from "../support/synthesized";

type Web = EnvironmentInput["services"][string];

function synth(web: Partial<Web>, stores: Pick<EnvironmentInput, "database" | "cache"> = {}) {
  const environment = defineEnvironment({
    name: "shop",
    region: "eu-west-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    services: { web: { image: "shop/web:1.0.0", cpu: 256, memory: 512, ...web } },
    ...stores,
  });
  const config = synthesized(new DjangoStack(Testing.app(), "django", { model: modelOf(environment) }));
  const block = (type: string) =>
    resources(config, type).find(([name]) => name.startsWith("connectivity"))?.[1];
  return block;
}

const both = { database: {}, cache: {} };

it("runs as nobody, writes nothing, knows no secret, and has no role", () => {
  const block = synth({ connectsTo: ["postgres", "redis"] }, both);
  const definition = block("aws_ecs_task_definition");
  expect(definition).toMatchObject({
    family: "shop-connectivity",
    cpu: "256",
    memory: "512",
    execution_role_arn: "${aws_iam_role.connectivity_execution.arn}",
  });
  expect(definition).not.toHaveProperty("task_role_arn");
  const [container] = Object(parseJsonencode(String(definition?.container_definitions)));
  expect(container).toMatchObject({
    name: "probe",
    image: expect.stringMatching(/^public\.ecr\.aws\/docker\/library\/python@sha256:[0-9a-f]{64}$/),
    user: "65534",
    readonlyRootFilesystem: true,
    mountPoints: [],
    secrets: [],
    environment: [
      { name: "DATABASE_HOST", value: "${aws_db_instance.database.address}" },
      { name: "DATABASE_PORT", value: "5432" },
      { name: "REDIS_HOST", value: "${aws_elasticache_replication_group.cache.primary_endpoint_address}" },
      { name: "REDIS_PORT", value: "6379" },
    ],
  });
  expect(statementsIn(block("aws_iam_role_policy")?.policy)).toEqual([
    {
      Effect: "Allow",
      Sid: "WriteLogs",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: "${aws_cloudwatch_log_group.connectivity.arn}:*",
    },
  ]);
});

it("is there only for services of which nothing is known that they can run", () => {
  const isThere = (web: Partial<Web>, stores = both) =>
    synth(web, stores)("aws_ecs_task_definition") !== undefined;
  const check = { to: "redis" as const, checkCommand: ["node", "ping.js"] };
  expect({
    other: isThere({ connectsTo: ["redis"] }),
    half: isThere({ connectsTo: ["postgres", check] }),
    commands: isThere({ connectsTo: [check] }),
    django: isThere({ connectsTo: ["postgres", "redis"], django: {} }),
    // What it makes of another command, nobody knows.
    entryPoint: isThere({ connectsTo: ["postgres"], django: {}, entryPoint: ["gunicorn"] }),
    entryPointAndCheck: isThere({ connectsTo: [check], entryPoint: ["/start"] }),
    alone: isThere({}),
  }).toEqual({
    other: true,
    half: true,
    commands: false,
    django: false,
    entryPoint: true,
    entryPointAndCheck: false,
    alone: false,
  });
});

it("refuses a command that is none, and a service that is called as the task would be", () => {
  expect(() => synth({ connectsTo: [{ to: "redis", checkCommand: [] }] }, both)).toThrow(
    "services.web.connectsTo[0].checkCommand",
  );
  expect(() =>
    defineEnvironment({
      name: "shop",
      region: "eu-west-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
      services: {
        connectivity: { image: "shop/web:1.0.0", cpu: 256, memory: 512, connectsTo: ["postgres"] },
      },
      database: {},
    }),
  ).toThrow("connectivity");
});
