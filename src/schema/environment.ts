// The schema of an environment as a whole: what its file says, section by section.
import { z } from "zod";
import { accountSecuritySchema } from "./account-security";
import { backupSchema } from "./backup";
import { bucketSchema } from "./buckets";
import { cacheSchema } from "./cache";
import { ciSchema } from "./ci";
import { databaseSchema, queueSchema } from "./data-stores";
import { describedFlowSchema } from "./described-flow";
import { dnsSchema } from "./dns";
import { encryptionSchema } from "./encryption";
import { extraFlowSchema } from "./extra-flow";
import { extraMemberSchema } from "./extra-member";
import { identifier, regionName, section, wholeNumber } from "./fields";
import { fileSystemSchema } from "./file-systems";
import { RULES_PER_INTERFACE, RULES_PER_NETWORK_ACL, RULES_PER_SECURITY_GROUP } from "./limits";
import { loadBalancerSchema } from "./load-balancer";
import { monitoringSchema } from "./monitoring";
import { namesSchema } from "./names";
import { networkSchema } from "./network";
import { outputsSchema } from "./outputs";
import { policiesSchema } from "./policies";
import { registrySchema } from "./registry";
import { serviceSchema } from "./service";
import { ownSecretSource } from "./service-parts";
import { stateSchema } from "./state";
import { tagsSchema } from "./tags";
import { terraformModuleSchema } from "./terraform-module";

/**
 * The longest base name: it must leave room for `-alb-logs-<account>` in a bucket's name (63), for
 * `-security-group-changes` in that of an EventBridge rule (64), and for `-<service>-execution` in a role's (64).
 */
const BASE_NAME_LENGTH = 40;

const ACCOUNT = "Write the account's twelve digits as a string.";

/** Every section of an environment file, before the checks that compare one with another. */
export const environmentSchema = section({
  /** The base of all resource names: lower-case letters, digits and single hyphens. */
  name: z
    .string("Name the environment, such as shop-prod: the names of its resources begin with it.")
    .max(BASE_NAME_LENGTH, `Use ${BASE_NAME_LENGTH} characters at most.`)
    .regex(
      /^[a-z]([a-z0-9]|-(?!-))*[a-z0-9]$/,
      "Use lower-case letters, digits and single hyphens, starting with a letter.",
    ),
  /** The AWS region, such as `us-east-1`. */
  region: regionName,
  /** The AWS account that this environment may be deployed to. Default: whichever the credentials belong to. */
  account: z
    .string(ACCOUNT)
    .regex(/^\d{12}$/, ACCOUNT)
    .optional(),
  /** Whether the hardening that belongs to production is on by default, and the policies for production apply. */
  production: z.boolean().default(true),
  /** Tags of every resource, besides `Environment` and `ManagedBy`. */
  tags: tagsSchema.default({}),
  /** Names that differ from the convention. */
  names: namesSchema.prefault({}),
  /** The VPC: its addresses, its zones, and how what runs in it reaches the Internet. */
  network: networkSchema,
  /** The services by key; the key also names the container and the security group. */
  services: z.record(identifier, serviceSchema),
  /**
   * Secrets that several services have one value of, by key: a service takes one by `secrets: { SIGNING_KEY: { shared: "signing" } }`.
   */
  sharedSecrets: z.record(identifier, ownSecretSource).default({}),
  /** The PostgreSQL database on RDS. Default: none. */
  database: databaseSchema.optional(),
  /** Redis on ElastiCache. Default: none. */
  cache: cacheSchema.optional(),
  /**
   * Shared files on EFS by key, encrypted, with an address in each zone; services find them where their `mounts` say. Default:
   * none.
   */
  fileSystems: z.record(identifier, fileSystemSchema).default({}),
  /** SQS queues by key, each with a dead-letter queue. */
  queues: z.record(identifier, queueSchema).default({}),
  /** Private buckets in S3 by key, for files that the services keep. */
  buckets: z.record(identifier, bucketSchema).default({}),
  /**
   * Which key encrypts the database, the cache, shared files, the secrets, the logs, the queues, the buckets, the backups and the
   * repositories.
   */
  encryption: encryptionSchema.prefault({}),
  /** Backups of the database, and of shared files, in AWS Backup, besides those that RDS makes by itself. Default: none. */
  backup: backupSchema.optional(),
  /** Repositories in ECR, in a stack of their own that is deployed before the first image is pushed. Default: none. */
  registry: registrySchema.optional(),
  /** Settings of the load balancer, which exists wherever a service has a port. Default: its own defaults. */
  loadBalancer: loadBalancerSchema.optional(),
  /**
   * The domain, and with it HTTPS. Default: none; the load balancer speaks plain HTTP and cookies are not marked secure.
   */
  dns: dnsSchema.optional(),
  /** Where Terraform keeps its state: a root module's, or that of whoever calls the child modules. */
  state: stateSchema.default({ backend: "local" }),
  /**
   * What kind of Terraform module each stack is: "root", which is applied by itself, with its provider and its backend; or "child",
   * which has neither, for a `module` call or for Terragrunt, and takes the account and the region as variables.
   */
  terraformModule: terraformModuleSchema.default("root"),
  /** Where the outputs can be read, besides Terraform's state. Default: nowhere else. */
  outputs: outputsSchema.optional(),
  /** Alarms and a dashboard; `false` for none. Default: on, with its defaults, in production; off elsewhere. */
  monitoring: monitoringSchema.optional(),
  /**
   * Audit and detection for the whole account, in a stack of its own. An account has one of each: declare this in one
   * environment of an account. Default: none of it.
   */
  accountSecurity: accountSecuritySchema.optional(),
  /** Roles for a pipeline that deploys this environment, in a stack of their own. Default: none. */
  ci: ciSchema.optional(),
  /** Keeps load balancer, database and logs from being deleted; the default of a Terraform variable. */
  deletionProtection: z.boolean().default(true),
  /** What is accepted although a policy, a rule that every synth is held to, would refuse it. */
  policies: policiesSchema.prefault({}),
  /**
   * Members of your own, by key: something that your code adds, and that connects to the others or is connected to. Each gets
   * a security group, which what you add has to be in.
   */
  extraMembers: z.record(identifier, extraMemberSchema).default({}),
  /** Connections beyond those that follow from the sections above. */
  extraFlows: z.array(extraFlowSchema).default([]),
  /**
   * Descriptions and reasons of connections that follow by themselves: from the Internet to the load balancer, from there to a
   * service, from the VPC to the database. They are there with and without an entry.
   */
  describedFlows: z.array(describedFlowSchema).default([]),
  /** AWS quotas, where the account has been granted others than the default. */
  quotas: section({
    /** Inbound, and outbound, rules of a security group. */
    rulesPerSecurityGroup: wholeNumber(1, RULES_PER_INTERFACE, "rules").default(RULES_PER_SECURITY_GROUP),
    /** Inbound, and outbound, rules of a network ACL; only the incident drill adds any. */
    rulesPerNetworkAcl: wholeNumber(1, RULES_PER_NETWORK_ACL.maximum, "rules").default(
      RULES_PER_NETWORK_ACL.default,
    ),
  }).prefault({}),
});

/** What is given is never changed, so that constants and lists that several environments share can be given, too. */
type Given<Value> = Value extends readonly (infer Item)[]
  ? readonly Given<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Given<Value[Key]> }
    : Value;

/** What an environment file passes to `defineEnvironment`. */
export type EnvironmentInput = Given<z.input<typeof environmentSchema>>;

/** The sections of an environment, defaults filled in. */
export type EnvironmentSections = z.output<typeof environmentSchema>;
