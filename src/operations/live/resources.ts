// The platform's resources as the account has them, each found by the name that the environment gives it.
import { EC2Client, paginateDescribeVpcEndpoints, type VpcEndpoint } from "@aws-sdk/client-ec2";
import { DescribeServicesCommand, ECSClient, type Service } from "@aws-sdk/client-ecs";
import type { LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  type CacheCluster,
  DescribeCacheClustersCommand,
  ElastiCacheClient,
  type ReplicationGroup,
} from "@aws-sdk/client-elasticache";
import type { DBInstance } from "@aws-sdk/client-rds";
import type { Environment } from "../../model/environment";
import { vpcEndpointName } from "../../model/names/network";
import { vpcEndpointsOf } from "../../model/vpc-endpoints";
import { MEMBER_KEYS } from "../../schema/member-keys";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "./absent";
import { type LiveFileSystem, liveFileSystems } from "./file-systems";
import { databaseNamed, loadBalancerNamed, replicationGroupNamed } from "./named";

/** A service takes ten at most: DescribeServices API reference, "services". */
const SERVICES_PER_CALL = 10;

/** The cache, with the clusters that it is made of: only they know their security groups. */
export interface LiveCache {
  readonly group: ReplicationGroup;
  readonly members: readonly CacheCluster[];
}

/** Everything that is a member of a security group of the platform. */
export interface LiveResources {
  /** By the environment's key. */
  readonly services: ReadonlyMap<string, Service>;
  readonly database: DBInstance | undefined;
  readonly cache: LiveCache | undefined;
  /** By the environment's key. */
  readonly fileSystems: ReadonlyMap<string, LiveFileSystem>;
  readonly loadBalancer: LoadBalancer | undefined;
  readonly endpoints: readonly VpcEndpoint[];
}

/** Reads a member, by its key, or all file systems; may give another value where AWS refuses. */
type ReadMember = <Value>(
  key: (typeof MEMBER_KEYS)["database" | "cache" | "endpoints"] | "file-systems",
  value: Promise<Value>,
  otherwise: Value,
) => Promise<Value>;

/**
 * What there is of all that the environment declares.
 * @param read what to do where AWS refuses a member that others do not depend on. Default: the error is thrown
 */
export async function liveResources(
  aws: AwsSession,
  environment: Environment,
  read: ReadMember = (_, value) => value,
): Promise<LiveResources> {
  const { database: db, cache: store, endpoints: gates } = MEMBER_KEYS;
  const [services, database, cache, fileSystems, loadBalancer, endpoints] = await Promise.all([
    liveServices(aws, environment),
    environment.database && read(db, databaseNamed(aws, environment.names.database), undefined),
    environment.cache && read(store, liveCache(aws, environment), undefined),
    read("file-systems", liveFileSystems(aws, environment), new Map<string, LiveFileSystem>()),
    environment.loadBalancer && loadBalancerNamed(aws, environment.names.loadBalancer),
    environment.network.vpcEndpoints !== false ? read(gates, liveVpcEndpoints(aws, environment), []) : [],
  ]);
  return { services, database, cache, fileSystems, loadBalancer, endpoints };
}

/**
 * The ECS services that exist, by the environment's key; one that is being drained away does not count.
 * @param only the keys to look for; all without it
 */
export async function liveServices(
  aws: AwsSession,
  { names }: Environment,
  only?: readonly string[],
): Promise<ReadonlyMap<string, Service>> {
  const keys = Object.entries(names.services).filter(([key]) => only?.includes(key) ?? true);
  const found = new Map<string, Service>();
  for (let start = 0; start < keys.length; start += SERVICES_PER_CALL) {
    const some = keys.slice(start, start + SERVICES_PER_CALL);
    const answer = await unlessAbsent(
      aws.client(ECSClient).send(
        new DescribeServicesCommand({
          cluster: names.cluster,
          services: some.map(([, { service }]) => service),
        }),
      ),
      "ClusterNotFoundException",
    );
    for (const service of answer?.services ?? []) {
      const key = some.find(([, { service: name }]) => name === service.serviceName)?.[0];
      if (key !== undefined && service.status === "ACTIVE") {
        found.set(key, service);
      }
    }
  }
  return found;
}

/** The cache and its members; `undefined` where there is none of that name. */
export async function liveCache(aws: AwsSession, { names }: Environment): Promise<LiveCache | undefined> {
  const group = await replicationGroupNamed(aws, names.cache);
  if (group === undefined) {
    return undefined;
  }
  const members = await Promise.all(
    (group.MemberClusters ?? []).map((CacheClusterId) =>
      unlessAbsent(
        aws.client(ElastiCacheClient).send(new DescribeCacheClustersCommand({ CacheClusterId })),
        "CacheClusterNotFound",
        "CacheClusterNotFoundFault",
      ),
    ),
  );
  return { group, members: members.flatMap((member) => member?.CacheClusters ?? []) };
}

/** The interface endpoints that exist; one that is on its way out does not count. */
export async function liveVpcEndpoints(aws: AwsSession, environment: Environment): Promise<VpcEndpoint[]> {
  const names = vpcEndpointsOf(environment).map((service) => vpcEndpointName(environment.name, service));
  const found: VpcEndpoint[] = [];
  for await (const { VpcEndpoints = [] } of paginateDescribeVpcEndpoints(
    { client: aws.client(EC2Client) },
    { Filters: [{ Name: "tag:Name", Values: names }] },
  )) {
    found.push(...VpcEndpoints.filter(({ State }) => !/^delet/i.test(State ?? "")));
  }
  return found;
}
