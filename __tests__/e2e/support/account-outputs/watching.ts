// What CloudWatch, SNS and those who write logs say of how a platform is watched, as the outputs of the stack django should.
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeFlowLogsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeClustersCommand, ECSClient } from "@aws-sdk/client-ecs";
import { DescribeReplicationGroupsCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import type { Account } from "./account";

export async function watchingOutputs(account: Account, webAclArn: unknown) {
  const { base } = account;
  const cloudwatch = (query: string) =>
    account.cli(query, "cloudwatch", "describe-alarms", "--alarm-name-prefix", `${base}/`);
  const [topic] = Object(await cloudwatch("MetricAlarms[0].AlarmActions"));
  const key = await account.cli(
    "Attributes.KmsMasterKeyId",
    "sns",
    "get-topic-attributes",
    "--topic-arn",
    String(topic),
  );
  const alarms: [string, string][] = Object(await cloudwatch("MetricAlarms[].[AlarmName, AlarmArn]"));
  return {
    alarm_kms_key_arn: await account.cli("KeyMetadata.Arn", "kms", "describe-key", "--key-id", String(key)),
    log_group_names: await existing(account, await writtenLogGroups(account, String(webAclArn))),
    alarm_topic_arn: topic,
    // all-options/web/missing-tasks is web_missing-tasks.
    alarm_arns: Object.fromEntries(
      alarms.map(([name, arn]) => [name.slice(base.length + 1).replace("/", "_"), arn]),
    ),
  };
}

/** Where everything but the services writes, as those say who write. */
async function writtenLogGroups(account: Account, webAclArn: string) {
  const { names } = account;
  const { FlowLogs = [] } = await account.client(EC2Client).send(new DescribeFlowLogsCommand({}));
  const { clusters = [] } = await account
    .client(ECSClient)
    .send(new DescribeClustersCommand({ clusters: [names.cluster], include: ["CONFIGURATIONS"] }));
  const { DBInstances = [] } = await account
    .client(RDSClient)
    .send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: names.database }));
  const { ReplicationGroups = [] } = await account
    .client(ElastiCacheClient)
    .send(new DescribeReplicationGroupsCommand({ ReplicationGroupId: names.cache }));
  const [firewall] = Object(
    await account.cli(
      "LoggingConfiguration.LogDestinationConfigs",
      "wafv2",
      "get-logging-configuration",
      "--resource-arn",
      webAclArn,
    ),
  );
  return {
    flow_logs: logGroupOf(FlowLogs[0]?.LogDestination),
    exec_sessions:
      clusters[0]?.configuration?.executeCommandConfiguration?.logConfiguration?.cloudWatchLogGroupName,
    web_acl: logGroupOf(String(firewall)),
    ...Object.fromEntries(
      (DBInstances[0]?.EnabledCloudwatchLogsExports ?? []).map((log) => [
        `database_${log}`,
        `/aws/rds/instance/${names.database}/${log}`,
      ]),
    ),
    ...Object.fromEntries(
      (ReplicationGroups[0]?.LogDeliveryConfigurations ?? []).map(({ LogType = "", DestinationDetails }) => [
        `cache_${LogType.replaceAll("-", "_")}`,
        DestinationDetails?.CloudWatchLogsDetails?.LogGroup,
      ]),
    ),
  };
}

/** The name that the ARN of a log group ends with. */
function logGroupOf(arn = ""): string {
  return arn.replace(/^arn:.*:log-group:/, "").replace(/:\*$/, "");
}

/** Those that CloudWatch Logs has. */
async function existing(account: Account, names: Readonly<Record<string, string | undefined>>) {
  const logs = account.client(CloudWatchLogsClient);
  const found: Record<string, string> = {};
  for (const [key, name = ""] of Object.entries(names)) {
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    if (logGroups.some(({ logGroupName }) => logGroupName === name)) found[key] = name;
  }
  return found;
}
