// An environment with every option: what the stacks hold then, and that no data is left to a key of AWS's.

import { Testing } from "cdktf";
import { written } from "../../src/checklist/checklist";
import { modelOf } from "../../src/model/model";
import { checkPolicies, policyProblems } from "../../src/policies/check-policies";
import { trafficDisagreements } from "../../src/policies/traffic-agreement";
import { evaluated } from "../../src/reachability/evaluated";
import { DjangoStack } from "../../src/stacks/django";
import { addPlatform } from "../../src/stacks/platform";
import { RegistryStack } from "../../src/stacks/registry";
import { annotations } from "../../src/terraform/annotations";
import { defineEnvironment } from "../../src/validation/define-environment";
import { allOptions, allOptionsInput } from "../support/all-options";
import { platformConfigs } from "../support/platform-configs";
import { policyDocumentIn, statementsIn } from "../support/policy-document";
import { type Block, resources, synthesized } from "../support/synthesized";

const stack = new DjangoStack(Testing.app(), "django", { model: modelOf(allOptions) });
const config = synthesized(stack);
const KEY = "${aws_kms_key.main.arn}";

const all = (type: string): Block[] => resources(config, type).map(([, block]) => block);
const subnetsNamed = (tier: string) =>
  resources(config, "aws_subnet")
    .filter(([name]) => name.startsWith(`${tier}_`))
    .map(([name]) => `\${aws_subnet.${name}.id}`);

describe("VPC endpoints instead of NAT", () => {
  it("keep the tasks in the private subnets, without public addresses, once they stand", () => {
    const services = all("aws_ecs_service");
    expect(services).toHaveLength(3);
    for (const service of services) {
      expect(service.network_configuration).toMatchObject({
        subnets: subnetsNamed("private"),
        assign_public_ip: false,
      });
      expect(service.depends_on).toContain("aws_vpc_endpoint.endpoints");
    }
    expect(all("aws_nat_gateway")).toEqual([]);
    const [endpoints] = all("aws_vpc_endpoint").filter(
      ({ vpc_endpoint_type }) => vpc_endpoint_type === "Interface",
    );
    expect(endpoints?.subnet_ids).toEqual(subnetsNamed("private"));
    expect(endpoints?.for_each).toBe(
      '${toset(["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "sqs", "monitoring", "xray", "ssmmessages"])}',
    );
  });

  it("are reached by services alone, by rules of the rules stack, which agree with the matrix", () => {
    const configs = platformConfigs(allOptions);
    expect(trafficDisagreements(modelOf(allOptions), evaluated(configs))).toEqual([]);
    const rules = Object(configs["security-group-rules"]).resource.aws_vpc_security_group_ingress_rule;
    expect(Object.keys(rules).filter((name) => name.startsWith("endpoints"))).toEqual([
      "endpoints-from-web-443-tcp",
      "endpoints-from-worker-443-tcp",
      "endpoints-from-collector-443-tcp",
    ]);
    expect(rules["endpoints-from-web-443-tcp"]).toMatchObject({ description: "AWS APIs from Web" });
  });

  it("come with a warning of what is out of reach", () => {
    expect(annotations(stack).map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^Without NAT gateways, .* nothing else outside/),
    );
    const withNat = defineEnvironment({
      ...allOptionsInput,
      network: { ...allOptionsInput.network, natGateways: "single" },
    });
    const other = new DjangoStack(Testing.app(), "django", { model: modelOf(withNat) });
    expect(annotations(other).map(({ message }) => message)).not.toContainEqual(
      expect.stringContaining("Without NAT"),
    );
  });
});

describe("a key of the environment's own", () => {
  it.each([
    [
      "aws_db_instance",
      ["kms_key_id", "performance_insights_kms_key_id", "master_user_secret_kms_key_id"],
      1,
    ],
    ["aws_elasticache_replication_group", ["kms_key_id"], 1],
    ["aws_secretsmanager_secret", ["kms_key_id"], 8],
    ["aws_cloudwatch_log_group", ["kms_key_id"], 12],
    ["aws_sqs_queue", ["kms_master_key_id"], 3],
  ])("encrypts every %s", (type, fields, count) => {
    expect(all(type)).toHaveLength(count);
    for (const block of all(type)) {
      expect(fields.map((field) => block[field])).toEqual(fields.map(() => KEY));
    }
  });

  it("is open to execution roles through Secrets Manager, and to task roles through SQS", () => {
    const policies = Object.fromEntries(
      resources(config, "aws_iam_role_policy").map(([name, { policy }]) => [name, statementsIn(policy)]),
    );
    const through = (service: string, Action: string | readonly string[]) =>
      expect.objectContaining({
        Action,
        Resource: KEY,
        Condition: { StringEquals: { "kms:ViaService": `${service}.us-east-1.amazonaws.com` } },
      });
    for (const name of ["web_execution", "worker_execution"]) {
      expect(policies[name]).toContainEqual(through("secretsmanager", "kms:Decrypt"));
    }
    expect(policies.web_task).toContainEqual(through("sqs", ["kms:Decrypt", "kms:GenerateDataKey"]));
    expect(policies.worker_task).toContainEqual(through("sqs", "kms:Decrypt"));
    // It is a process of Celery, whose retries are messages of their own.
    expect(policies.worker_task).toContainEqual(through("sqs", ["kms:Decrypt", "kms:GenerateDataKey"]));
  });

  it("is told to the next tool, as the backups' vaults are", () => {
    expect(Object.keys(config.output ?? {})).toEqual(
      expect.arrayContaining(["kms_key_arn", "backup_vault", "backup_copy_vault_arn"]),
    );
  });
});

describe("copies of backups in a second region", () => {
  it.each(["own", "aws-managed", "arn:aws:kms:us-east-1:123456789012:key/1"])(
    "have a key of their own there, where the environment's is %s: AWS Backup's takes none of RDS's",
    (key) => {
      const environment = defineEnvironment({ ...allOptionsInput, encryption: { key } });
      const made = synthesized(new DjangoStack(Testing.app(), "django", { model: modelOf(environment) }));
      const [copies] = resources(made, "aws_backup_vault").filter(([, { provider }]) => provider);
      expect(copies?.[1]).toMatchObject({
        provider: "aws.us-west-2",
        kms_key_arn: "${aws_kms_key.database_copies.arn}",
      });
      expect(resources(made, "aws_kms_alias").map(([, block]) => block)).toContainEqual(
        expect.objectContaining({ name: "alias/all-options-backup", provider: "aws.us-west-2" }),
      );
    },
  );
});

describe("the stack registry", () => {
  it("is there where the environment has repositories", () => {
    const app = Testing.app();
    addPlatform(app, allOptions);
    expect(app.node.children.map(({ node }) => node.id)).toContain("registry");
    const without = Testing.app();
    addPlatform(without, defineEnvironment({ ...allOptionsInput, registry: undefined }));
    expect(without.node.children.map(({ node }) => node.id)).not.toContain("registry");
  });

  it("makes a repository for each service named, encrypted with a key of its own, and prints its URL", () => {
    const { registry } = allOptions;
    if (!registry) {
      throw new Error("The environment has no repositories.");
    }
    const made = synthesized(
      new RegistryStack(Testing.app(), "registry", { environment: allOptions, registry }),
    );
    const repositories = resources(made, "aws_ecr_repository");
    expect(repositories.map(([, { name }]) => name)).toEqual(["all-options/web"]);
    expect(
      resources(made, "aws_ecr_repository_policy").map(([, { policy }]) => policyDocumentIn(policy)),
    ).toEqual([
      {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "OtherStagesPull",
            Effect: "Allow",
            Principal: { AWS: ["arn:aws:iam::210987654321:root"] },
            Action: [
              "ecr:BatchCheckLayerAvailability",
              "ecr:BatchGetImage",
              "ecr:DescribeImages",
              "ecr:GetDownloadUrlForLayer",
            ],
          },
        ],
      },
    ]);
    expect(repositories[0]?.[1]).toMatchObject({
      force_delete: "${!var.deletion_protection}",
      encryption_configuration: [
        {
          encryption_type: "KMS",
          kms_key: "${aws_kms_key.main.arn}",
        },
      ],
    });
    expect(resources(made, "aws_kms_alias").map(([, { name }]) => name)).toEqual([
      "alias/all-options-registry",
    ]);
    expect(made.output?.repository_urls?.value).toEqual({
      web: `\${aws_ecr_repository.${repositories[0]?.[0]}.repository_url}`,
    });
  });

  it("calls repositories by what stages have in common, where it is given", () => {
    const registry = {
      repositories: ["web", "worker"],
      namespace: "acme/shop",
      keepImages: 50,
      untaggedDays: 7,
    };
    const made = synthesized(
      new RegistryStack(Testing.app(), "registry", { environment: { ...allOptions, registry }, registry }),
    );
    expect(resources(made, "aws_ecr_repository").map(([, { name }]) => name)).toEqual([
      "acme/shop/web",
      "acme/shop/worker",
    ]);
    expect(resources(made, "aws_ecr_repository_policy")).toEqual([]);
  });
});

it("breaks no policy, whichever way its services get the database's password", () => {
  const platform = written(modelOf(allOptions), platformConfigs(allOptions));
  expect(policyProblems(checkPolicies(platform))).toEqual([]);
});
