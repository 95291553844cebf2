// AWS's APIs inside the VPC: which of them an environment has, and how they stand there.
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { TerraformOutput, Testing } from "cdktf";
import { vpcEndpointsOf } from "../../src/model/vpc-endpoints";
import { VpcEndpoints } from "../../src/network/vpc-endpoints";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

describe("VpcEndpoints", () => {
  const config = synthScope((scope) => {
    const { access } = new VpcEndpoints(scope, "vpc-endpoints", {
      base: "shop",
      vpcId: "vpc-1",
      region: "eu-west-1",
      services: ["ecr.api", "logs"],
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupId: "sg-1",
    });
    new TerraformOutput(scope, "after", { value: 1, dependsOn: [access] });
  });

  it("stand in every zone, in one security group, under the APIs' usual names", () => {
    expect(config).toHaveResourceWithProperties(VpcEndpoint, {
      for_each: '${toset(["ecr.api", "logs"])}',
      vpc_endpoint_type: "Interface",
      service_name: "com.amazonaws.eu-west-1.${each.value}",
      subnet_ids: ["subnet-1", "subnet-2"],
      security_group_ids: ["sg-1"],
      private_dns_enabled: true,
      tags: { Name: "shop-${each.value}" },
    });
    expect(JSON.parse(config).output.after.depends_on).toEqual(["aws_vpc_endpoint.endpoints"]);
  });
});

describe("vpcEndpointsOf", () => {
  const image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.0.0";
  const service = { image, cpu: 256 as const, memory: 512 };
  const of = (
    web: Partial<EnvironmentInput["services"][string]>,
    vpcEndpoints: EnvironmentInput["network"]["vpcEndpoints"] = true,
  ) =>
    vpcEndpointsOf(
      defineEnvironment({
        name: "shop",
        region: "eu-west-1",
        network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"], vpcEndpoints },
        services: { web: { ...service, ...web } },
        database: {},
        queues: { jobs: {} },
      }),
    );

  const least = ["ecr.api", "ecr.dkr", "logs"];

  it.each<[string, Partial<EnvironmentInput["services"][string]>, string[]]>([
    ["nothing", {}, [...least, "ssmmessages"]],
    ["the database", { connectsTo: ["postgres"] }, [...least, "secretsmanager", "ssmmessages"]],
    ["Django", { django: {} }, [...least, "secretsmanager", "ssmmessages"]],
    ["a parameter", { secrets: { A: { ssmParameter: "/a" } } }, [...least, "ssm", "ssmmessages"]],
    ["a secret", { secrets: { A: { secretsManager: "a" } } }, [...least, "secretsmanager", "ssmmessages"]],
    [
      "a private registry",
      { image: "registry.example.com/shop/web:1.0.0", imageCredentials: { secretsManager: "a" } },
      [...least, "secretsmanager", "ssmmessages"],
    ],
    ["no ECS Exec", { executeCommand: false }, least],
    ["a queue to send to", { sendsTo: ["jobs"] }, [...least, "sqs", "ssmmessages"]],
    ["traces", { openTelemetry: { image: "shop/collector:1" } }, [...least, "xray", "ssmmessages"]],
    ["a queue to consume from", { consumesFrom: ["jobs"] }, [...least, "sqs", "ssmmessages"]],
  ])("for a service that uses %s", (_what, web, services) => {
    expect(of(web)).toEqual(services);
  });

  it("are those that the environment lists, or none", () => {
    expect(of({}, ["kms", "logs"])).toEqual(["kms", "logs"]);
    expect(of({}, false)).toEqual([]);
  });
});
