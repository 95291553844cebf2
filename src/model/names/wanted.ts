// The names that AWS refuses to give twice, by kind: what `preflight` wants free, and CI may touch. A unit test compares them
// with the synth output.
import type { Environment } from "../environment";
import { namedResources } from "./catalogue";
import type { WantedKind } from "./kinds";

export type WantedNames = Readonly<Record<WantedKind, readonly string[]>>;

/**
 * The names that an environment gives and that AWS refuses to give twice, by kind. Not among them: names of security groups,
 * which are unique within a VPC only, those that AWS gives twice without complaint, such as a task definition's, and what
 * the test of this function says no lookup is for.
 * @param account the twelve digits of the account that it is deployed to
 */
export function wantedNames(environment: Environment, account: string): WantedNames {
  const resources = namedResources(environment, account);
  const of = (kind: WantedKind) => resources.filter((one) => one.kind === kind).map(({ name }) => name);
  return {
    VPC: of("VPC"),
    "load balancer": of("load balancer"),
    "target group": of("target group"),
    "ECS cluster": of("ECS cluster"),
    "ECS service": of("ECS service"),
    database: of("database"),
    "DB subnet group": of("DB subnet group"),
    "DB parameter group": of("DB parameter group"),
    "replication group": of("replication group"),
    "cache user": of("cache user"),
    "cache user group": of("cache user group"),
    "cache subnet group": of("cache subnet group"),
    "cache parameter group": of("cache parameter group"),
    "file system": of("file system"),
    "log group": of("log group"),
    secret: of("secret"),
    "IAM role": of("IAM role"),
    queue: of("queue"),
    bucket: of("bucket"),
    repository: of("repository"),
  };
}
