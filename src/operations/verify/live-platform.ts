// The platform as it stands in an account: all that `verify` reads of it, and what it says about what must hold.
import type { NetworkAcl, Subnet } from "@aws-sdk/client-ec2";
import type { Listener } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Environment } from "../../model/environment";
import type { Model } from "../../model/model";
import type { AwsSession } from "../aws/session";
import { judgeCacheAfter } from "../cache-user/judgement";
import { type CacheUserState, cacheUserState } from "../cache-user/state";
import { judgeAfterDeployment } from "../database-user/judgement";
import { databaseUserState, type UserState } from "../database-user/state";
import { type Discovery, discoveryOf } from "../discovery/discover";
import { liveListeners } from "../live/listeners";
import { networkAcls, subnetsIn } from "../live/network-acls";
import { type PrefixLists, prefixListsOf } from "../live/prefix-lists";
import { type LiveResources, liveResources } from "../live/resources";
import { knownAs, type LiveRule, rulesOf, vpcNamed } from "../live/security-groups";
import { liveTargets, type ServiceTargets, targetServices } from "../live/targets";
import { compareRules } from "../rules/compare";
import type { VerifyCheck } from "./check";
import { judgeDataSubnetAcl } from "./data-subnet-acl";
import { judgeEndpoints } from "./endpoints";
import { judgeFlows } from "./flows";
import { governingIds, groupIdsOf, judgeGroups } from "./groups";
import { judgeEntrance, judgeTargets } from "./load-balancer";
import { judgeResources } from "./resources";
import { judgeUndeclared } from "./undeclared";
import { PartReader, type Unread, withUnread } from "./unread";

/** The platform as it stands in the account. */
export interface LivePlatform {
  readonly resources: LiveResources;
  readonly discovery: Discovery;
  /** IDs of the platform's groups, where they are certain. */
  readonly groupIds: ReadonlyMap<string, string>;
  /** Names of the VPC's security groups by ID. */
  readonly groupNames: ReadonlyMap<string, string>;
  /** The rules of all groups that the platform's resources are in, or should be. */
  readonly rules: readonly LiveRule[];
  /** The prefix lists that these rules name. */
  readonly prefixLists: PrefixLists;
  /** The VPC's, where the data subnets are to have one of their own. */
  readonly networkAcls: readonly NetworkAcl[];
  /** The VPC's, where the data subnets are to have a network ACL of their own. */
  readonly subnets: readonly Subnet[];
  readonly listeners: readonly Listener[];
  /** By service. */
  readonly targets: ServiceTargets;
  /** What AWS refuses to show: nothing of that is in the other fields. */
  readonly unread: Unread;
  /** The secret of the database's user for the application; `undefined` where the environment has none. */
  readonly databaseUser: UserState | undefined;
  /** The cache's user and its password; `undefined` where the environment has none. */
  readonly cacheUser: CacheUserState | undefined;
}

/** Reads it, at the same time what does not depend on each other. */
export async function readLivePlatform(aws: AwsSession, model: Model): Promise<LivePlatform> {
  const { environment } = model;
  const parts = new PartReader(aws);
  const reading = liveResources(aws, environment, parts.read);
  const finding = vpcNamed(aws, environment.names.vpc);
  const user = environment.database?.applicationUser;
  const [resources, vpc, acls, listeners, targets, databaseUser, cacheUser] = await Promise.all([
    reading,
    finding,
    finding.then(({ ids }) => parts.read("network-acls", aclsIn(aws, model, ids), NO_ACLS)),
    reading.then(({ loadBalancer }) =>
      loadBalancer?.LoadBalancerArn
        ? parts.read("listeners", liveListeners(aws, loadBalancer.LoadBalancerArn), [])
        : [],
    ),
    // The checks have to be there, to fail.
    parts.read(
      "targets",
      allTargets(aws, environment),
      new Map(targetServices(environment).map((key) => [key, undefined])),
    ),
    user && parts.read("database-user", databaseUserState(aws, environment, user), ABSENT),
    environment.cache?.authentication === "password"
      ? parts.read("cache-user", cacheUserState(aws, environment), NO_CACHE_USER)
      : undefined,
  ]);
  const discovery = discoveryOf(model, vpc, resources);
  const groupIds = groupIdsOf(discovery);
  const rules = await rulesOf(aws, [
    ...new Set(discovery.groups.flatMap((group) => governingIds(group, groupIds))),
  ]);
  return {
    resources,
    discovery,
    groupIds,
    groupNames: new Map(vpc.groups.map((group) => [group.GroupId ?? "", knownAs(group)])),
    rules,
    prefixLists: await prefixListsOf(aws, rules),
    ...acls,
    listeners,
    targets,
    unread: parts.unread,
    databaseUser,
    cacheUser,
  };
}

const ABSENT: UserState = { secret: "absent" };
const NO_CACHE_USER: CacheUserState = { deployed: false };

const NO_ACLS: Pick<LivePlatform, "networkAcls" | "subnets"> = { networkAcls: [], subnets: [] };

/** Of the one VPC that there should be; an environment without an ACL for its data subnets needs none of it. */
async function aclsIn(
  aws: AwsSession,
  { dataSubnetAcl }: Model,
  [vpcId, ...others]: readonly string[],
): Promise<Pick<LivePlatform, "networkAcls" | "subnets">> {
  const isWanted = dataSubnetAcl.length > 0;
  if (!isWanted || vpcId === undefined || others.length > 0) {
    return NO_ACLS;
  }
  const [acls, subnets] = await Promise.all([networkAcls(aws, vpcId), subnetsIn(aws, vpcId)]);
  return { networkAcls: acls, subnets };
}

async function allTargets(aws: AwsSession, environment: Environment): Promise<ServiceTargets> {
  return new Map(
    await Promise.all(
      targetServices(environment).map(
        async (service) => [service, await liveTargets(aws, environment, service)] as const,
      ),
    ),
  );
}

/**
 * Every check that the account's answers alone decide.
 * @param name the environment's name: that of its file
 */
export function judgeLivePlatform(name: string, model: Model, platform: LivePlatform): VerifyCheck[] {
  const { environment, traffic: matrix } = model;
  const { resources, discovery, groupIds, rules: live, listeners, targets } = platform;
  const rules = matrix.rules();
  const { groups } = discovery;
  const { loadBalancer } = resources;
  const checks = [
    ...judgeResources(model, resources),
    ...judgeGroups(discovery),
    ...judgeFlows({
      environment: name,
      matrix,
      groups,
      groupIds,
      declared: compareRules(rules, groupIds, live).declared,
      live,
      prefixLists: platform.prefixLists,
    }),
    ...judgeUndeclared({ ...platform, name, environment, groups, declared: rules, live }),
    ...judgeDataSubnetAcl(model, { ...platform, name }),
    ...judgeEndpoints(environment, { ...resources, vpcIds: discovery.vpc.ids, groupIds }),
    ...judgeEntrance(environment, { loadBalancer, listeners, live }),
    ...judgeTargets(targets, resources),
    ...databaseUserChecks(name, environment, platform),
    ...cacheUserChecks(name, environment, platform),
  ];
  return withUnread(checks, platform.unread, model);
}

/** `database-user`. */
function databaseUserChecks(
  name: string,
  environment: Environment,
  { databaseUser: state }: LivePlatform,
): VerifyCheck[] {
  const user = environment.database?.applicationUser;
  const about = { id: "database-user", title: "The database has the user that services log in as" };
  return user && state ? [{ ...about, ...judgeAfterDeployment({ name, environment, user, state }) }] : [];
}

/** `cache-user`. */
function cacheUserChecks(
  name: string,
  environment: Environment,
  { cacheUser: state, resources }: LivePlatform,
): VerifyCheck[] {
  // What cannot be read is said of the cache itself.
  const hasUsers =
    resources.cache === undefined ||
    resources.cache.group.UserGroupIds?.includes(environment.names.cache) === true;
  const about = { id: "cache-user", title: "The cache has the password that services log on with" };
  return state ? [{ ...about, ...judgeCacheAfter({ name, environment, state }, hasUsers) }] : [];
}
