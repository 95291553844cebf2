// The units of Terragrunt: what stands in them, whose they are, and what is never overwritten.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../src/model/environment";
import { writeLive } from "../../src/terraform/terragrunt/live";
import type { Module } from "../../src/terraform/terragrunt/unit";
import { allOptions } from "../support/all-options";
import { allConfigs } from "../support/platform-configs";
import { systems } from "../support/systems";

const scratch = mkdtempSync(join(tmpdir(), "live-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function modulesOf(environment: Environment): Module[] {
  const configs = allConfigs({ ...environment, terraformModule: "child" });
  return Object.entries(configs).map(([id, config]) => ({ id, config }));
}

/** Writes the units of an environment. */
function write(environment: Environment): string[] {
  return writeLive({
    environment,
    modules: modulesOf(environment),
    stacks: join(scratch, "cdktf.out", "stacks"),
    live: join(scratch, "live"),
  });
}

const written = (...path: string[]) => readFileSync(join(scratch, "live", ...path), "utf8");

describe("of helloapi, which names no account and keeps its state in files", () => {
  const environment = systems.load("helloapi");

  beforeAll(() => write(environment));

  it("the root generates a provider, and a state outside of Terragrunt's cache", () => {
    const root = written("helloapi", "root.hcl");
    expect(root).toContain("  account_id = get_aws_account_id()\n");
    expect(root).toContain('      region              = "${local.region}"\n');
    expect(root).toContain('  path      = "provider.tf"\n  if_exists = "overwrite_terragrunt"\n');
    expect(root).toContain('  path      = "backend.tf"\n    if_exists = "overwrite_terragrunt"\n');
    expect(root).toContain('  backend = "local"\n');
    expect(root).toContain(
      '    path = "${get_parent_terragrunt_dir()}/${path_relative_to_include()}.tfstate"\n',
    );
  });

  it("django is told the image's tag", () => {
    expect(written("helloapi", "django", "terragrunt.hcl")).toContain(
      'terraform {\n  source = "${get_terragrunt_dir()}/../../../cdktf.out/stacks//django"\n}\n',
    );
    expect(written("helloapi", "django", "inputs.yaml")).toMatch(/^api_image_tag: "[^"]+"$/m);
    expect(written("helloapi", "django", "inputs.yaml")).toMatch(/^# deletion_protection: /m);
    expect(written("helloapi", "django", "inputs.yaml")).toContain(
      "# Most tasks that the service api scales to\n# api_max_tasks: 6\n",
    );
    expect(written("helloapi", "django", "inputs.yaml")).toMatch(/^# alarm_email_addresses: \[\]$/m);
    expect(written("helloapi", "django", "inputs.yaml")).toMatch(/^---\n/);
    expect(written("helloapi", "django", "inputs.yaml")).not.toContain("account_id");
  });

  it("the rules take the groups from django, or mocks where there are none yet, for a plan alone", () => {
    const rules = written("helloapi", "security-group-rules", "terragrunt.hcl");
    expect(rules).toContain(
      [
        'dependency "django" {',
        '  config_path = "../django"',
        "",
        "  # For a plan before anything is there, or before what is new is. An apply takes what is.",
        '  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]',
        '  mock_outputs_merge_strategy_with_state  = "deep_map_only"',
        "  mock_outputs = {",
        '    vpc_id             = "vpc-00000000000000000"',
        '    security_group_ids = { alb = "sg-00000000000000000", api = "sg-00000000000000001", postgres = "sg-00000000000000002" }',
        '    entrance_rule_ids  = { alb-from-internet-80-tcp = "sgr-00000000000000000", alb-from-internet-443-tcp = "sgr-00000000000000001" }',
        "  }",
        "}",
      ].join("\n"),
    );
    expect(rules).toContain("    security_group_ids = dependency.django.outputs.security_group_ids\n");
    expect(rules).not.toContain("inputs.yaml");
  });

  it("the root tells every module whose it has to be", () => {
    expect(written("helloapi", "root.hcl")).toContain(
      '  account_id  = local.account_id\n  environment = "helloapi"\n  region      = local.region\n',
    );
    for (const { config } of modulesOf(environment)) {
      expect(Object(config.variable).environment).toMatchObject({
        default: "helloapi",
        validation: [{ condition: '${var.environment == "helloapi"}' }],
      });
    }
  });

  it("the unit of a stack that is no more is told, and left alone", () => {
    const unit = join(scratch, "live", "helloapi", "registry");
    mkdirSync(unit);
    cpSync(join(scratch, "live", "helloapi", "django", "terragrunt.hcl"), join(unit, "terragrunt.hcl"));
    const own = join(scratch, "live", "helloapi", "bastion");
    mkdirSync(own);
    writeFileSync(join(own, "terragrunt.hcl"), "# Mine.\n");
    expect(write(environment)).toEqual([
      expect.stringContaining(`[warn] ${unit} is the unit of a stack that helloapi no longer has: `),
    ]);
    rmSync(unit, { recursive: true });
    expect(write(environment)).toEqual([]);
  });

  it("what a pipeline has written stays", () => {
    const inputs = join(scratch, "live", "helloapi", "django", "inputs.yaml");
    writeFileSync(inputs, 'api_image_tag: "2.0.0"\n');
    write(environment);
    expect(readFileSync(inputs, "utf8")).toBe('api_image_tag: "2.0.0"\n');
  });
});

describe("of everything", () => {
  const environment: Environment = {
    ...allOptions,
    account: "123456789012",
    state: {
      backend: "s3",
      bucket: "example-states",
      region: "eu-west-1",
      createBucket: false,
      protectBucket: true,
      keyPrefix: "shop",
    },
  };

  beforeAll(() => write(environment));

  it("the state is in S3, under the keys that CI may write, and the account is held", () => {
    const root = written(environment.name, "root.hcl");
    expect(root).toContain(
      [
        '  backend = "s3"',
        "",
        "  generate = {",
        '    path      = "backend.tf"',
        '    if_exists = "overwrite_terragrunt"',
        "  }",
        "",
        "  config = {",
        '    bucket       = "example-states"',
        `    key          = "shop/${environment.name}/\${path_relative_to_include()}.tfstate"`,
        '    region       = "eu-west-1"',
        "    encrypt      = true",
        "    use_lockfile = true",
        "  }",
      ].join("\n"),
    );
    expect(root).toContain('  account_id = "123456789012"\n');
    expect(root).toContain(
      '      alias               = "us-west-2"\n      region              = "us-west-2"\n',
    );
  });

  it("the images' repositories come before what runs the images", () => {
    expect(written(environment.name, "django", "terragrunt.hcl")).toContain(
      'dependencies {\n  paths = ["../registry"]\n}\n',
    );
  });
});
