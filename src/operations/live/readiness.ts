// Whether a resource is up, on its way, or has failed, by the words in which AWS says so.
import type { Service } from "@aws-sdk/client-ecs";
import type { LoadBalancer, TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { DBInstance } from "@aws-sdk/client-rds";
import type { LiveCache } from "./resources";

export interface Readiness {
  /** `failed` where waiting longer cannot help. */
  readonly state: "ready" | "pending" | "failed";
  /** What AWS says, in a few words. */
  readonly detail: string;
}

/** For something that the account has not got. */
export const ABSENT: Readiness = { state: "pending", detail: "not deployed" };

/** An ECS service: all tasks that are desired run, and no deployment goes on; the criteria of the waiter ServicesStable. */
export function serviceReadiness({
  deployments = [],
  desiredCount = 0,
  runningCount = 0,
}: Pick<Service, "deployments" | "desiredCount" | "runningCount">): Readiness {
  const detail = `${runningCount} of ${desiredCount} tasks running`;
  const failed = deployments.find(({ rolloutState }) => rolloutState === "FAILED");
  if (failed) {
    return {
      state: "failed",
      detail: `${detail}; deployment failed: ${failed.rolloutStateReason ?? "no reason given"}`,
    };
  }
  if (deployments.length === 1 && runningCount === desiredCount) {
    return { state: "ready", detail };
  }
  return {
    state: "pending",
    detail: deployments.length > 1 ? `${detail}, ${deployments.length} deployments` : detail,
  };
}

/** States from which RDS does not come back by itself: "Viewing Amazon RDS DB instance status". */
const LOST_DATABASE =
  /^(failed|deleting|restore-error|inaccessible-encryption-credentials(-recoverable)?|incompatible-.*|insufficient-capacity|storage-full|stopped|stopping)$/;

/** A database: `available`, or doing what leaves it usable ("Viewing Amazon RDS DB instance status"). */
export function databaseReadiness({
  DBInstanceStatus = "unknown",
}: Pick<DBInstance, "DBInstanceStatus">): Readiness {
  if (LOST_DATABASE.test(DBInstanceStatus)) {
    return { state: "failed", detail: DBInstanceStatus };
  }
  const usable = ["available", "backing-up", "storage-optimization", "configuring-enhanced-monitoring"];
  return { state: usable.includes(DBInstanceStatus) ? "ready" : "pending", detail: DBInstanceStatus };
}

/** A cache: the replication group and every member `available`, or taking a snapshot, which leaves it usable. */
export function cacheReadiness({ group, members }: LiveCache): Readiness {
  const states = [
    group.Status ?? "unknown",
    ...members.map(({ CacheClusterStatus }) => CacheClusterStatus ?? "unknown"),
  ];
  const lost = states.find((state) => /failed|delet|incompatible/.test(state));
  if (lost !== undefined) {
    return { state: "failed", detail: lost };
  }
  const pending = states.find((state) => state !== "available" && state !== "snapshotting");
  return pending === undefined
    ? { state: "ready", detail: "available" }
    : { state: "pending", detail: pending };
}

/** A load balancer: `active`; one that is `active_impaired` works and cannot scale. */
export function loadBalancerReadiness({ State }: Pick<LoadBalancer, "State">): Readiness {
  const { Code = "unknown", Reason } = State ?? {};
  const detail = Reason === undefined ? Code : `${Code}: ${Reason}`;
  return { state: Code === "active" ? "ready" : Code === "failed" ? "failed" : "pending", detail };
}

/** A service's targets: as many healthy ones as there are, those on their way out aside, and at least one. */
export function targetReadiness(targets: readonly TargetHealthDescription[]): Readiness {
  const present = targets.filter(({ TargetHealth }) => TargetHealth?.State !== "draining");
  const unwell = present.filter(({ TargetHealth }) => TargetHealth?.State !== "healthy");
  const detail = [
    `${present.length - unwell.length} of ${present.length} targets healthy`,
    ...unwell.map(({ Target, TargetHealth }) => {
      const { State = "unknown", Reason, Description } = TargetHealth ?? {};
      return `${Target?.Id ?? "?"} ${State}${Reason === undefined ? "" : ` (${Reason}: ${Description ?? ""})`}`;
    }),
  ].join("; ");
  return { state: present.length > 0 && unwell.length === 0 ? "ready" : "pending", detail };
}
