// What others may hold on to: the stacks of a platform, and the parts of the stack django.
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { addPlatform } from "../../src/stacks/platform";
import { defineEnvironment } from "../../src/validation/define-environment";
import { allOptions, allOptionsInput } from "../support/all-options";

test("a platform gives its stacks, and only those that its environment has", () => {
  const all = addPlatform(
    Testing.app(),
    defineEnvironment({
      ...allOptionsInput,
      account: "123456789012",
      state: { backend: "s3", bucket: "example-states", region: "us-east-1", createBucket: true },
      accountSecurity: { accessAnalyzer: true },
      ci: { github: { repository: "example/shop" } },
    }),
  );
  const ids = [
    all.django,
    all.securityGroupRules,
    all.stateBackend,
    all.accountSecurity,
    all.registry,
    all.ciAccess,
  ].map((stack) => stack?.node.id);
  expect(ids).toEqual([
    "django",
    "security-group-rules",
    "state-backend",
    "account-security",
    "registry",
    "ci-access",
  ]);

  const fewer = addPlatform(Testing.app(), allOptions);
  expect(fewer).toMatchObject({
    stateBackend: undefined,
    accountSecurity: undefined,
    ciAccess: undefined,
  });
});

test("own resources refer to the parts of the stack django without a search through its constructs", () => {
  const { django } = addPlatform(Testing.app(), allOptions);
  const web = django.services.get("web");
  const references = {
    vpc: django.network.vpcId,
    subnet: django.network.dataSubnetIds[0],
    cluster: django.cluster.arn,
    group: django.groups.idOf("postgres"),
    role: web?.taskRole.name,
    started_by: web?.executionRole.name,
    tasks: web?.taskDefinition.family,
    service: web?.ecsService.arn,
    logs: web?.logGroup.arn,
    target: web?.target?.targetGroupArn,
    load_balancer: django.loadBalancer?.arn,
    access_logs: django.loadBalancer?.accessLogs.bucketName,
    database: django.database?.arn,
    cache: django.cache?.arn,
    key: django.kmsKeyArn,
    alarms: django.monitoring?.topicArn,
  };
  const missing = Object.entries(references).filter(([, value]) => value === undefined);
  expect(missing).toEqual([]);
  new SnsTopic(django, "own", {
    name: django.names.cluster,
    tags: Object.fromEntries(Object.entries(references).map(([key, value]) => [key, value ?? ""])),
  });

  const { tags } = JSON.parse(Testing.synth(django)).resource.aws_sns_topic.own;
  // What Terraform replaces a reference by is the attribute of a resource of this type.
  const types = Object.entries<string>(tags).map(([key, value]) => [key, value.match(/\baws_\w+/)?.[0]]);
  expect(Object.fromEntries(types)).toEqual({
    vpc: "aws_vpc",
    subnet: "aws_subnet",
    cluster: "aws_ecs_cluster",
    group: "aws_security_group",
    role: "aws_iam_role",
    started_by: "aws_iam_role",
    tasks: "aws_ecs_task_definition",
    service: "aws_ecs_service",
    logs: "aws_cloudwatch_log_group",
    target: "aws_lb_target_group",
    load_balancer: "aws_lb",
    access_logs: "aws_s3_bucket_policy",
    database: "aws_db_instance",
    cache: "aws_elasticache_replication_group",
    key: "aws_kms_key",
    alarms: "aws_sns_topic_policy",
  });
});
