// What the stack django tells the next tool, by name: the one list that the stack, its documents and its tests go by.

export interface OutputDefinition {
  /** The type that Terraform sees. */
  readonly type: "string" | "number" | "list(string)" | "map(string)" | "map(list(string))" | "object";
  /** What it is, in words. */
  readonly description: string;
  /** When there is one. @default - always */
  readonly when?: string;
}

const text = (description: string, when?: string) => define("string", description, when);
const texts = (description: string, when?: string) => define("list(string)", description, when);
const textsByKey = (description: string, when?: string) => define("map(string)", description, when);

function define(type: OutputDefinition["type"], description: string, when?: string): OutputDefinition {
  return when === undefined ? { type, description } : { type, description, when };
}

const PUBLIC = "with a public service";
const DOMAIN = "with `dns`";
const DATABASE = "with `database`";
const CACHE = "with `cache`";
const FILES = "with `fileSystems`";
const QUEUES = "with `queues`";
const WATCHED = "with `monitoring`";

/** The outputs of the stack `django`, in the order in which they are written. */
export const DJANGO_OUTPUTS = {
  vpc_id: text("ID of the VPC"),
  public_subnet_ids: texts("IDs of the public subnets, by the alphabet of their zones"),
  private_subnet_ids: texts("IDs of the private subnets, in the same order"),
  data_subnet_ids: texts("IDs of the subnets of the database, the cache and file systems, in the same order"),
  service_subnet_ids: texts("IDs of the subnets that tasks run in"),
  route_table_ids: define("map(list(string))", "IDs of the route tables, by tier: public, private, data"),
  nat_addresses: texts("Public addresses that services connect from", "with NAT gateways"),
  security_group_ids: textsByKey("IDs of the security groups, by group"),
  entrance_rule_ids: textsByKey("IDs of the security group rules that let users in, by rule", PUBLIC),
  cluster_name: text("Name of the ECS cluster"),
  cluster_arn: text("ARN of the ECS cluster"),
  services: define(
    "object",
    "By service: name, log_group, task_definition, and the ARNs of task_role and execution_role",
  ),
  one_off_tasks: define("object", "Task definitions to run once, by service and command"),
  url: text("Where users find the platform", PUBLIC),
  load_balancer_arn: text("ARN of the load balancer", PUBLIC),
  load_balancer_dns_name: text("What the domain has to point at", PUBLIC),
  load_balancer_zone_id: text("Hosted zone of the load balancer's own name, for alias records", PUBLIC),
  listener_arns: textsByKey("ARNs of the listeners, by protocol: http, https", PUBLIC),
  target_group_arns: textsByKey("ARNs of the target groups, by service", PUBLIC),
  hosted_zone_id: text("ID of the domain's hosted zone", "with `dns.hostedZoneName`"),
  certificate_validation_records: define("object", "DNS records that prove the domain to ACM", DOMAIN),
  web_acl_arn: text("ARN of the web ACL on the load balancer", "with `loadBalancer.waf`"),
  database_endpoint: text("Host and port of PostgreSQL", DATABASE),
  database_port: define("number", "Port of PostgreSQL", DATABASE),
  database_name: text("Name of the database that is there from the start", DATABASE),
  database_identifier: text("Identifier of the instance", DATABASE),
  database_resource_id: text("What RDS calls the instance in IAM policies, whatever its name", DATABASE),
  database_secret_arn: text("Secret with the database's user and password", DATABASE),
  database_user_secret_arn: text(
    "Secret with the application's own user of the database",
    "with `database.applicationUser`",
  ),
  backup_vault: text("Name of the vault with the database's backups", "with `backup`"),
  backup_copy_vault_arn: text(
    "ARN of the vault with their copies, in the second region",
    "with `backup.copyTo`",
  ),
  cache_endpoint: text("Host and port of Redis", CACHE),
  cache_port: define("number", "Port of Redis", CACHE),
  cache_secret_arn: text(
    "Secret with the cache's user, password and URL",
    'with `cache.authentication: "password"`',
  ),
  file_system_ids: textsByKey("IDs of the file systems, by file system", FILES),
  file_system_access_point_ids: textsByKey("IDs of their access points, by file system", FILES),
  queue_urls: textsByKey("URLs of the queues, by queue", QUEUES),
  queue_arns: textsByKey("ARNs of the queues, by queue", QUEUES),
  dead_letter_queue_urls: textsByKey("URLs of the queues of what no worker managed, by queue", QUEUES),
  dead_letter_queue_arns: textsByKey("ARNs of the queues of what no worker managed, by queue", QUEUES),
  bucket_names: textsByKey("Names of the buckets, by bucket", "with `buckets`"),
  django_secret_key_arn: text("Secret with Django's SECRET_KEY", "with `services.<key>.django`"),
  kms_key_arn: text("KMS key of all data at rest", "with `encryption`"),
  alarm_kms_key_arn: text("KMS key of the topic that alarms go to", WATCHED),
  log_group_names: textsByKey("Names of the log groups that are no service's, by what writes there"),
  alarm_topic_arn: text("SNS topic that alarms go to", WATCHED),
  alarm_arns: textsByKey("ARNs of the alarms, by what they watch and how", WATCHED),
} as const satisfies Record<string, OutputDefinition>;

export type DjangoOutput = keyof typeof DJANGO_OUTPUTS;
