// The members of a platform: whatever has a security group of its own, and what each of them knows of itself.

import type { ExtraFlow } from "../schema/extra-flow";
import type { ExtraMember } from "../schema/extra-member";
import type { FileSystem } from "../schema/file-systems";
import { MEMBER_KEYS } from "../schema/member-keys";
import type { Network } from "../schema/network";
import type { Service } from "../schema/service";
import { answeredPorts, type ReachedService, serviceLabel } from "./services";
import { loadBalancerTier, type SubnetTier, serviceTier } from "./subnets";
import { Port, toPort } from "./traffic/port";

/** The port that PostgreSQL listens on. */
export const POSTGRES_PORT = 5432;
/** The port that Redis listens on. */
export const REDIS_PORT = 6379;
/** The port that EFS, as any server of NFS 4, listens on. */
export const NFS_PORT = 2049;
/** The port that AWS's APIs listen on, S3's too. */
export const HTTPS_PORT = 443;

/** What a member is. Whoever treats kinds differently switches over all of them, so that the compiler names a new one. */
export type MemberKind =
  | "load-balancer"
  | "service"
  | "database"
  | "cache"
  | "file-system"
  | "endpoints"
  | "extra";

/** A member of the platform. */
export interface Member {
  /** What environment files, tables and commands call it. */
  readonly key: string;
  readonly kind: MemberKind;
  /** What the descriptions of rules call it. */
  readonly label: string;
  /** Where it answers; none for one that nothing connects to. */
  readonly ports: readonly Port[];
  /** The subnets that it is in. */
  readonly tier: SubnetTier;
  /** Whether it keeps data, and so is let out of its subnets' network ACL for nothing but what is declared. */
  readonly holdsData: boolean;
  /** Whether its own nodes connect to each other from subnet to subnet, on its port. */
  readonly replicates: boolean;
  /** Whether users come in by it: the stack of the groups then holds its rules from addresses outside. */
  readonly isEntrance: boolean;
  /** The Name tag of its security group, and the group's name. */
  readonly groupName: string;
}

/** What of a service its member follows from. */
type ServiceFacts = Pick<Service, "label"> & ReachedService;

/** What of an environment decides which members it has. */
export interface MemberSections {
  readonly services: Readonly<Record<string, ServiceFacts>>;
  readonly loadBalancer?:
    | { readonly ports: readonly number[]; readonly internal?: boolean | undefined }
    | undefined;
  /** Anything but `undefined` where there is one. */
  readonly database?: unknown;
  /** Anything but `undefined` where there is one. */
  readonly cache?: unknown;
  readonly fileSystems: Readonly<Record<string, Pick<FileSystem, "label">>>;
  readonly network: Pick<Network, "natGateways" | "vpcEndpoints">;
  readonly extraMembers: Readonly<Record<string, ExtraMember>>;
  /** They say where extra members answer. */
  readonly extraFlows: readonly ExtraFlow[];
  /** Names of security groups. */
  readonly names: { readonly securityGroups: Readonly<Record<string, string>> };
}

/** The members of a platform, each under a key of its own. */
export class Members {
  private readonly byKey: ReadonlyMap<string, Member>;

  /** @throws Error where two have the same key */
  constructor(readonly all: readonly Member[]) {
    this.byKey = new Map(all.map((member) => [member.key, member]));
    if (this.byKey.size < all.length) {
      const twice = all.find(({ key }, index) => all.findIndex((other) => other.key === key) < index);
      throw new Error(
        `Two members of the platform have the key "${twice?.key}": choose another for one of them.`,
      );
    }
  }

  /** Load balancer, services in their order, data stores, endpoints, and what a team's own code adds. */
  get keys(): readonly string[] {
    return [...this.byKey.keys()];
  }

  has(key: string): boolean {
    return this.byKey.has(key);
  }

  /** @throws Error where there is no such member, naming those that there are */
  get(key: string): Member {
    const member = this.byKey.get(key);
    if (member === undefined) {
      throw new Error(`The platform has no member "${key}"; it has ${this.keys.join(", ")}.`);
    }
    return member;
  }
}

/**
 * The members of an environment.
 * @throws Error where two have the same key, or one lacks the name of its group
 */
export function membersOf(environment: MemberSections): Members {
  const { services, loadBalancer, database, cache, fileSystems, network, extraMembers, extraFlows, names } =
    environment;
  const { vpcEndpoints } = network;
  const plain = { holdsData: false, replicates: false, isEntrance: false };
  const groupName = (key: string): string => {
    const name = names.securityGroups[key];
    if (name === undefined) {
      throw new Error(`The security group of "${key}" has no name.`);
    }
    return name;
  };
  const member = (
    key: string,
    facts: Omit<Member, "key" | "groupName" | keyof typeof plain> & Partial<Member>,
  ) => ({
    key,
    ...plain,
    groupName: groupName(key),
    ...facts,
  });
  return new Members([
    ...(loadBalancer
      ? [
          member(MEMBER_KEYS.loadBalancer, {
            kind: "load-balancer",
            label: "ALB",
            ports: loadBalancer.ports.map(Port.tcp),
            tier: loadBalancerTier(loadBalancer),
            isEntrance: true,
          }),
        ]
      : []),
    ...Object.entries(services).map(([key, service]) =>
      member(key, {
        kind: "service",
        label: serviceLabel(key, service),
        ports: answeredPorts(service).map(Port.tcp),
        tier: serviceTier(network),
      }),
    ),
    ...(database === undefined
      ? []
      : [
          member(MEMBER_KEYS.database, {
            kind: "database",
            label: "PostgreSQL",
            ports: [Port.tcp(POSTGRES_PORT)],
            tier: "data",
            holdsData: true,
          }),
        ]),
    ...(cache === undefined
      ? []
      : [
          member(MEMBER_KEYS.cache, {
            kind: "cache",
            label: "Redis",
            ports: [Port.tcp(REDIS_PORT)],
            tier: "data",
            holdsData: true,
            replicates: true,
          }),
        ]),
    ...Object.entries(fileSystems).map(([key, fileSystem]) =>
      member(key, {
        kind: "file-system",
        label: serviceLabel(key, fileSystem),
        ports: [Port.tcp(NFS_PORT)],
        tier: "data",
        holdsData: true,
      }),
    ),
    ...(vpcEndpoints === false
      ? []
      : [
          member(MEMBER_KEYS.endpoints, {
            kind: "endpoints",
            label: "AWS APIs",
            ports: [Port.tcp(HTTPS_PORT)],
            tier: "private",
          }),
        ]),
    ...Object.entries(extraMembers).map(([key, { label, tier, holdsData = tier === "data" }]) =>
      member(key, {
        kind: "extra",
        label: serviceLabel(key, { label }),
        ports: extraFlows
          .filter(({ destination }) => destination === key)
          .map(({ port, protocol }) => toPort(port, protocol)),
        tier,
        holdsData,
      }),
    ),
  ]);
}
