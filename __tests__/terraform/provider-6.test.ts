// What stands in the output is known to the AWS provider 6, too, and nothing of it is on its way out there. The engine of the other
// tests is provider 5.100; of 6 there are the bindings, which are generated from the schema of 6.25.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Environment } from "../../src/model/environment";
import { isObject, type JsonObject } from "../../src/reachability/terraform-config";
import { allOptions } from "../support/all-options";
import { childOf } from "../support/child-module";
import { allConfigs } from "../support/platform-configs";
import { systems } from "../support/systems";

/**
 * Removed or deprecated in 6.0: "Terraform AWS Provider Version 6 Upgrade Guide"; or already in 5, without a warning in every case:
 * the resources' own pages.
 */
const OUTDATED: Readonly<Record<string, readonly string[]>> = {
  aws_ecs_task_definition: ["inference_accelerator"],
  aws_eip: ["vpc"],
  aws_elasticache_replication_group: ["auth_token"],
  aws_flow_log: ["log_group_name"],
  aws_guardduty_detector: ["datasources"],
  aws_iam_role: ["inline_policy", "managed_policy_arns"],
  aws_s3_bucket: [
    "acceleration_status",
    "acl",
    "cors_rule",
    "grant",
    "lifecycle_rule",
    "logging",
    "object_lock_configuration",
    "policy",
    "replication_configuration",
    "request_payer",
    "server_side_encryption_configuration",
    "versioning",
    "website",
  ],
  aws_ssm_parameter: ["overwrite"],
};

/** Attributes whose name means something else in 6, or is deprecated there. */
const OUTDATED_READS = /data\.aws_region\.\w+\.name\b|aws_s3_bucket\.[\w-]+\.region\b/;

/** From 6 on, the region of a single resource: at an older provider it does not exist. */
const ONLY_IN_6 = "region";

const SYSTEMS = ["lightwave-prod", "realtime-platform", "pdf-excel-prod", "ecs-webapp", "helloapi"];
const environments: [string, Environment][] = [
  ...SYSTEMS.map((name): [string, Environment] => [name, systems.load(name)]),
  ["all-options", allOptions],
  ["all-options as modules", childOf(allOptions)],
];

/** Terraform's own arguments, of any resource. */
const META = ["//", "depends_on", "lifecycle", "provider", "provisioner", "count", "for_each"];

const bindings = new Map<string, string>();

/** The generated code of a type, such as `aws_eip`. */
function bindingOf(kind: "resource" | "data", type: string): string {
  const folder = (kind === "data" ? `data_${type}` : type.replace("aws_", "")).replaceAll("_", "-");
  const known = bindings.get(folder);
  if (known !== undefined) return known;
  // Of a large type, the blocks stand in files of their own.
  const at = dirname(require.resolve(`@cdktf/provider-aws/lib/${folder}/index.js`));
  const files = readdirSync(at, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  const text = files.map((file) => readFileSync(join(at, file), "utf8")).join("\n");
  bindings.set(folder, text);
  return text;
}

/**
 * Names of arguments, those of nested blocks among them. Keys of a map, such as tags, are no arguments; nor do the bindings know
 * what stands in a statement of WAF, which contains statements.
 */
function argumentsOf(block: JsonObject, binding: string): string[] {
  return Object.entries(block).flatMap(([name, value]) => {
    if (META.includes(name)) return [];
    const isOpen = new RegExp(`\\b${name}: cdkt[fn]\\.(hashMapper|anyToTerraform)`).test(binding);
    const inner = isOpen ? [] : [value].flat().filter(isObject);
    return [name, ...inner.flatMap((one) => argumentsOf(one, binding))];
  });
}

/** Every resource and data source of the provider, by address, with its type and arguments. */
function elementsOf(config: JsonObject) {
  return (["resource", "data"] as const).flatMap((kind) =>
    Object.entries(Object(config[kind])).flatMap(([type, named]) =>
      type.startsWith("aws_")
        ? Object.entries(Object(named)).map(([name, body]) => ({ kind, type, name, body: Object(body) }))
        : [],
    ),
  );
}

describe.each(environments)("%s", (_, environment) => {
  const configs = Object.entries(allConfigs(environment));

  it("says only what 6.25 knows", () => {
    const unknown = configs.flatMap(([stack, config]) =>
      elementsOf(config).flatMap(({ kind, type, name, body }) => {
        const binding = bindingOf(kind, type);
        return argumentsOf(body, binding)
          .filter((argument) => !new RegExp(`\\b${argument}: `).test(binding))
          .map((argument) => `${stack}: ${type}.${name}: ${argument}`);
      }),
    );
    expect(unknown).toEqual([]);
  });

  it("says nothing that is outdated in 6, and nothing that is new there", () => {
    const outdated = configs.flatMap(([stack, config]) =>
      elementsOf(config).flatMap(({ kind, type, name, body }) =>
        Object.keys(body)
          .filter(
            (argument) => kind === "resource" && [ONLY_IN_6, ...(OUTDATED[type] ?? [])].includes(argument),
          )
          .map((argument) => `${stack}: ${type}.${name}: ${argument}`),
      ),
    );
    expect(outdated).toEqual([]);
    expect(JSON.stringify(configs)).not.toMatch(OUTDATED_READS);
  });

  it("writes the engines of ElastiCache in lower case, as 7 will ask", () => {
    for (const [, config] of configs) {
      for (const { type, body } of elementsOf(config)) {
        if (type.startsWith("aws_elasticache_") && body.engine !== undefined) {
          expect(body.engine).toBe(String(body.engine).toLowerCase());
        }
      }
    }
  });
});

test("an argument that only one of the two knows would be found", () => {
  const binding = bindingOf("resource", "aws_eip");
  expect(argumentsOf({ domain: "vpc", vpc: true, tags: { Name: "x" } }, binding)).toEqual([
    "domain",
    "vpc",
    "tags",
  ]);
  expect(/\bvpc: /.test(binding)).toBe(false);
});
