// The platform that follows from an environment, worked out once and handed on: its members, its names, its traffic.
import type { ExtraFlow } from "../schema/extra-flow";
import type { Environment } from "./environment";
import { type DeclaredMember, type Members, membersOf } from "./members";
import { trafficMatrix } from "./traffic/derive";
import { dataSubnetAclEntries, type NetworkAclEntry } from "./traffic/network-acl";
import type { TrafficMatrix } from "./traffic/traffic-matrix";

/** What a team's own code adds to the platform that an environment file describes. */
export interface Extension {
  /** Members of its own: each gets a security group, which the rules stack finds by its Name tag as it does the others. */
  readonly members?: readonly DeclaredMember[];
  /** Connections of its own, from and to any member, written as `extraFlows` are. */
  readonly flows?: readonly ExtraFlow[];
}

/** Everything that follows from an environment, for all who need it. */
export interface Model {
  readonly environment: Environment;
  readonly members: Members;
  /** Every allowed connection, and so every rule. */
  readonly traffic: TrafficMatrix;
  /** What the data subnets' network ACL lets through; empty where the environment wants none. */
  readonly dataSubnetAcl: readonly NetworkAclEntry[];
}

/**
 * The platform that follows from an environment.
 * @param extension what a team's own code adds
 * @throws Error where the extension gives a member a key that is taken, or names an end that does not exist
 */
export function modelOf(environment: Environment, extension: Extension = {}): Model {
  const members = membersOf(environment, extension.members);
  const extraFlows = [...environment.extraFlows, ...(extension.flows ?? [])];
  const traffic = trafficMatrix({ ...environment, extraFlows }, members);
  return {
    environment,
    members,
    traffic,
    dataSubnetAcl: dataSubnetAclEntries(environment, members, traffic.flows),
  };
}
