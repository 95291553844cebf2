// The checks on names: whether AWS would refuse one because it is taken.

import type { Environment } from "../../../model/environment";
import type { WantedKind } from "../../../model/names/kinds";
import { wantedNames } from "../../../model/names/wanted";
import { defaultTags } from "../../../model/tags";
import type { PlannedCheck } from "../planned-check";
import * as dataStores from "./data-stores";
import { judgeNames, type NameFacts } from "./judgement";
import type { Lookup } from "./lookup";
import * as network from "./network";
import * as services from "./services";
import * as storage from "./storage";

/** How each kind is looked up. */
const LOOKUPS: Readonly<Record<WantedKind, Lookup>> = {
  VPC: network.vpc,
  "load balancer": network.loadBalancer,
  "target group": network.targetGroup,
  "ECS cluster": services.cluster,
  "ECS service": services.service,
  database: dataStores.database,
  "DB subnet group": dataStores.databaseSubnetGroup,
  "DB parameter group": dataStores.databaseParameterGroup,
  "replication group": dataStores.replicationGroup,
  "cache user": dataStores.cacheUser,
  "cache user group": dataStores.cacheUserGroup,
  "cache subnet group": dataStores.cacheSubnetGroup,
  "cache parameter group": dataStores.cacheParameterGroup,
  "file system": dataStores.fileSystem,
  "log group": services.logGroup,
  secret: storage.secret,
  "IAM role": services.role,
  queue: services.queue,
  bucket: storage.bucket,
  repository: services.repository,
};

/** Which kinds make up a check, by the check's id after `names:`. */
const CHECKS: Readonly<Record<string, readonly [title: string, ...kinds: WantedKind[]]>> = {
  vpc: ["The VPC's name is not taken", "VPC"],
  "load-balancer": ["The load balancer's name is not taken", "load balancer"],
  "target-groups": ["Names of target groups are not taken", "target group"],
  cluster: ["The ECS cluster's name is not taken", "ECS cluster"],
  services: ["Names of ECS services are not taken", "ECS service"],
  database: [
    "Names of the database and its groups are not taken",
    "database",
    "DB subnet group",
    "DB parameter group",
  ],
  cache: [
    "Names of the cache, its users and its groups are not taken",
    "replication group",
    "cache user",
    "cache user group",
    "cache subnet group",
    "cache parameter group",
  ],
  "file-systems": ["Names of file systems are not taken", "file system"],
  "log-groups": ["Names of log groups are not taken", "log group"],
  secrets: ["Names of secrets are not taken", "secret"],
  roles: ["Names of IAM roles are not taken", "IAM role"],
  queues: ["Names of queues are not taken", "queue"],
  buckets: ["Names of buckets are not taken", "bucket"],
  repositories: ["Names of repositories are not taken", "repository"],
};

/** A check for each kind of name that the environment gives. */
export function nameChecks(environment: Environment): PlannedCheck[] {
  // Which kinds there are does not depend on the account.
  const given = wantedNames(environment, "");
  return Object.entries(CHECKS).flatMap(([id, [title, ...kinds]]) =>
    kinds.every((kind) => given[kind].length === 0)
      ? []
      : [
          {
            id: `names:${id}`,
            title,
            ask: async (aws) => {
              const wanted = wantedNames(environment, aws.accountId);
              const facts: NameFacts[] = [];
              // One after another: IAM and ElastiCache throttle early.
              for (const kind of kinds) {
                for (const name of wanted[kind]) {
                  facts.push({ kind, name, holders: await LOOKUPS[kind](aws, name, environment) });
                }
              }
              return judgeNames(facts, defaultTags(environment));
            },
          },
        ],
  );
}
