// AWS's own numbers, each with the page that states it, so that a name or a count is refused before AWS refuses it.

/** The longest name, in characters, that AWS takes for each kind of resource. */
export const NAME_LENGTH = {
  /** Application Load Balancer: CreateLoadBalancer API reference, "Name". */
  loadBalancer: 32,
  /** Target group: CreateTargetGroup API reference, "Name". */
  targetGroup: 32,
  /** ElastiCache: CreateReplicationGroup API reference, "ReplicationGroupId"; users and their groups as well. */
  cache: 40,
  /** RDS: CreateDBInstance API reference, "DBInstanceIdentifier". */
  database: 63,
  /** Subnet groups and parameter groups of RDS and ElastiCache: CreateDBParameterGroup API reference, and the like. */
  dataStoreGroup: 255,
  /** ECS cluster and service: CreateService API reference, "serviceName". */
  ecs: 255,
  /** IAM role: "IAM and AWS STS quotas". */
  iamRole: 64,
  /** EC2 security group: CreateSecurityGroup API reference, "GroupName" and "GroupDescription", which adds to it. */
  securityGroup: 255 - ", managed by Terraform".length,
  /** EC2 tag value: "Tag your Amazon EC2 resources". */
  tag: 256,
  /** EFS: CreateFileSystem API reference, "CreationToken". */
  fileSystem: 64,
  /** CloudWatch Logs: CreateLogGroup API reference, "logGroupName". */
  logGroup: 512,
  /** S3: "General purpose bucket naming rules". */
  bucket: 63,
  /** Secrets Manager: CreateSecret API reference, "Name". */
  secret: 512,
  /** ECR: CreateRepository API reference, "repositoryName". */
  repository: 256,
  /** AWS WAF: CreateWebACL API reference, "Name". */
  webAcl: 128,
  /** CloudWatch: PutMetricAlarm API reference, "AlarmName". */
  alarm: 255,
  /** SQS: CreateQueue API reference, "QueueName". */
  queue: 80,
  /** EventBridge Scheduler: CreateSchedule API reference, "Name", and CreateScheduleGroup; a state machine may have 80. */
  schedule: 64,
} as const;

/** Inbound rules, and outbound rules, of one security group: "Amazon VPC quotas" (default; can be raised). */
export const RULES_PER_SECURITY_GROUP = 60;

/** Rules per group times groups per interface (5 by default) may not pass this: "Amazon VPC quotas". */
export const RULES_PER_INTERFACE = 1000;

/**
 * Inbound IPv4 rules, and outbound ones, of one network ACL, the last one that denies everything included: "Amazon VPC
 * quotas", L-2AEEBF1A (default; can be raised to the maximum).
 */
export const RULES_PER_NETWORK_ACL = { default: 20, maximum: 40 } as const;

/** Tasks of one ECS service: "Amazon ECS service quotas" (default; can be raised). */
export const TASKS_PER_SERVICE = 5000;

/** Rules of one Application Load Balancer, default actions left out: "Quotas for your Application Load Balancers". */
export const LISTENER_RULES_PER_LOAD_BALANCER = 100;

/** Condition values of one listener rule: "Quotas for your Application Load Balancers". */
export const CONDITION_VALUES_PER_LISTENER_RULE = 5;

/** Blocks of addresses of one route: each rule takes five values, and a load balancer 100 rules. */
export const ROUTE_SOURCES = 20;

/** Wildcards in the condition values of one listener rule: "Quotas for your Application Load Balancers". */
export const CONDITION_WILDCARDS_PER_LISTENER_RULE = 5;

/** The last place that a listener rule can have: CreateRule API reference, "Priority". */
export const LAST_LISTENER_RULE = 50_000;

/** Characters of a condition's value: "Condition types for listener rules", Application Load Balancers user guide. */
export const CONDITION_LENGTH = 128;

/**
 * Whether a listener rule's condition can name a host: letters, digits, `-`, `_`, `.` and wildcards, with a dot, and letters
 * alone after the last one: "Add a listener rule for your Application Load Balancer".
 */
export function conditionHost(host: string): boolean {
  return host.length <= CONDITION_LENGTH && /^[a-z0-9*?._-]*\.[a-z]+$/i.test(host);
}

/** Characters of a security group rule's description: AuthorizeSecurityGroupIngress API reference. */
export const RULE_DESCRIPTION_LENGTH = 255;

/** What a security group rule's description may be made of: AuthorizeSecurityGroupIngress API reference. */
export const RULE_DESCRIPTION_PATTERN = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]+$/;

/** Requests that a rate-based rule may allow in its window: RateBasedStatement API reference, "Limit". */
export const WAF_RATE_LIMIT = { minimum: 10, maximum: 2_000_000_000 } as const;

/** Blocks of addresses of one IP set: "AWS WAF quotas". */
export const WAF_ADDRESSES_PER_IP_SET = 10_000;

/** Bytes of what a byte match statement looks for: ByteMatchStatement API reference, "SearchString". */
export const SEARCH_STRING_LENGTH = 200;

/** Characters of a response header's value that a listener adds: "HTTP header modification", limits. */
export const RESPONSE_HEADER_LENGTH = 1024;

/** Levels of a parameter's name: "Working with parameter hierarchies in Parameter Store". */
export const PARAMETER_LEVELS = 15;

/** Days that CloudWatch Logs can keep a log group: PutRetentionPolicy API reference. */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;
