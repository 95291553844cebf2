// What the stack django tells the next tool, by its state and, if asked, by Parameter Store: addresses, IDs and ARNs, and never
// a value that is secret.
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { outputsPath } from "../model/names/parameters";
import { DJANGO_OUTPUTS, type DjangoOutput } from "../model/outputs";
import { OutputParameters } from "../outputs/output-parameters";
import type { Service } from "../service/service";
import type { DjangoParts } from "./django-parts";
import type { Monitoring } from "./monitoring";

type Values = Partial<Record<DjangoOutput, unknown>>;

/** Adds the outputs; what an environment lacks has no output. */
export function addOutputs(
  scope: Construct,
  platform: DjangoParts,
  services: ReadonlyMap<string, Service>,
  monitoring: Monitoring | undefined,
): void {
  const values: Values = {
    ...networkValues(platform),
    ...serviceValues(platform, services),
    ...entranceValues(platform),
    ...storeValues(platform),
    ...watchValues(platform, monitoring),
  };
  const outputs = Object.entries(DJANGO_OUTPUTS).flatMap(([name, { description }]) => {
    const value = Object.entries(values).find(([one]) => one === name)?.[1];
    return value === undefined ? [] : [{ name, value, description }];
  });
  for (const { name, value, description } of outputs) {
    new TerraformOutput(scope, name, { value, description });
  }
  const { name, outputs: published } = platform.environment;
  if (published) {
    new OutputParameters(scope, "output-parameters", {
      path: outputsPath(published.parameterPrefix, name),
      outputs,
    });
  }
}

function networkValues({ network, groups }: DjangoParts): Values {
  return {
    vpc_id: network.vpcId,
    public_subnet_ids: network.publicSubnetIds,
    private_subnet_ids: network.privateSubnetIds,
    data_subnet_ids: network.dataSubnetIds,
    service_subnet_ids: network.serviceSubnetIds,
    route_table_ids: network.routeTableIds,
    nat_addresses: network.natAddresses.length > 0 ? network.natAddresses : undefined,
    security_group_ids: Object.fromEntries(groups.ids),
    entrance_rule_ids:
      groups.entranceRuleIds.size > 0 ? Object.fromEntries(groups.entranceRuleIds) : undefined,
  };
}

function serviceValues({ cluster }: DjangoParts, services: ReadonlyMap<string, Service>): Values {
  return {
    cluster_name: cluster.name,
    cluster_arn: cluster.arn,
    services: byKey(services, ({ ecsService, logGroup, taskDefinition, taskRole, executionRole }) => ({
      name: ecsService.name,
      log_group: logGroup.name,
      task_definition: taskDefinition.arn,
      task_role: taskRole.arn,
      execution_role: executionRole.arn,
    })),
    one_off_tasks: byKey(services, ({ oneOffTasks }) => valuesOf(oneOffTasks, ({ arn }) => arn)),
  };
}

function entranceValues({ loadBalancer, waf }: DjangoParts): Values {
  return {
    url: loadBalancer?.url,
    load_balancer_arn: loadBalancer?.arn,
    load_balancer_dns_name: loadBalancer?.dnsName,
    load_balancer_zone_id: loadBalancer?.zoneId,
    listener_arns: loadBalancer?.listenerArns,
    target_group_arns: loadBalancer && valuesOf(loadBalancer.targetGroups, ({ arn }) => arn),
    hosted_zone_id: loadBalancer?.hostedZoneId,
    certificate_validation_records: loadBalancer?.validationRecords,
    web_acl_arn: waf?.webAclArn,
  };
}

function storeValues(platform: DjangoParts): Values {
  const { database, applicationUser, databaseBackup, cache, queues, buckets, djangoSecretKey, kmsKeyArn } =
    platform;
  const { fileSystems } = platform;
  return {
    database_endpoint: database && `${database.address}:${database.port}`,
    database_port: database?.port,
    database_name: database?.databaseName,
    database_identifier: database?.identifier,
    database_resource_id: database?.resourceId,
    database_secret_arn: database?.secretArn,
    database_user_secret_arn: applicationUser?.login.secretArn,
    backup_vault: databaseBackup?.vaultName,
    backup_copy_vault_arn: databaseBackup?.copyVaultArn,
    cache_endpoint: cache && `${cache.primaryEndpoint}:${cache.port}`,
    cache_port: cache?.port,
    cache_secret_arn: cache?.login?.secretArn,
    ...(fileSystems.size > 0 && {
      file_system_ids: byKey(fileSystems, ({ id }) => id),
      file_system_access_point_ids: byKey(fileSystems, ({ accessPointId }) => accessPointId),
    }),
    ...(queues.size > 0 && {
      queue_urls: byKey(queues, ({ url }) => url),
      queue_arns: byKey(queues, ({ arn }) => arn),
      dead_letter_queue_urls: byKey(queues, ({ deadLettersUrl }) => deadLettersUrl),
      dead_letter_queue_arns: byKey(queues, ({ deadLettersArn }) => deadLettersArn),
    }),
    bucket_names: buckets.size > 0 ? byKey(buckets, ({ name }) => name) : undefined,
    django_secret_key_arn: djangoSecretKey?.arn,
    kms_key_arn: kmsKeyArn,
  };
}

function watchValues(platform: DjangoParts, monitoring: Monitoring | undefined): Values {
  const { network, cluster, waf, database, cache } = platform;
  const prefixed = (prefix: string, names: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(
      Object.entries(names).map(([log, name]) => [`${prefix}_${log.replaceAll("-", "_")}`, name]),
    );
  return {
    alarm_kms_key_arn: monitoring?.topicKeyArn,
    log_group_names: {
      flow_logs: network.flowLogsName,
      exec_sessions: cluster.sessionLogGroupName,
      ...(waf && { web_acl: waf.logGroupName }),
      ...prefixed("database", database?.logGroupNames),
      ...prefixed("cache", cache?.logGroupNames),
    },
    alarm_topic_arn: monitoring?.topicArn,
    alarm_arns:
      monitoring && Object.fromEntries(monitoring.alarms.map(({ resourceName, arn }) => [resourceName, arn])),
  };
}

function byKey<Value, Result>(
  values: ReadonlyMap<string, Value>,
  describe: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries([...values].map(([key, value]) => [key, describe(value)]));
}

function valuesOf<Value, Result>(
  values: Readonly<Record<string, Value>>,
  describe: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, describe(value)]));
}
