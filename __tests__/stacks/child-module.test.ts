// The output as child modules: without provider and backend, with nothing looked up that anything is made of, and the same resources.
import type { Environment } from "../../src/model/environment";
import { modelOf } from "../../src/model/model";
import { trafficDisagreements } from "../../src/policies/traffic-agreement";
import { isObject, type JsonObject } from "../../src/reachability/terraform-config";
import { moduleReadme } from "../../src/terraform/module-readme";
import { defineEnvironment } from "../../src/validation/define-environment";
import { allOptions, allOptionsInput } from "../support/all-options";
import { childOf } from "../support/child-module";
import { allConfigs } from "../support/platform-configs";
import { systems } from "../support/systems";

const SYSTEMS = ["lightwave-prod", "realtime-platform", "pdf-excel-prod", "ecs-webapp", "helloapi"];
const environments: [string, Environment][] = [
  ...SYSTEMS.map((name): [string, Environment] => [name, systems.load(name)]),
  ["all-options", allOptions],
];

/** Every resource by its address. */
function resourcesOf(config: JsonObject | undefined): [address: string, body: JsonObject][] {
  return Object.entries(Object(config?.resource)).flatMap(([type, named]) =>
    Object.entries(Object(named)).flatMap(([name, body]): [string, JsonObject][] =>
      isObject(Object(body)) ? [[`${type}.${name}`, Object(body)]] : [],
    ),
  );
}

describe.each(environments)("%s as child modules", (_, environment) => {
  const root = allConfigs({ ...environment, state: { backend: "none" } });
  const child = allConfigs(childOf(environment));

  it("has no provider and no backend of its own", () => {
    for (const [stack, { provider, terraform }] of Object.entries(child)) {
      expect([stack, provider, Object.keys(Object(terraform)).sort()]).toEqual([
        stack,
        undefined,
        ["required_providers", "required_version"],
      ]);
    }
  });

  it("makes nothing of what it reads: with depends_on, that is known only once it is applied", () => {
    for (const { resource, ephemeral, output, locals } of Object.values(child)) {
      expect(JSON.stringify([resource, ephemeral, output, locals])).not.toMatch(/\bdata\.aws_/);
    }
  });

  it("makes the same resources with the same values, and puts the common tags on each", () => {
    const tags = { Environment: "${var.environment}", ManagedBy: "cdktf", ...environment.tags };
    const asCalled = (text: string) =>
      text
        .replaceAll("${data.aws_caller_identity.current.account_id}", "${var.account_id}")
        .replaceAll("data.aws_caller_identity.current.account_id", "var.account_id")
        .replaceAll("${data.aws_region.current.id}", "${var.region}")
        .replaceAll("data.aws_region.current.id", "var.region")
        .replaceAll(
          /\$\{data\.aws_security_group\.([\w-]+)\.id\}/g,
          (_, group: string) => `\${var.security_group_ids.${group.replaceAll("_", "-")}}`,
        )
        .replaceAll(/data\.aws_route53_zone\.domain\.zone_id/g, "var.hosted_zone_id")
        .replaceAll(/data\.aws_secretsmanager_secret\.([\w-]+)\.arn/g, "var.$1_secret_arn")
        // A generated password of the database comes from its secret, and whether it came through is not kept.
        .replaceAll(
          '${ephemeral.aws_secretsmanager_random_password.database.random_password}","password_wo_version',
          '${jsondecode(ephemeral.aws_secretsmanager_secret_version.database.secret_string).password}","password_wo_version',
        )
        .replaceAll('["terraform_data.database_password","', '["');
    const keptByRoots = ["terraform_data.database_password", "aws_ssm_parameter.database_password"];
    for (const [stack, config] of Object.entries(child)) {
      const expected = resourcesOf(JSON.parse(asCalled(JSON.stringify(root[stack] ?? {})))).filter(
        ([address]) => !keptByRoots.includes(address),
      );
      const found = resourcesOf(config);
      expect(found.map(([address]) => address)).toEqual(expected.map(([address]) => address));
      for (const [index, [address, body]] of found.entries()) {
        const [, before] = expected[index] ?? ["", {}];
        if (body.tags === undefined) expect([address, body]).toEqual([address, before]);
        else
          expect([address, body]).toEqual([
            address,
            { ...before, tags: { ...tags, ...Object(before.tags) } },
          ]);
      }
      // Those that have tags at all are most: a pattern that matched none would prove nothing.
      expect(found.filter(([, { tags }]) => tags !== undefined).length).toBeGreaterThan(found.length / 4);
    }
  });

  it("is proven as its roots are: an input for groups is the output that it is called after", () => {
    const model = modelOf(childOf(environment));
    expect(trafficDisagreements(model, child)).toEqual([]);
    const swapped = JSON.parse(
      JSON.stringify(child).replace(
        /"referenced_security_group_id":"\$\{var\.security_group_ids\.([\w-]+)\}"/,
        '"referenced_security_group_id":"${var.security_group_ids.nobody}"',
      ),
    );
    expect(swapped).not.toEqual(child);
    expect(trafficDisagreements(model, swapped)).not.toEqual([]);
  });

  it("has a page with every input and output", () => {
    for (const [stack, config] of Object.entries(child)) {
      const page = moduleReadme(stack, config);
      const [, inputs = "", outputs = ""] =
        /## Inputs\n\n([\s\S]*)\n\n## Outputs\n\n([\s\S]*)$/.exec(page) ?? [];
      const named = (table: string) => [...table.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
      expect(named(inputs)).toEqual(Object.keys(Object(config.variable)).sort());
      expect(named(outputs)).toEqual(Object.keys(Object(config.output)).sort());
    }
  });
});

test("an input that is another stack's output of another name stays unknown", () => {
  const environment = childOf(systems.load("lightwave-prod"));
  const text = JSON.stringify(allConfigs(environment)).replaceAll("var.security_group_ids", "var.group_ids");
  const configs: Record<string, JsonObject> = JSON.parse(
    text.replaceAll('"security_group_ids":{"d', '"group_ids":{"d'),
  );
  expect(trafficDisagreements(modelOf(environment), configs)).not.toEqual([]);
});

test("providers of other regions are the caller's to pass", () => {
  const { django } = allConfigs(childOf(allOptions));
  expect(Object(django?.terraform).required_providers).toEqual({
    aws: {
      source: "hashicorp/aws",
      version: ">= 5.100.0, < 7.0.0",
      configuration_aliases: ["aws.us-west-2"],
    },
  });
});

test("a README shows the call, with what is required", () => {
  const { "security-group-rules": rules = {} } = allConfigs(childOf(systems.load("helloapi")));
  const page = moduleReadme("security-group-rules", rules);
  expect(page).toContain(
    [
      'module "security_group_rules" {',
      '  source             = "<path to this folder>"',
      "  entrance_rule_ids  = ...",
      "  security_group_ids = ...",
      "  vpc_id             = ...",
      "}",
    ].join("\n"),
  );
  expect(page).toContain("| `hashicorp/aws` | `>= 5.100.0, < 7.0.0` |");
  expect(page).toContain("| `vpc_id` | ID of the VPC that the groups are in | `string` | required |");
});

test("a generated password of the database is read back from its secret, and renewed with the instance alone", () => {
  const { django = {} } = allConfigs(childOf(systems.load("helloapi")));
  const resources = new Map(resourcesOf(django));
  expect(Object(django.ephemeral).aws_secretsmanager_secret_version.database).toMatchObject({
    secret_id: "${aws_secretsmanager_secret_version.database.arn}",
    version_id: "${aws_secretsmanager_secret_version.database.version_id}",
  });
  expect(resources.get("aws_db_instance.database")).toMatchObject({
    password_wo: "${jsondecode(ephemeral.aws_secretsmanager_secret_version.database.secret_string).password}",
    password_wo_version:
      "${parseint(substr(sha256(aws_secretsmanager_secret_version.database.version_id), 0, 7), 16)}",
  });
  expect(resources.get("aws_secretsmanager_secret_version.database")).toMatchObject({
    lifecycle: { replace_triggered_by: ["terraform_data.database_final_snapshot"] },
  });
});

test("what a child module cannot have is refused, all at once", () => {
  expect(() =>
    defineEnvironment({
      ...allOptionsInput,
      terraformModule: "child",
      state: { backend: "s3", bucket: "example-states", region: "us-east-1", createBucket: true },
      database: { ...allOptionsInput.database, credentials: "secrets-manager", passwordRotation: undefined },
      ci: { github: { repository: "acme/shop" } },
    }),
  ).toThrow(
    /state\.createBucket[\s\S]*Leave it out[\s\S]*database\.credentials[\s\S]*"rds-managed", or leave ci out/,
  );
});
