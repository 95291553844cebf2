// Whether a resource is up, on its way, or has failed, by the words in which AWS says so.
import type { VpcEndpoint } from "@aws-sdk/client-ec2";
import type { Service } from "@aws-sdk/client-ecs";
import type { FileSystemDescription, MountTargetDescription } from "@aws-sdk/client-efs";
import type {
  LoadBalancer,
  TargetHealth,
  TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { CacheCluster, ReplicationGroup } from "@aws-sdk/client-elasticache";
import type { DBInstance } from "@aws-sdk/client-rds";

export interface Readiness {
  /** `failed` where waiting longer cannot help. */
  readonly state: "ready" | "pending" | "failed";
  /** What AWS says, in a few words. */
  readonly detail: string;
}

/** For something that the account has not got. */
export const ABSENT: Readiness = { state: "pending", detail: "not deployed" };

/** How ECS begins the reason of a deployment that takes back one that the circuit breaker has given up. */
const ROLLBACK = /: rolling back to /;

/**
 * An ECS service: as many tasks run as are desired, in one deployment that has reached a steady state: the criteria of
 * the waiter ServicesStable, and `rolloutState` (API reference, "Deployment"), because tasks that have just started
 * and soon stop again count as running. Failed is a deployment that the circuit breaker has given up, also while ECS
 * rolls it back: what becomes stable then is the version before.
 */
export function serviceReadiness({
  deployments = [],
  desiredCount = 0,
  runningCount = 0,
  deploymentConfiguration,
}: Pick<Service, "deployments" | "desiredCount" | "runningCount" | "deploymentConfiguration">): Readiness {
  const detail = `${runningCount} of ${desiredCount} tasks running`;
  const failed =
    deployments.find(({ rolloutState }) => rolloutState === "FAILED") ??
    deployments.find(({ rolloutStateReason = "" }) => ROLLBACK.test(rolloutStateReason));
  if (failed) {
    return {
      state: "failed",
      detail: `${detail}; deployment failed: ${failed.rolloutStateReason ?? "no reason given"}`,
    };
  }
  if (deployments.length > 1) {
    // With no room for a second one, ECS stops the old task first.
    const isAlone = desiredCount === 1 && deploymentConfiguration?.maximumPercent === 100;
    const between = isAlone && runningCount === 0 ? ": the old one stops before the new one starts" : "";
    return { state: "pending", detail: `${detail}, ${deployments.length} deployments${between}` };
  }
  const [deployment] = deployments;
  if (deployment === undefined || runningCount !== desiredCount) {
    return { state: "pending", detail };
  }
  return deployment.rolloutState === "IN_PROGRESS"
    ? { state: "pending", detail: `${detail}, deployment in progress` }
    : { state: "ready", detail };
}

/** States from which RDS does not come back by itself: "Viewing Amazon RDS DB instance status". */
const LOST_DATABASE =
  /^(failed|deleting|restore-error|inaccessible-encryption-credentials(-recoverable)?|incompatible-.*|insufficient-capacity|storage-full|stopped|stopping)$/;

/** States in which RDS is at work on a database that stays available meanwhile: the same page. */
const USABLE_DATABASE = [
  "available",
  "backing-up",
  "configuring-enhanced-monitoring",
  "storage-initialization",
  "storage-optimization",
];

/** A database: `available`, or doing what leaves it so. */
export function databaseReadiness({
  DBInstanceStatus = "unknown",
}: Pick<DBInstance, "DBInstanceStatus">): Readiness {
  if (LOST_DATABASE.test(DBInstanceStatus)) {
    return { state: "failed", detail: DBInstanceStatus };
  }
  return {
    state: USABLE_DATABASE.includes(DBInstanceStatus) ? "ready" : "pending",
    detail: DBInstanceStatus,
  };
}

/** States from which ElastiCache does not come back by itself: "Viewing ElastiCache Node Status", which writes some with `_`. */
const LOST_CACHE = /^(create-failed|incompatible[-_].*|restore[-_]failed)$/;

/**
 * A cache: the replication group and every member `available`, or taking a snapshot, which leaves it usable. A member
 * that is deleted is no fault: that is how a cache becomes smaller.
 */
export function cacheReadiness({
  group,
  members,
}: {
  readonly group: Pick<ReplicationGroup, "Status">;
  readonly members: readonly Pick<CacheCluster, "CacheClusterId" | "CacheClusterStatus">[];
}): Readiness {
  const states = [
    { state: group.Status ?? "unknown", detail: group.Status ?? "unknown" },
    ...members.map(({ CacheClusterId = "?", CacheClusterStatus: state = "unknown" }) => ({
      state,
      detail: `${CacheClusterId} ${state}`,
    })),
  ];
  const lost = states.find(({ state }) => LOST_CACHE.test(state));
  if (lost !== undefined || group.Status === "deleting") {
    return { state: "failed", detail: lost?.detail ?? "deleting" };
  }
  const pending = states.find(({ state }) => state !== "available" && state !== "snapshotting");
  return pending === undefined
    ? { state: "ready", detail: group.Status ?? "available" }
    : { state: "pending", detail: pending.detail };
}

/** States from which EFS does not come back by itself: API reference, "LifeCycleState" of file systems and mount targets. */
const LOST_FILES = ["deleting", "deleted", "error"];

/**
 * A file system: it and its address in each zone `available`; one that is `updating`, its throughput, say, stays usable.
 * @param wanted how many addresses there are to be
 */
export function fileSystemReadiness(
  { LifeCycleState: state = "creating" }: Pick<FileSystemDescription, "LifeCycleState">,
  mountTargets: readonly Pick<MountTargetDescription, "MountTargetId" | "LifeCycleState">[],
  wanted: number,
): Readiness {
  const unready = mountTargets.filter(({ LifeCycleState }) => LifeCycleState !== "available");
  const available = mountTargets.length - unready.length;
  const detail = [
    `${state}, ${available} of ${wanted} mount targets available`,
    ...unready.map(({ MountTargetId, LifeCycleState }) => `${MountTargetId} is ${LifeCycleState}`),
  ].join("; ");
  const states: readonly string[] = [state, ...unready.flatMap(({ LifeCycleState }) => LifeCycleState ?? [])];
  if (states.some((one) => LOST_FILES.includes(one))) {
    return { state: "failed", detail };
  }
  const isUp = state === "available" || state === "updating";
  return { state: isUp && available >= wanted && unready.length === 0 ? "ready" : "pending", detail };
}

/**
 * A load balancer: `active`. One that is `active_impaired` routes traffic and lacks what it needs to scale, such as
 * addresses in its subnets: that is not yet ready (API reference, "LoadBalancerState").
 */
export function loadBalancerReadiness({ State }: Pick<LoadBalancer, "State">): Readiness {
  const { Code = "unknown", Reason } = State ?? {};
  const detail = Reason ? `${Code}: ${Reason}` : Code;
  return { state: Code === "active" ? "ready" : Code === "failed" ? "failed" : "pending", detail };
}

/** A service's targets: all of them healthy, those on their way out aside, and at least one. */
export function targetReadiness(targets: readonly TargetHealthDescription[]): Readiness {
  const present = targets.filter(({ TargetHealth }) => TargetHealth?.State !== "draining");
  if (present.length === 0) {
    return { state: "pending", detail: "no targets registered" };
  }
  const unwell = present.filter(({ TargetHealth }) => TargetHealth?.State !== "healthy");
  const counts = new Map<string, number>();
  for (const { TargetHealth } of unwell) {
    const verdict = healthText(TargetHealth);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  const detail = [
    `${present.length - unwell.length} of ${present.length} targets healthy`,
    ...[...counts].map(([verdict, count]) => `${count} ${verdict}`),
  ].join("; ");
  return { state: unwell.length === 0 ? "ready" : "pending", detail };
}

/** A target's health in the load balancer's words: `unhealthy (Target.Timeout: Request timed out)`. */
export function healthText(health: TargetHealth | undefined): string {
  const { State: state = "unknown", Reason, Description } = health ?? {};
  const why = [Reason, Description].filter(Boolean).join(": ");
  return why === "" ? state : `${state} (${why})`;
}

/** States from which a VPC endpoint does not come back by itself: API reference of EC2, "VpcEndpoint". */
const LOST_ENDPOINT = ["failed", "rejected", "expired"];

/**
 * The VPC endpoints: as many as there are to be, and each `available`.
 * @param wanted how many there are to be
 */
export function endpointsReadiness(
  endpoints: readonly Pick<VpcEndpoint, "VpcEndpointId" | "State">[],
  wanted: number,
): Readiness {
  if (endpoints.length === 0) {
    return ABSENT;
  }
  const unready = endpoints.filter(({ State }) => !isState(State, "available"));
  const available = endpoints.length - unready.length;
  const detail = [
    `${available} of ${wanted} available`,
    ...unready.map(({ VpcEndpointId = "?", State = "unknown" }) => `${VpcEndpointId} is ${State}`),
  ].join("; ");
  if (unready.some(({ State }) => isState(State, ...LOST_ENDPOINT))) {
    return { state: "failed", detail };
  }
  return { state: available === wanted && unready.length === 0 ? "ready" : "pending", detail };
}

/** EC2 answers `available` where its API reference, and so the SDK, has `Available`. */
function isState(state: string | undefined, ...states: readonly string[]): boolean {
  return states.includes(state?.toLowerCase() ?? "");
}
