// What is set of the output without TypeScript, by name: the list that the documents and their tests go by.

export interface VariableDefinition {
  /** The type that Terraform sees. */
  readonly type: "string" | "number" | "bool" | "list(string)" | "object";
  /** What it sets, in words. */
  readonly description: string;
  /** What its validation admits. */
  readonly admitted: string;
  /** When there is one. */
  readonly when: string;
}

const AUTOSCALING = "with `autoscaling`";
const CHILD = "of a child module";
const RULES = "of the child module `security-group-rules`";

/** The variables of all stacks; `<service>` and `<secret>` stand for a key or a name in snake_case. */
export const VARIABLES: Readonly<Record<string, VariableDefinition>> = {
  "<service>_image_tag": {
    type: "string",
    description:
      "Tag, or digest, of the image that the service runs; of a sidecar `<service>_<sidecar>_image_tag`",
    admitted: "a tag other than `latest`; `sha256:` and 64 hexadecimal digits",
    when: "for each service",
  },
  "<service>_min_tasks": {
    type: "number",
    description: "Fewest tasks that the service scales to",
    admitted:
      "a whole number from 1 (from 0 where the environment's own is 0), or from as many as a `deployment` can move, to the most that " +
      "`<service>_max_tasks` admits",
    when: AUTOSCALING,
  },
  "<service>_max_tasks": {
    type: "number",
    description: "Most tasks that the service scales to",
    admitted:
      "a whole number from `<service>_min_tasks`, and from what alarms on missing and unhealthy tasks need to fire, to what the database's " +
      "connections leave the service, or else 5000",
    when: AUTOSCALING,
  },
  alarm_email_addresses: {
    type: "list(string)",
    description: "Who gets an e-mail of alarms",
    admitted: "e-mail addresses, each once; at least one where the environment names any",
    when: "with `monitoring`",
  },
  deletion_protection: {
    type: "bool",
    description:
      "Whether the load balancer, the database, secrets, logs and repositories are kept from being deleted",
    admitted: "`true`, `false`",
    when: "always; of `registry` and `account-security`, too",
  },
  health_check_grace_seconds: {
    type: "number",
    description: "Seconds that tasks have at least before the load balancer's verdict counts",
    admitted: "a whole number from 0 to 2147483647",
    when: "with a public service",
  },
  environment: {
    type: "string",
    description: "Environment that the caller means",
    admitted: "the name of the environment that the module is of, which is the default",
    when: CHILD,
  },
  account_id: {
    type: "string",
    description: "Account of the caller's provider",
    admitted: "twelve digits; those of `account` where the environment names one",
    when: CHILD,
  },
  region: {
    type: "string",
    description: "Region of the caller's provider",
    admitted: "the environment's",
    when: CHILD,
  },
  hosted_zone_id: {
    type: "string",
    description: "ID of the domain's hosted zone",
    admitted: "an ID of Route 53's",
    when: `${CHILD}, with a hosted zone`,
  },
  "<secret>_secret_arn": {
    type: "string",
    description: "ARN of a secret that exists already",
    admitted: "a complete ARN, with the six characters that Secrets Manager adds",
    when: `${CHILD}, with \`secretsManager\``,
  },
  vpc_id: {
    type: "string",
    description: "ID of the VPC that the groups are in",
    admitted: "the output of `django`",
    when: RULES,
  },
  security_group_ids: {
    type: "object",
    description: "IDs of the security groups, by group",
    admitted: "the output of `django`, each ID once",
    when: RULES,
  },
  entrance_rule_ids: {
    type: "object",
    description: "IDs of the security group rules that let users in, by rule",
    admitted: "the output of `django`",
    when: `${RULES}, with a public service`,
  },
};
