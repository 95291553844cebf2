// The rules stack as a whole: it finds groups by Name tag, holds the rules between them, and checks the way in.

import { DataAwsSecurityGroup } from "@cdktf/provider-aws/lib/data-aws-security-group";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Testing } from "cdktf";
import fc from "fast-check";
import type { Environment } from "../../src/model/environment";
import { modelOf } from "../../src/model/model";
import { SecurityGroupRulesStack } from "../../src/stacks/security-group-rules";
import { defineEnvironment } from "../../src/validation/define-environment";
import { arbitraryEnvironment, defineRandom } from "../support/arbitrary-environment";
import { synthesized } from "../support/synthesized";
import { systems } from "../support/systems";

Testing.setupJest();

const stackOf = (environment: Environment) =>
  new SecurityGroupRulesStack(Testing.app(), "security-group-rules", { model: modelOf(environment) });

describe("SecurityGroupRulesStack", () => {
  const stack = stackOf(systems.load("lightwave-prod"));
  const synth = Testing.synth(stack, true);
  const config = synthesized(stack);

  it("looks the VPC and the groups up by Name tag", () => {
    expect(synth).toHaveDataSourceWithProperties(DataAwsVpc, {
      filter: [{ name: "tag:Name", values: ["lightwave-django-prod-vpc"] }],
    });
    for (const name of ["alb", "ecs", "postgres", "redis"]) {
      expect(synth).toHaveDataSourceWithProperties(DataAwsSecurityGroup, {
        filter: [{ name: "tag:Name", values: [`lightwave-django-prod-${name}-sg`] }],
      });
    }
  });

  it("holds nothing but rules, so that destroying it takes away nothing else", () => {
    expect(Object.keys(config.resource ?? {}).sort()).toEqual([
      "aws_vpc_security_group_egress_rule",
      "aws_vpc_security_group_ingress_rule",
    ]);
  });

  it("checks that the load balancer admits 80 and 443 from the Internet", () => {
    const [check] = Object.values(config.check ?? {});
    expect(check?.assert).toEqual([
      {
        condition: expect.stringMatching(/cidr_ipv4 == "0.0.0.0\/0".*from_port <= 80 && rule.to_port >= 80/),
        error_message: expect.stringContaining("does not admit 80/tcp from internet"),
      },
      {
        condition: expect.stringMatching(/from_port <= 443 && rule.to_port >= 443/),
        error_message: expect.stringContaining("does not admit 443/tcp from internet"),
      },
    ]);
  });

  it("warns, and does not fail, where the load balancer's group has no rule at all: the provider lists null then", () => {
    const [read] = Object.values(config.data?.aws_vpc_security_group_rule ?? {});
    expect(read?.for_each).toBe(
      "${toset(try([for id in data.aws_vpc_security_group_rules.alb.ids : id], []))}",
    );
  });

  it("requires the providers and versions of the contract", () => {
    expect(config.terraform).toMatchObject({
      required_version: ">= 1.11.0",
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
      backend: { local: { path: "../../../terraform.lightwave-django-prod.security-group-rules.tfstate" } },
    });
  });

  it("has no check where there is no load balancer", () => {
    const environment = defineEnvironment({
      name: "jobs",
      region: "eu-west-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
      services: { worker: { image: "a/b:1", cpu: 256, memory: 512, connectsTo: ["postgres"] } },
      database: {},
    });
    expect(synthesized(stackOf(environment)).check).toBeUndefined();
  });

  it("keeps its state where the environment says", () => {
    const base = systems.load("lightwave-prod");
    const terraform = (state: Environment["state"]) => synthesized(stackOf({ ...base, state })).terraform;
    expect(
      terraform({
        backend: "s3",
        bucket: "states",
        region: "eu-west-1",
        createBucket: false,
        protectBucket: true,
      }),
    ).toMatchObject({
      backend: {
        s3: {
          bucket: "states",
          key: "lightwave-django-prod/security-group-rules.tfstate",
          encrypt: true,
          use_lockfile: true,
        },
      },
    });
    expect(terraform({ backend: "none" })).not.toHaveProperty("backend");
  });

  it("synthesizes for every environment", () => {
    fc.assert(
      fc.property(arbitraryEnvironment, (input) => {
        const environment = defineRandom(input);
        expect(synthesized(stackOf(environment)).terraform).toBeDefined();
      }),
      { numRuns: 20 },
    );
  });
});
