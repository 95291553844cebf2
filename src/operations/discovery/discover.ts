// The platform's security groups, found twice: at the resources that they are attached to, and by their Name tags.
import type { Environment } from "../../config/environment";
import type { AwsSession } from "../aws/session";
import { liveCache, liveDatabase, liveLoadBalancer, liveServices } from "../live/resources";
import { type GroupFacts, judgeGroup } from "./judgement";
import { findByNameTag, type TaggedGroups } from "./name-tags";

export interface DiscoveredGroup extends GroupFacts {
  /** What is not as it should be, a sentence each. */
  readonly findings: readonly string[];
}

export interface Discovery extends TaggedGroups {
  readonly groups: readonly DiscoveredGroup[];
}

/** Finds every group of the environment. Its calls: see `PERMISSIONS.discover`. */
export async function discover(aws: AwsSession, environment: Environment): Promise<Discovery> {
  const [{ vpc, groups }, attached] = await Promise.all([
    findByNameTag(aws, environment),
    attachedGroups(aws, environment),
  ]);
  return {
    vpc,
    groups: groups.map((tagged): DiscoveredGroup => {
      const { group } = tagged;
      const facts: GroupFacts = {
        ...tagged,
        resource: resourceText(group, environment),
        attached: attached.get(group),
      };
      return { ...facts, findings: judgeGroup(facts) };
    }),
  };
}

/** Whether there is nothing to object to. */
export function isInOrder({ vpc, groups }: Discovery): boolean {
  return vpc.findings.length === 0 && groups.every(({ findings }) => findings.length === 0);
}

function resourceText(group: string, { names }: Environment): string {
  switch (group) {
    case "alb":
      return `load balancer ${names.loadBalancer}`;
    case "postgres":
      return `database ${names.database}`;
    case "redis":
      return `cache ${names.cache}`;
    default:
      return `ECS service ${names.services[group]?.service ?? group}`;
  }
}

/** IDs of the groups that each resource has, by the group that it should have; absent where the resource is. */
async function attachedGroups(
  aws: AwsSession,
  environment: Environment,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const [services, database, cache, loadBalancer] = await Promise.all([
    liveServices(aws, environment),
    environment.database && liveDatabase(aws, environment),
    environment.cache && liveCache(aws, environment),
    environment.loadBalancer && liveLoadBalancer(aws, environment),
  ]);
  const attached = new Map<string, readonly string[]>();
  for (const [key, { networkConfiguration }] of services) {
    attached.set(key, networkConfiguration?.awsvpcConfiguration?.securityGroups ?? []);
  }
  if (database) {
    const groups = database.VpcSecurityGroups ?? [];
    // One that is on its way out is not attached any more.
    const staying = groups.filter(({ Status }) => Status !== "removing");
    attached.set(
      "postgres",
      staying.flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
    );
  }
  if (cache) {
    const groups = cache.members.flatMap(({ SecurityGroups = [] }) => SecurityGroups);
    attached.set("redis", [...new Set(groups.flatMap(({ SecurityGroupId }) => SecurityGroupId ?? []))]);
  }
  if (loadBalancer) {
    attached.set("alb", loadBalancer.SecurityGroups ?? []);
  }
  return attached;
}
