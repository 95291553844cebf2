// The application's own user of the database, in Terraform: who is given which log-in, and that no value of one stands there.
import { Testing } from "cdktf";
import { modelOf } from "../../src/model/model";
import type { EnvironmentInput } from "../../src/schema/environment";
import { DjangoStack } from "../../src/stacks/django";
import { defineEnvironment } from "../../src/validation/define-environment";
import { parseJsonencode } from "../support/jsonencode";
import { statementsIn } from "../support/policy-document";
import { resources, synthesized } from "../support/synthesized";

const USER = "${aws_secretsmanager_secret_version.database_user.arn}";
const MASTER = "${aws_db_instance.database.master_user_secret[0].secret_arn}";

const web = { image: "shop/web:1.0.0", cpu: 256, memory: 512, connectsTo: ["postgres"] } as const;

function synth(
  services: Readonly<Record<string, Partial<EnvironmentInput["services"][string]>>>,
  database: EnvironmentInput["database"] = { applicationUser: { name: "shop" } },
) {
  const environment = defineEnvironment({
    name: "shop",
    region: "eu-west-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    services: Object.fromEntries(
      Object.entries(services).map(([key, service]) => [key, { ...web, ...service }]),
    ),
    database,
  });
  const stack = new DjangoStack(Testing.app(), "django", { model: modelOf(environment) });
  const config = synthesized(stack);
  const block = (type: string, name: string) => {
    const [, found = {}] = resources(config, type).find(([one]) => one === name) ?? [];
    return found;
  };
  const container = (name: string): Container => {
    const definitions = parseJsonencode(String(block("aws_ecs_task_definition", name).container_definitions));
    return (definitions as Container[])[0] ?? { environment: [], secrets: [] };
  };
  return { stack, config, block, container };
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: string;
}

interface Container {
  readonly environment: readonly Variable[];
  readonly secrets: readonly Variable[];
  readonly [field: string]: unknown;
}

const login = ({ secrets }: Container) =>
  Object.fromEntries(secrets.map(({ name, valueFrom }) => [name, valueFrom]));

it("is who services log in as, their commands too, and the master who says so", () => {
  const { container, block } = synth({
    web: { django: {}, port: 8000 },
    old: { databaseUser: "master" },
    reads: { databaseLogin: "at-connection" },
  });
  const own = { DATABASE_USER: `${USER}:username::`, DATABASE_PASSWORD: `${USER}:password::` };
  expect(login(container("web"))).toMatchObject(own);
  expect(login(container("web_migrate"))).toMatchObject(own);
  expect(login(container("old"))).toEqual({
    DATABASE_USER: `${MASTER}:username::`,
    DATABASE_PASSWORD: `${MASTER}:password::`,
  });
  expect(login(container("reads"))).toEqual({});
  expect(container("reads").environment).toContainEqual({ name: "DATABASE_LOGIN_ARN", value: USER });
  expect(statementsIn(block("aws_iam_role_policy", "reads_task").policy)).toContainEqual(
    expect.objectContaining({ Action: "secretsmanager:GetSecretValue", Resource: USER }),
  );
});

it("needs no restart after a rotation, which is the master's alone", () => {
  const machines = (databaseUser: "application" | "master") =>
    resources(synth({ web: { databaseUser } }).config, "aws_sfn_state_machine").length;
  expect({ application: machines("application"), master: machines("master") }).toEqual({
    application: 0,
    master: 1,
  });
});

it("is made by a task that is given both log-ins, and has no rights of its own", () => {
  const { container, block, config } = synth({ web: {} });
  const psql = container("database_user");
  expect(login(psql)).toEqual({
    PGUSER: `${MASTER}:username::`,
    PGPASSWORD: `${MASTER}:password::`,
    APPLICATION_USER: `${USER}:username::`,
    APPLICATION_PASSWORD: `${USER}:password::`,
  });
  expect(psql.environment).toEqual([
    { name: "PGDATABASE", value: "django" },
    { name: "PGHOST", value: "${aws_db_instance.database.address}" },
    { name: "PGPORT", value: "5432" },
    { name: "PGSSLMODE", value: "require" },
  ]);
  expect(psql).toMatchObject({
    name: "psql",
    image: expect.stringMatching(/^public\.ecr\.aws\/docker\/library\/postgres@sha256:[0-9a-f]{64}$/),
    user: "65534",
    readonlyRootFilesystem: true,
    mountPoints: [],
  });
  expect(block("aws_ecs_task_definition", "database_user")).toMatchObject({ family: "shop-database-user" });
  expect(block("aws_ecs_task_definition", "database_user")).not.toHaveProperty("task_role_arn");
  expect(statementsIn(block("aws_iam_role_policy", "database_user_execution").policy)).toContainEqual(
    expect.objectContaining({ Action: "secretsmanager:GetSecretValue", Resource: [MASTER, USER] }),
  );
  // Written at apply, from a value that is never kept.
  expect(block("aws_secretsmanager_secret_version", "database_user")).toMatchObject({
    secret_string_wo: expect.stringContaining("ephemeral."),
    lifecycle: { replace_triggered_by: ["terraform_data.database_user"] },
  });
  expect(block("aws_secretsmanager_secret", "database_user")).toMatchObject({ name: "shop/database-user" });
  expect(config.output).toHaveProperty("database_user_secret_arn");
});

describe("the database's URL", () => {
  const bindings = { DATABASE_URL: "database.url" } as const;
  const PASSWORD = "ephemeral.aws_secretsmanager_secret_version.database_user_url.secret_string";

  it("is a secret of its own, of the log-in that its secret has, and renewed with it and with the address", () => {
    const { block, container, config } = synth({ web: { bindings }, other: {} });
    expect(login(container("web"))).toMatchObject({
      DATABASE_URL: "${aws_secretsmanager_secret_version.database_user_url.arn}",
    });
    expect(login(container("other"))).not.toHaveProperty("DATABASE_URL");
    expect(block("aws_secretsmanager_secret", "database_user_url")).toMatchObject({
      name: "shop/database-user-url",
    });
    expect(block("aws_secretsmanager_secret_version", "database_user_url")).toEqual(
      expect.objectContaining({
        secret_id: "${aws_secretsmanager_secret.database_user_url.arn}",
        secret_string_wo: [
          "postgres://",
          `\${replace(urlencode(jsondecode(${PASSWORD}).username), "+", "%20")}`,
          ":",
          `\${replace(urlencode(jsondecode(${PASSWORD}).password), "+", "%20")}`,
          "@${aws_db_instance.database.address}:5432/django?sslmode=require",
        ].join(""),
        secret_string_wo_version: 1,
        lifecycle: { replace_triggered_by: ["terraform_data.database_user_url"] },
      }),
    );
    expect(block("terraform_data", "database_user_url")).toMatchObject({
      triggers_replace: {
        address: "${aws_db_instance.database.address}",
        port: "5432",
        database: "django",
        login: "${aws_secretsmanager_secret_version.database_user.version_id}",
      },
    });
    // Whoever plans has no right to read the password: it is asked for once the time is known, while Terraform applies.
    expect(Object(config.ephemeral).aws_secretsmanager_secret_version.database_user_url).toMatchObject({
      secret_id: USER,
      version_id:
        '${join("", [aws_secretsmanager_secret_version.database_user.version_id, substr(timestamp(), 0, 0)])}',
    });
  });

  it("is there for those alone who are bound to it", () => {
    const { config } = synth({ web: {} });
    expect(JSON.stringify(config)).not.toContain("database-user-url");
  });

  it("is the master's where Terraform keeps that password, and each service's own where it logs in as another", () => {
    const { container } = synth(
      { web: { bindings }, old: { bindings, databaseUser: "master" } },
      { credentials: "secrets-manager", applicationUser: { name: "shop" } },
    );
    expect([login(container("web")).DATABASE_URL, login(container("old")).DATABASE_URL]).toEqual([
      "${aws_secretsmanager_secret_version.database_user_url.arn}",
      "${aws_secretsmanager_secret_version.database_url.arn}",
    ]);
  });

  it("is refused of a master whose password RDS changes, with the way out", () => {
    expect(() => synth({ web: { bindings } }, {})).toThrow(
      'Give the database a user for services, applicationUser: { name: "..." }',
    );
    expect(() => synth({ web: { bindings, databaseUser: "master" } })).toThrow(
      'Take out databaseUser: "master"',
    );
  });
});

it("moves from nowhere: it is newer than addresses without hashes", () => {
  const { stack } = synth({ web: {} });
  expect(stack.moves().filter(({ to }) => /\.database_user(_execution)?$/.test(to))).toEqual([]);
});

it("is none where the environment names none", () => {
  const { container, config } = synth({ web: { databaseUser: "application" } }, {});
  expect(login(container("web")).DATABASE_USER).toBe(`${MASTER}:username::`);
  expect(JSON.stringify(config)).not.toContain("database-user");
});

it.each([
  [{ username: "shop", applicationUser: { name: "shop" } }, "database.applicationUser.name"],
  [{ applicationUser: { name: "rds_shop" } }, "database.applicationUser.name"],
])("refuses %j", (database, path) => {
  expect(() => synth({ web: {} }, database)).toThrow(path);
});

it("refuses a service whose names would be those of its task", () => {
  expect(() => synth({ "database-user": {} })).toThrow(
    "Choose another name: the task that makes the database's user has it",
  );
});

it("has its image in ECR where nothing else can be reached", () => {
  const image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.0.0";
  const define = (applicationUser: { name: string; image?: string }) =>
    defineEnvironment({
      name: "shop",
      region: "eu-west-1",
      network: {
        cidr: "10.0.0.0/16",
        availabilityZones: ["eu-west-1a", "eu-west-1b"],
        natGateways: "none",
        vpcEndpoints: true,
      },
      services: { web: { ...web, image } },
      database: { applicationUser },
    });
  expect(() => define({ name: "shop" })).toThrow("database.applicationUser.image");
  expect(define({ name: "shop", image }).database?.applicationUser?.image).toBe(image);
});
