// The account in the words of Terraform, so that the checklist judges it by the same rules as a synth's output.
import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeTaskDefinitionCommand, ECSClient, type Service } from "@aws-sdk/client-ecs";
import {
  type Action,
  DescribeLoadBalancerAttributesCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
  type LoadBalancer,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { DBInstance } from "@aws-sdk/client-rds";
import type { Environment } from "../../model/environment";
import type { JsonObject } from "../../reachability/terraform-config";
import type { AwsSession } from "../aws/session";
import type { LiveCache } from "../live/resources";
import type { LivePlatform } from "../verify/live-platform";
import { networkView } from "./network-view";
import type { Resources } from "./resources";

/** The platform's resources in the account, with the arguments that items of the checklist ask for. */
export async function accountView(
  aws: AwsSession,
  environment: Environment,
  { resources, discovery, listeners }: LivePlatform,
): Promise<Resources> {
  const { services, database, cache, loadBalancer } = resources;
  const parts = await Promise.all([
    ...[...services.values()].map((service) => serviceView(aws, environment, service)),
    loadBalancer ? loadBalancerView(aws, loadBalancer, listeners) : {},
    logView(aws, environment),
    networkView(aws, discovery.vpc.ids),
    database ? databaseView(environment, database) : {},
    cache ? cacheView(cache) : {},
  ]);
  const all: Record<string, Record<string, JsonObject>> = {};
  for (const [type, named] of parts.flatMap((part) => Object.entries(part))) {
    all[type] = { ...all[type], ...named };
  }
  return all;
}

async function serviceView(
  aws: AwsSession,
  { names }: Environment,
  { serviceName = "", taskDefinition, desiredCount = 0, deploymentConfiguration }: Service,
): Promise<Resources> {
  const [{ ScalableTargets = [] }, described] = await Promise.all([
    aws.client(ApplicationAutoScalingClient).send(
      new DescribeScalableTargetsCommand({
        ServiceNamespace: "ecs",
        ScalableDimension: "ecs:service:DesiredCount",
        ResourceIds: [`service/${names.cluster}/${serviceName}`],
      }),
    ),
    aws.client(ECSClient).send(new DescribeTaskDefinitionCommand({ taskDefinition })),
  ]);
  const {
    family = "",
    containerDefinitions = [],
    executionRoleArn,
    taskRoleArn,
  } = described.taskDefinition ?? {};
  return {
    aws_ecs_service: {
      [serviceName]: {
        name: serviceName,
        task_definition: family,
        desired_count: desiredCount,
        deployment_maximum_percent: deploymentConfiguration?.maximumPercent ?? null,
      },
    },
    aws_ecs_task_definition: {
      [family]: {
        family,
        container_definitions: literal(JSON.stringify(containerDefinitions)),
        ...(executionRoleArn && { execution_role_arn: executionRoleArn }),
        ...(taskRoleArn && { task_role_arn: taskRoleArn }),
      },
    },
    aws_appautoscaling_target: Object.fromEntries(
      ScalableTargets.map(({ ResourceId = "", MinCapacity = 0, MaxCapacity = 0, SuspendedState }) => [
        serviceName,
        {
          resource_id: ResourceId,
          min_capacity: MinCapacity,
          max_capacity: MaxCapacity,
          suspended_state: [
            { dynamic_scaling_out_suspended: SuspendedState?.DynamicScalingOutSuspended ?? false },
          ],
        },
      ]),
    ),
  };
}

/** Text that Terraform would not evaluate: the account's values are what they are. */
function literal(text: string): string {
  return text.replaceAll(/([$%])\{/g, "$1$1{");
}

async function loadBalancerView(
  aws: AwsSession,
  { LoadBalancerArn = "", LoadBalancerName = "", AvailabilityZones = [] }: LoadBalancer,
  listeners: readonly Listener[],
): Promise<Resources> {
  const client = aws.client(ElasticLoadBalancingV2Client);
  const [{ Attributes = [] }, rules] = await Promise.all([
    client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
    Promise.all(listeners.map(({ ListenerArn }) => client.send(new DescribeRulesCommand({ ListenerArn })))),
  ]);
  const attribute = (key: string) => Attributes.find(({ Key }) => Key === key)?.Value ?? "false";
  return {
    aws_lb: {
      [LoadBalancerName]: {
        arn: LoadBalancerArn,
        enable_deletion_protection: attribute("deletion_protection.enabled"),
        access_logs: [{ enabled: attribute("access_logs.s3.enabled") }],
      },
    },
    aws_lb_listener: Object.fromEntries(
      listeners.map(({ Port, Protocol = "", SslPolicy = null, DefaultActions = [] }) => [
        String(Port),
        {
          load_balancer_arn: LoadBalancerArn,
          protocol: Protocol,
          ssl_policy: SslPolicy,
          default_action: DefaultActions.map(actionView),
        },
      ]),
    ),
    aws_lb_listener_rule: Object.fromEntries(
      listeners.flatMap(({ Port }, index) =>
        (rules[index]?.Rules ?? [])
          .filter(({ IsDefault }) => !IsDefault)
          .map(({ Priority, Actions = [] }) => [
            `${Port}-${Priority}`,
            { listener_arn: `\${aws_lb_listener.${Port}.arn}`, action: Actions.map(actionView) },
          ]),
      ),
    ),
    aws_subnet: Object.fromEntries(
      AvailabilityZones.map(({ SubnetId = "", ZoneName = "" }) => [
        SubnetId,
        { availability_zone: ZoneName },
      ]),
    ),
  };
}

function actionView({ RedirectConfig }: Action): JsonObject {
  return { redirect: RedirectConfig ? [{ protocol: RedirectConfig.Protocol ?? "" }] : [] };
}

/** The log groups of services and flow logs, by name. */
async function logView(aws: AwsSession, { names }: Environment): Promise<Resources> {
  const groups = [...Object.values(names.services).map(({ logGroup }) => logGroup), names.flowLogs];
  const found = await Promise.all(groups.map((name) => logGroup(aws, name)));
  return { aws_cloudwatch_log_group: Object.assign({}, ...found) };
}

async function logGroup(aws: AwsSession, name: string): Promise<Record<string, JsonObject>> {
  // In the order of names, so that the group itself is on the first page of those that begin like it.
  const { logGroups = [] } = await aws
    .client(CloudWatchLogsClient)
    .send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  const group = logGroups.find(({ logGroupName }) => logGroupName === name);
  return group ? { [name]: { retention_in_days: group.retentionInDays ?? 0 } } : {};
}

function databaseView(environment: Environment, database: DBInstance): Resources {
  // Who has set another kind of password, the account does not say.
  const isManaged = environment.database?.credentials === "rds-managed";
  return {
    aws_db_instance: {
      [database.DBInstanceIdentifier ?? ""]: {
        publicly_accessible: database.PubliclyAccessible ?? false,
        db_subnet_group_name: database.DBSubnetGroup?.DBSubnetGroupName ?? null,
        storage_encrypted: database.StorageEncrypted ?? false,
        backup_retention_period: database.BackupRetentionPeriod ?? 0,
        multi_az: database.MultiAZ ?? false,
        // The account names the minor version in any case; whether it is pinned, the environment says.
        engine_version: environment.database?.engineVersion ?? null,
        auto_minor_version_upgrade: database.AutoMinorVersionUpgrade ?? null,
        deletion_protection: database.DeletionProtection ?? false,
        manage_master_user_password: !isManaged || database.MasterUserSecret !== undefined,
      },
    },
    aws_db_subnet_group: subnetGroupView(database.DBSubnetGroup?.DBSubnetGroupName),
  };
}

/** A subnet group by its name, without its subnets, whose routes are not read; RDS's and ElastiCache's own is nobody's to know. */
function subnetGroupView(name: string | undefined): Record<string, JsonObject> {
  return name === undefined || name === "default" ? {} : { [name]: { name } };
}

function cacheView({ group: cache, members }: LiveCache): Resources {
  // Only the clusters know it.
  const subnetGroup = members[0]?.CacheSubnetGroupName;
  return {
    aws_elasticache_subnet_group: subnetGroupView(subnetGroup),
    aws_elasticache_replication_group: {
      [cache.ReplicationGroupId ?? ""]: {
        subnet_group_name: subnetGroup ?? null,
        at_rest_encryption_enabled: cache.AtRestEncryptionEnabled ?? false,
        transit_encryption_enabled: cache.TransitEncryptionEnabled ?? false,
        transit_encryption_mode: cache.TransitEncryptionMode ?? null,
        auto_minor_version_upgrade: cache.AutoMinorVersionUpgrade ?? null,
        snapshot_retention_limit: cache.SnapshotRetentionLimit ?? 0,
        multi_az_enabled: cache.MultiAZ === "enabled",
        automatic_failover_enabled: cache.AutomaticFailover === "enabled",
        // Terraform alone knows what it does before it deletes a cache.
        final_snapshot_identifier: "unknown",
      },
    },
  };
}
