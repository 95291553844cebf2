// Every stack has the same provider, versions and state rules, and its HCL says what its JSON says.
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { TerraformIterator, TerraformOutput, Testing } from "cdktf";
import { aStack, configuration, stackIn } from "./stacks";

describe("a stack", () => {
  test("asks for Terraform 1.11 and the AWS provider from 5.100 up to, but not including, 7", () => {
    expect(configuration(aStack()).json.terraform).toMatchObject({
      required_version: ">= 1.11.0",
      required_providers: {
        aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" },
      },
    });
  });

  test("tags everything, and stays in its account", () => {
    expect(configuration(aStack({ accountId: "123456789012" })).json.provider).toEqual({
      aws: [
        {
          region: "us-east-1",
          allowed_account_ids: ["123456789012"],
          default_tags: [{ tags: { Project: "lightwave" } }],
        },
      ],
    });
    expect(configuration(aStack({ tags: {} })).json.provider).toEqual({
      aws: [{ region: "us-east-1" }],
    });
  });

  test("has a provider for another region once somebody asks for it, with the same account and tags", () => {
    const stack = aStack({ accountId: "123456789012" });
    const provider = stack.providerIn("us-west-2");
    expect(stack.providerIn("us-west-2")).toBe(provider);
    new Vpc(stack, "vpc", { provider });
    const { json, hcl } = configuration(stack);
    const common = {
      allowed_account_ids: ["123456789012"],
      default_tags: [{ tags: { Project: "lightwave" } }],
    };
    expect(json.provider).toEqual({
      aws: [
        { region: "us-east-1", ...common },
        { region: "us-west-2", alias: "us-west-2", ...common },
      ],
    });
    expect(JSON.stringify(json.resource)).toContain('"provider":"aws.us-west-2"');
    expect(hcl).toContain('  alias               = "us-west-2"');
    expect(hcl).toContain("  provider = aws.us-west-2");
  });

  test("keeps a local state at the project's root, by a path relative to the stack's folder", () => {
    const { json, hcl, metadata } = configuration(aStack());
    const path = "../../../terraform.lightwave-prod.django.tfstate";
    expect(json.terraform).toMatchObject({ backend: { local: { path } } });
    expect(hcl).toContain(`backend "local" {\n    path = "${path}"`);
    expect(JSON.stringify([json, metadata]) + hcl).not.toContain(process.cwd());
  });

  test("keeps a state in S3 encrypted and locked", () => {
    const s3 = {
      backend: "s3",
      createBucket: false,
      protectBucket: true,
      bucket: "states",
      region: "eu-west-1",
    } as const;
    const common = {
      bucket: "states",
      region: "eu-west-1",
      encrypt: true,
      use_lockfile: true,
    };
    expect(configuration(aStack({ state: s3 })).json.terraform).toMatchObject({
      backend: { s3: { ...common, key: "lightwave-prod/django.tfstate" } },
    });
    const full = configuration(aStack({ state: { ...s3, keyPrefix: "a/b", kmsKeyId: "alias/k" } }));
    expect(full.json.terraform).toMatchObject({
      backend: {
        s3: { ...common, key: "a/b/lightwave-prod/django.tfstate", kms_key_id: "alias/k" },
      },
    });
  });

  test("leaves the backend to others if told so, and then cannot be read by another stack", () => {
    const app = Testing.app();
    const stack = stackIn(app, "django", { state: { backend: "none" } });
    const { json, hcl } = configuration(stack);
    expect(json.terraform).not.toHaveProperty("backend");
    expect(hcl).not.toContain("backend");

    const other = stackIn(app, "other", { state: { backend: "none" } });
    new TerraformOutput(other, "vpc", { value: new Vpc(stack, "vpc", {}).id });
    expect(() => other.prepareStack()).toThrow('The stack "django" has no backend');
  });

  test("writes bare references where Terraform takes no other", () => {
    const stack = aStack();
    const vpc = new Vpc(stack, "vpc", {});
    new Vpc(stack, "other", { lifecycle: { replaceTriggeredBy: [vpc] } });
    new TerraformOutput(stack, "out", { value: 1, dependsOn: [vpc] });
    const { json } = configuration(stack);
    expect(json).toMatchObject({
      output: { out: { depends_on: ["aws_vpc.vpc"] } },
      resource: {
        aws_vpc: {
          other: { lifecycle: { replace_triggered_by: ["aws_vpc.vpc"] } },
        },
      },
    });
  });
});

describe("its HCL", () => {
  test("has the provider's nested blocks, dynamic ones and overrides, which cdktf's own would garble", () => {
    const stack = aStack();
    const vpc = new Vpc(stack, "vpc", { tags: { "aws:x": "y" } });
    new SecurityGroup(stack, "sg", {
      vpcId: vpc.id,
      egress: [],
      timeouts: { create: "5m" },
      lifecycle: { ignoreChanges: ["tags"] },
    });
    new EcsCluster(stack, "dynamic", {
      name: "c",
      setting: TerraformIterator.fromList(["a"]).dynamic({
        name: "n",
        value: "v",
      }),
    });
    const overridden = new EcsCluster(stack, "overridden", { name: "c" });
    overridden.addOverride("setting", [{ name: "n", value: "v" }]);
    overridden.addOverride("configuration", [{ execute_command_configuration: [{ logging: "NONE" }] }]);
    expect(configuration(stack).hcl.replace(/^[\s\S]*?(?=resource)/, "")).toMatchInlineSnapshot(`
      "resource "aws_vpc" "vpc" {
        tags = {
          "aws:x" = "y"
        }
      }

      resource "aws_security_group" "sg" {
        egress = []
        vpc_id = aws_vpc.vpc.id

        timeouts {
          create = "5m"
        }

        lifecycle {
          ignore_changes = [tags]
        }
      }

      resource "aws_ecs_cluster" "dynamic" {
        name = "c"

        dynamic "setting" {
          for_each = toset(["a"])
          iterator = each

          content {
            name  = "n"
            value = "v"
          }
        }
      }

      resource "aws_ecs_cluster" "overridden" {
        name = "c"

        configuration {
          execute_command_configuration {
            logging = "NONE"
          }
        }

        setting {
          name  = "n"
          value = "v"
        }
      }
      "
    `);
  });

  test("has the blocks of a WAF statement, which cdktf leaves untyped", () => {
    const stack = aStack();
    const visibilityConfig = {
      cloudwatchMetricsEnabled: false,
      metricName: "m",
      sampledRequestsEnabled: false,
    };
    const rule = (name: string, country: string) => ({
      name,
      priority: 1,
      visibilityConfig,
      statement: {
        not_statement: { statement: [{ geo_match_statement: { country_codes: [country] } }] },
      },
    });
    new Wafv2WebAcl(stack, "waf", {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig,
      rule: [rule("r", "CH"), rule("s", "FR")],
    });
    for (const country of ["CH", "FR"]) {
      expect(configuration(stack).hcl).toMatch(
        new RegExp(
          `statement {\\n\\s+not_statement {\\n\\s+statement {\\n\\s+geo_match_statement {\\n\\s+country_codes = \\["${country}"\\]`,
        ),
      );
    }
  });

  test("comes with the metadata that cdktf-cli reads", () => {
    const stack = aStack();
    new TerraformOutput(stack, "out", { value: 1 });
    new Vpc(stack, "vpc", {});
    expect(configuration(stack).metadata).toMatchObject({
      "//": {
        metadata: { stackName: "django", backend: "local" },
        outputs: { django: { out: "out" } },
      },
      terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
      resource: {
        aws_vpc: { vpc: { "//": { metadata: { path: "django/vpc" } } } },
      },
    });
  });
});
