// What the stack django tells the next tool: addresses, IDs and ARNs, and never a value that is secret.
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { Service } from "../service/service";
import type { DjangoParts } from "./django-parts";
import type { Monitoring } from "./monitoring";

/** Adds the outputs; what an environment lacks has no output. */
export function addOutputs(
  scope: Construct,
  platform: DjangoParts,
  services: ReadonlyMap<string, Service>,
  monitoring: Monitoring | undefined,
): void {
  const { network, groups, cluster, loadBalancer, waf, database, cache, queues, djangoSecretKey } = platform;
  const { applicationUser, databaseBackup, kmsKeyArn } = platform;
  const output = (id: string, description: string, value: unknown) => {
    if (value !== undefined) {
      new TerraformOutput(scope, id, { value, description });
    }
  };
  output("vpc_id", "ID of the VPC", network.vpcId);
  output("service_subnet_ids", "IDs of the subnets that tasks run in", network.serviceSubnetIds);
  output("security_group_ids", "IDs of the security groups, by group", Object.fromEntries(groups.ids));
  output("cluster_name", "Name of the ECS cluster", cluster.name);
  output("services", "Names of the ECS services and their log groups, by service", byKey(services, describe));
  output("one_off_tasks", "Task definitions to run once, by service and command", byKey(services, commands));
  output("url", "Where users find the platform", loadBalancer?.url);
  output("load_balancer_dns_name", "What the domain has to point at", loadBalancer?.dnsName);
  output(
    "certificate_validation_records",
    "DNS records that prove the domain to ACM",
    loadBalancer?.validationRecords,
  );
  output("web_acl_arn", "ARN of the web ACL on the load balancer", waf?.webAclArn);
  output(
    "database_endpoint",
    "Host and port of PostgreSQL",
    database && `${database.address}:${database.port}`,
  );
  output("database_secret_arn", "Secret with the database's user and password", database?.secretArn);
  output(
    "database_user_secret_arn",
    "Secret with the application's own user of the database",
    applicationUser?.login.secretArn,
  );
  output("backup_vault", "Name of the vault with the database's backups", databaseBackup?.vaultName);
  output(
    "backup_copy_vault_arn",
    "ARN of the vault with their copies, in the second region",
    databaseBackup?.copyVaultArn,
  );
  output("kms_key_arn", "KMS key of all data at rest", kmsKeyArn);
  output("cache_endpoint", "Host and port of Redis", cache && `${cache.primaryEndpoint}:${cache.port}`);
  output("django_secret_key_arn", "Secret with Django's SECRET_KEY", djangoSecretKey?.arn);
  output(
    "queue_urls",
    "URLs of the queues, by queue",
    queues.size > 0 ? byKey(queues, ({ url }) => url) : undefined,
  );
  output("alarm_topic_arn", "SNS topic that alarms go to", monitoring?.topicArn);
}

function byKey<Value, Result>(
  values: ReadonlyMap<string, Value>,
  describe: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries([...values].map(([key, value]) => [key, describe(value)]));
}

function describe({ ecsService, logGroup, taskDefinition }: Service) {
  return { name: ecsService.name, log_group: logGroup.name, task_definition: taskDefinition.arn };
}

function commands({ oneOffTasks }: Service) {
  return Object.fromEntries(Object.entries(oneOffTasks).map(([name, { arn }]) => [name, arn]));
}
