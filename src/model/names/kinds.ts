// The kinds of resources whose names are checked, and what AWS takes as a name of each.
import { NAME_LENGTH } from "../../schema/limits";

/** Kinds whose names AWS refuses to give twice: in words, as messages call them. */
export type WantedKind =
  | "VPC"
  | "load balancer"
  | "target group"
  | "ECS cluster"
  | "ECS service"
  | "database"
  | "DB subnet group"
  | "DB parameter group"
  | "replication group"
  | "cache user"
  | "cache user group"
  | "cache subnet group"
  | "cache parameter group"
  | "file system"
  | "log group"
  | "secret"
  | "IAM role"
  | "queue"
  | "bucket"
  | "repository";

/** All kinds: those too of whose names AWS makes no fuss, and which must differ within an environment all the same. */
export type Kind =
  | WantedKind
  | "security group"
  | "task definition"
  | "web ACL"
  | "alarm"
  | "state machine"
  | "schedule group";

/** What AWS takes as a name. */
export interface NameRule {
  /** Characters at most. */
  readonly limit: number;
  readonly pattern: RegExp;
  /** The pattern in words, after "Use". */
  readonly alphabet: string;
  /** Why no two may share one, where it is not that AWS refuses the second. */
  readonly unique?: string;
}

const HYPHENATED = "letters, digits and hyphens";

/** What Elastic Load Balancing takes: no hyphen at either end. */
const LOAD_BALANCING = {
  pattern: /^(?!internal-)[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
  alphabet: HYPHENATED,
};

const ECS = {
  limit: NAME_LENGTH.ecs,
  pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/,
  alphabet: "letters, digits, hyphens and underscores",
};

/** What RDS and ElastiCache take: single hyphens, none at either end. */
const DATA_STORE = {
  pattern: /^[a-z]([a-z0-9]|-(?!-))*[a-z0-9]$/,
  alphabet: `lower-case ${HYPHENATED}`,
};

const GROUP_OF_DATA_STORE = { ...DATA_STORE, limit: NAME_LENGTH.dataStoreGroup };
const OF_CACHE = { ...DATA_STORE, limit: NAME_LENGTH.cache };

/** "Must not be default": CreateDBSubnetGroup API reference, and ElastiCache's own is called so. */
const SUBNET_GROUP = {
  limit: NAME_LENGTH.dataStoreGroup,
  pattern: /^(?!default$)[a-z]([a-z0-9]|-(?!-))*[a-z0-9]$/,
  alphabet: `lower-case ${HYPHENATED}, and not "default"`,
};

/** What AWS takes as a name of each kind, and whoever looks resources up by it. */
export const NAME_RULES: Readonly<Record<Kind, NameRule>> = {
  VPC: {
    limit: NAME_LENGTH.tag,
    pattern: /^[^*?\\]+$/,
    alphabet: "any characters but * ? and \\: it is found by its name, and they are wildcards there",
  },
  // EC2 refuses groups whose name begins with "sg-"; * is a wildcard where groups are found.
  "security group": {
    limit: NAME_LENGTH.securityGroup,
    pattern: /^(?!sg-)[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$]+$/,
    alphabet: 'letters, digits, spaces and punctuation but * and ?, not beginning with "sg-"',
    unique: "rules find groups by name",
  },
  "load balancer": { ...LOAD_BALANCING, limit: NAME_LENGTH.loadBalancer },
  "target group": { ...LOAD_BALANCING, limit: NAME_LENGTH.targetGroup },
  "ECS cluster": ECS,
  "ECS service": { ...ECS, unique: "a cluster has one service of a name" },
  "task definition": { ...ECS, unique: "each would be a revision of the other" },
  database: { ...DATA_STORE, limit: NAME_LENGTH.database },
  "DB subnet group": SUBNET_GROUP,
  "DB parameter group": GROUP_OF_DATA_STORE,
  "replication group": OF_CACHE,
  "cache user": OF_CACHE,
  "cache user group": OF_CACHE,
  "cache subnet group": SUBNET_GROUP,
  "cache parameter group": GROUP_OF_DATA_STORE,
  // CreateFileSystem API reference, "CreationToken".
  "file system": {
    limit: NAME_LENGTH.fileSystem,
    pattern: /^[a-z][a-z0-9-]*$/,
    alphabet: `lower-case ${HYPHENATED}`,
  },
  "log group": {
    // It is also a tag of its own, which takes no #; and "log groups can't start with aws/": CreateLogGroup API reference.
    limit: Math.min(NAME_LENGTH.logGroup, NAME_LENGTH.tag),
    pattern: /^(?!aws\/)[a-zA-Z0-9_/.-]+$/,
    alphabet: `${HYPHENATED} / . _, not beginning with "aws/"`,
  },
  secret: {
    limit: NAME_LENGTH.secret,
    pattern: /^[a-zA-Z0-9_+=.@-]+(\/[a-zA-Z0-9_+=.@-]+)*$/,
    alphabet: "letters, digits, / and . _ + = @ -",
  },
  "IAM role": {
    limit: NAME_LENGTH.iamRole,
    pattern: /^[\w+=,.@-]+$/,
    alphabet: "letters, digits and _ + = , . @ -",
  },
  queue: {
    limit: NAME_LENGTH.queue,
    pattern: /^[a-zA-Z0-9_-]+$/,
    alphabet: "letters, digits, hyphens and underscores",
  },
  bucket: {
    limit: NAME_LENGTH.bucket,
    pattern: /^[a-z0-9][a-z0-9.-]+[a-z0-9]$/,
    alphabet: "lower-case letters, digits, hyphens and full stops",
    unique: "S3 has each name once in the world",
  },
  "web ACL": {
    limit: NAME_LENGTH.webAcl,
    pattern: /^[\w-]+$/,
    alphabet: "letters, digits, hyphens and underscores",
  },
  // It is also a tag of its own.
  alarm: {
    limit: NAME_LENGTH.alarm,
    pattern: /^[\w .:/=+@-]+$/,
    alphabet: "letters, digits, spaces and _ . : / = + @ -",
    unique: "CloudWatch would have one of a name write over the other",
  },
  // "CreateStateMachine", Step Functions API reference; the schedule in its group is called alike, and shorter names are taken there.
  "state machine": {
    limit: NAME_LENGTH.schedule,
    pattern: /^[\w-]+$/,
    alphabet: "letters, digits, hyphens and underscores",
    unique: "each would run the other's command",
  },
  "schedule group": {
    limit: NAME_LENGTH.schedule,
    pattern: /^[\w.-]+$/,
    alphabet: "letters, digits, hyphens, underscores and full stops",
  },
  repository: {
    limit: NAME_LENGTH.repository,
    pattern: /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
    alphabet: "lower-case letters, digits and single hyphens",
  },
};
