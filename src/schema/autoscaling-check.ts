// What must hold between a service's autoscaling and what else it says of itself.
import type { Autoscaling } from "./autoscaling";

/** What is looked at here. Any of it may be of another type than it says while the service is refused for that. */
export interface CheckedScaling {
  readonly port?: number | undefined;
  /** The sidecar that the load balancer asks in its place. */
  readonly targetContainer?: unknown;
  readonly singleton: boolean;
  readonly autoscaling?: (Partial<Autoscaling> & Pick<Autoscaling, "minimum" | "maximum">) | undefined;
}

/** What is wrong: where within the service, what would be right, and the value. */
export type ScalingIssue = readonly [at: string[], remedy: string, value: unknown];

/** What keeps a task running while there is nothing to do: the share of nothing is not known. */
const OF_TASKS = ["cpuPercent", "memoryPercent", "requestsPerTarget", "responseTime"] as const;

export function scalingIssues(service: CheckedScaling): ScalingIssue[] {
  const { port, targetContainer, singleton, autoscaling } = service;
  // A singleton is to have none at all, which is said elsewhere.
  if (singleton === true || typeof autoscaling !== "object" || autoscaling === null) {
    return [];
  }
  const isReached = port !== undefined || targetContainer !== undefined;
  const { minimum, queueDepth, metric, responseTime } = autoscaling;
  const at = (...field: string[]) => ["autoscaling", ...field];
  const unreached: ScalingIssue[] =
    responseTime !== undefined && !isReached
      ? [
          [
            at("responseTime"),
            "Give the service a port, or remove this: only a service with a port is asked by the load balancer.",
            responseTime,
          ],
        ]
      : [];
  if (minimum !== 0) {
    return unreached;
  }
  const counted = queueDepth !== undefined || metric?.targetPerTask !== undefined;
  return [
    ...unreached,
    ...(isReached
      ? [
          [
            at("minimum"),
            "Give 1 or more: without a task, the load balancer answers 503, and no request starts one.",
            minimum,
          ] as const,
        ]
      : []),
    ...(counted
      ? []
      : [
          [
            at("minimum"),
            "Give 1 or more, or scale by queueDepth or by metric with targetPerTask: nothing else says that there is work for a first task.",
            minimum,
          ] as const,
        ]),
    ...OF_TASKS.filter((field) => counted && autoscaling[field] !== undefined).map(
      (field) =>
        [
          at(field),
          "Remove it, or give autoscaling.minimum 1 or more: while it counts, the last task never leaves.",
          autoscaling[field],
        ] as const,
    ),
  ];
}
