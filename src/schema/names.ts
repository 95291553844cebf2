// The part of an environment that gives resources other names than the conventional ones.
import { z } from "zod";
import { identifier, section } from "./fields";

const given = z.string().min(1, "Give a name, or leave it out for the conventional one.");

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
  /** What the names of secrets begin with. Default: `<name>`. */
  secrets: given.optional(),
  /**
   * Name tags of security groups, which may change at any time: EC2 goes on calling a group as it was first named. Default:
   * `<name>-alb-sg`, `-ecs-<service>-sg`, `-postgres-sg`, `-redis-sg`, `-endpoints-sg`, `-<member>-sg`.
   */
  securityGroups: z.record(identifier, given).default({}),
  /** Names that belong to one service. */
  services: z.record(identifier, serviceNamesSchema).default({}),
});

export type NamesInput = z.output<typeof namesSchema>;
