// The platform's security groups, found twice: at the resources that they are attached to, and by their Name tags.
import type { Environment } from "../../model/environment";
import type { AwsSession } from "../aws/session";
import { type LiveResources, liveResources } from "../live/resources";
import { type NamedVpc, vpcNamed } from "../live/security-groups";
import { type GroupFacts, judgeGroup, resourceText } from "./judgement";
import { type TaggedGroups, taggedGroups } from "./name-tags";

export interface DiscoveredGroup extends GroupFacts {
  /** What is not as it should be, a sentence each. */
  readonly findings: readonly string[];
}

export interface Discovery extends TaggedGroups {
  readonly groups: readonly DiscoveredGroup[];
}

/** Finds every group of the environment. Its calls: see `PERMISSIONS.discover`. */
export async function discover(aws: AwsSession, environment: Environment): Promise<Discovery> {
  const [vpc, resources] = await Promise.all([
    vpcNamed(aws, environment.names.vpc),
    liveResources(aws, environment),
  ]);
  return discoveryOf(environment, vpc, resources);
}

/** What the account's answers say about every group of the environment. */
export function discoveryOf(environment: Environment, vpc: NamedVpc, resources: LiveResources): Discovery {
  const byName = taggedGroups(environment, vpc);
  const attached = attachedGroups(resources);
  const groups = byName.groups.map((tagged): DiscoveredGroup => {
    const { group } = tagged;
    const facts: GroupFacts = {
      ...tagged,
      resource: resourceText(group, environment),
      attached: attached.get(group),
    };
    return { ...facts, findings: judgeGroup(facts) };
  });
  return { vpc: byName.vpc, groups };
}

/** Whether there is nothing to object to. */
export function isInOrder({ vpc, groups }: Discovery): boolean {
  return vpc.findings.length === 0 && groups.every(({ findings }) => findings.length === 0);
}

/** IDs of the groups that each resource has, by the group that it should have; absent where the resource is. */
function attachedGroups({
  services,
  database,
  cache,
  loadBalancer,
  endpoints,
}: LiveResources): ReadonlyMap<string, readonly string[]> {
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
  if (endpoints.length > 0) {
    const groups = endpoints.flatMap(({ Groups = [] }) => Groups.flatMap(({ GroupId }) => GroupId ?? []));
    attached.set("endpoints", [...new Set(groups)]);
  }
  return attached;
}
