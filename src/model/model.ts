// The platform that follows from an environment, worked out once and handed on: its members, its names, its traffic.
import type { Environment } from "./environment";
import { type Members, membersOf } from "./members";
import { trafficMatrix } from "./traffic/derive";
import { dataSubnetAclEntries, type NetworkAclEntry } from "./traffic/network-acl";
import type { TrafficMatrix } from "./traffic/traffic-matrix";

/** Everything that follows from an environment, for all who need it. */
export interface Model {
  readonly environment: Environment;
  readonly members: Members;
  /** Every allowed connection, and so every rule. */
  readonly traffic: TrafficMatrix;
  /** What the data subnets' network ACL lets through; empty where the environment wants none. */
  readonly dataSubnetAcl: readonly NetworkAclEntry[];
}

/** The platform that follows from an environment. */
export function modelOf(environment: Environment): Model {
  const members = membersOf(environment);
  const traffic = trafficMatrix(environment, members);
  return {
    environment,
    members,
    traffic,
    dataSubnetAcl: dataSubnetAclEntries(environment, members, traffic.flows),
  };
}
