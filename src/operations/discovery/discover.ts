// The platform's security groups, found twice: at the resources that they are attached to, and by their Name tags.
import type { Environment } from "../../config/environment";
import { securityGroups } from "../../traffic/derive";
import type { AwsSession } from "../aws/session";
import { liveCache, liveDatabase, liveLoadBalancer, liveServices, liveVpcEndpoints } from "../live/resources";
import { securityGroupsIn, vpcsNamed } from "../live/security-groups";
import { type GroupFacts, judgeGroup, judgeVpc } from "./judgement";

export interface DiscoveredGroup extends GroupFacts {
  /** What is not as it should be, a sentence each. */
  readonly findings: readonly string[];
}

export interface Discovery {
  /** The VPC's Name tag, and the IDs of the VPCs that have it. */
  readonly vpc: {
    readonly name: string;
    readonly ids: readonly string[];
    readonly findings: readonly string[];
  };
  readonly groups: readonly DiscoveredGroup[];
}

/** Finds every group of the environment. Its calls: see `PERMISSIONS.discover`. */
export async function discover(aws: AwsSession, environment: Environment): Promise<Discovery> {
  const { names } = environment;
  const [vpcIds, attached] = await Promise.all([vpcsNamed(aws, names.vpc), attachedGroups(aws, environment)]);
  // The rules stack looks within the VPC; where there are several of that name, in none.
  const [vpcId, ...others] = vpcIds;
  const inVpc = vpcId !== undefined && others.length === 0 ? await securityGroupsIn(aws, vpcId) : [];
  const groups = securityGroups(environment).map((group): DiscoveredGroup => {
    const name = names.securityGroups[group] ?? group;
    const tagged = inVpc
      .filter(({ Tags = [] }) => Tags.some(({ Key, Value }) => Key === "Name" && Value === name))
      .flatMap(({ GroupId }) => GroupId ?? []);
    const resource = resourceText(group, environment);
    const facts: GroupFacts = { group, name, tagged, resource, attached: attached.get(group) };
    return { ...facts, findings: judgeGroup(facts) };
  });
  return { vpc: { name: names.vpc, ids: vpcIds, findings: judgeVpc(names.vpc, vpcIds) }, groups };
}

/** Whether there is nothing to object to. */
export function isInOrder({ vpc, groups }: Discovery): boolean {
  return vpc.findings.length === 0 && groups.every(({ findings }) => findings.length === 0);
}

function resourceText(group: string, { name, names }: Environment): string {
  switch (group) {
    case "alb":
      return `load balancer ${names.loadBalancer}`;
    case "postgres":
      return `database ${names.database}`;
    case "redis":
      return `cache ${names.cache}`;
    case "endpoints":
      return `VPC endpoint of ${name}`;
    default:
      return `ECS service ${names.services[group]?.service ?? group}`;
  }
}

/** IDs of the groups that each resource has, by the group that it should have; absent where the resource is. */
async function attachedGroups(
  aws: AwsSession,
  environment: Environment,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const [services, database, cache, loadBalancer, endpoints] = await Promise.all([
    liveServices(aws, environment),
    environment.database && liveDatabase(aws, environment),
    environment.cache && liveCache(aws, environment),
    environment.loadBalancer && liveLoadBalancer(aws, environment),
    environment.network.vpcEndpoints !== false ? liveVpcEndpoints(aws, environment) : [],
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
  if (endpoints.length > 0) {
    const groups = endpoints.flatMap(({ Groups = [] }) => Groups.flatMap(({ GroupId }) => GroupId ?? []));
    attached.set("endpoints", [...new Set(groups)]);
  }
  return attached;
}
