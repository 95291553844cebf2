// The part of an environment that gives resources other names than the conventional ones.
import { z } from "zod";
import { bucketNameText } from "./buckets";
import { identifier, section } from "./fields";

const given = z.string().min(1, "Give a name, or leave it out for the conventional one.");

/** An alarm, as docs/monitoring.md has it. */
const alarmKey = z
  .string()
  .regex(/^[a-z][a-z0-9-]*\/[a-z-]+$/, "Name an alarm by what it watches and for what: web/failed-logins.");

const serviceNamesSchema = section({
  /** The ECS service. Default: `<name>-<service>`. */
  service: given.optional(),
  /** The family of task definitions. Default: like the service. */
  taskDefinition: given.optional(),
  /** The target group. Default: like the service. */
  targetGroup: given.optional(),
  /** The log group. Default: `/ecs/<name>/<service>`. */
  logGroup: given.optional(),
});

export const namesSchema = section({
  /** The VPC's Name tag. Default: `<name>-vpc`. */
  vpc: given.optional(),
  /** The ECS cluster. Default: `<name>`. */
  cluster: given.optional(),
  /** The load balancer. Default: `<name>`. */
  loadBalancer: given.optional(),
  /** The RDS instance. Default: `<name>`. */
  database: given.optional(),
  /** The ElastiCache replication group. Default: `<name>`. */
  cache: given.optional(),
  /** Queues. Default: `<name>-<queue>`. */
  queues: z.record(identifier, given).default({}),
  /** Buckets, whose names nobody else in the world may have. Default: `<name>-<bucket>-<account>`. */
  buckets: z.record(identifier, bucketNameText).default({}),
  /** What the names of secrets begin with. Default: `<name>`. */
  secrets: given.optional(),
  /**
   * The secret with the database's password, where `database.credentials` is "secrets-manager": RDS names its own itself. Default:
   * `<secrets>/database`.
   */
  databaseSecret: given.optional(),
  /** The log group of the VPC's flow logs. Default: `/vpc/<name>/flow-logs`. */
  flowLogs: given.optional(),
  /** The web application firewall's web ACL, and its metric. Default: `<name>`. */
  webAcl: given.optional(),
  /** Alarms, by what they watch and for what: `web/failed-logins`. Default: `<name>/<what>/<for what>`. */
  alarms: z.record(alarmKey, given).default({}),
  /**
   * Name tags of security groups, which may change at any time: EC2 goes on calling a group as it was first named. Default:
   * `<name>-alb-sg`, `-ecs-<service>-sg`, `-postgres-sg`, `-redis-sg`, `-endpoints-sg`, `-<file system>-sg`, `-<member>-sg`.
   */
  securityGroups: z.record(identifier, given).default({}),
  /** Names that belong to one service. */
  services: z.record(identifier, serviceNamesSchema).default({}),
});

export type NamesInput = z.output<typeof namesSchema>;
