// What must hold between a service's autoscaling and what else it says of itself.
import type { Autoscaling } from "./autoscaling";
import type { ScheduledLimits } from "./autoscaling-schedule";

/** What is looked at here. Any of it may be of another type than it says while the service is refused for that. */
export interface CheckedScaling {
  readonly port?: number | undefined;
  /** The sidecar that the load balancer asks in its place. */
  readonly targetContainer?: unknown;
  readonly singleton: boolean;
  readonly autoscaling?: (Partial<Autoscaling> & Pick<Autoscaling, "minimum" | "maximum">) | undefined;
}

/** What is wrong: where within the service, what would be right, and the value. */
export type ScalingIssue = readonly [at: readonly string[], remedy: string, value: unknown];

/** What keeps a task running while there is nothing to do: the share of nothing is not known. */
const OF_TASKS = ["cpuPercent", "memoryPercent", "requestsPerTarget", "responseTime"] as const;

/** What adds and removes tasks by itself. */
const BY_LOAD = [...OF_TASKS, "queueDepth", "metric"] as const;

/** Whether autoscaling is nothing but a clock, which stops one task and starts it again. */
export function isClockOfOne(autoscaling: NonNullable<CheckedScaling["autoscaling"]>): boolean {
  const limits: typeof autoscaling = Object(autoscaling);
  return (
    limits.minimum === 1 &&
    limits.maximum === 1 &&
    limits.schedule !== undefined &&
    BY_LOAD.every((field) => limits[field] === undefined)
  );
}

/** The times of a schedule that can be looked at; what is no object is refused elsewhere. */
function timesOf(schedule: Autoscaling["schedule"]): [string, Partial<ScheduledLimits>][] {
  const times: Record<string, ScheduledLimits> = Object(schedule);
  return Object.entries(times).map(([key, time]) => [key, Object(time)]);
}

/** The fewest tasks that run at any time at which some do. */
export function fewestRunning({
  minimum,
  maximum,
  schedule,
}: Pick<Autoscaling, "minimum" | "maximum" | "schedule">): number {
  const all = [{ minimum, maximum }, ...timesOf(schedule).map(([, time]) => time)];
  return Math.min(
    ...all.flatMap(({ minimum: least = 1, maximum: most = 1 }) => (most > 0 ? [Math.max(1, least)] : [])),
  );
}

function scheduleIssues({
  minimum,
  maximum,
  schedule,
}: Pick<Autoscaling, "minimum" | "maximum" | "schedule">): ScalingIssue[] {
  const times = timesOf(schedule);
  const at = (key: string, field: string) => ["autoscaling", "schedule", key, field];
  const issues = times.flatMap(([key, time], index): ScalingIssue[] => {
    const { minimum: least = 1, maximum: most = 0 } = time;
    const [same] = times.slice(0, index).find(([, other]) => isSameTime(time, other)) ?? [];
    return [
      ...(most > maximum
        ? [
            [
              at(key, "maximum"),
              `Give ${maximum} at most, or raise autoscaling.maximum: the database's connections and the alarms go by that.`,
              most,
            ] as const,
          ]
        : []),
      ...(least === 0 && most > 0 && minimum > 0
        ? [
            [
              at(key, "minimum"),
              "Give 1 or more, or 0 for maximum, too: with no task, nothing would start a first one.",
              least,
            ] as const,
          ]
        : []),
      ...(same === undefined
        ? []
        : [
            [at(key, "time"), `Give another time, or other days: "${same}" has it, too.`, time.time] as const,
          ]),
    ];
  });
  const parksForGood = times.length > 0 && times.every(([, { maximum: most }]) => most === 0);
  return [
    ...issues,
    ...(parksForGood
      ? [
          [
            ["autoscaling", "schedule"],
            "Add a time that starts it again, with a maximum above 0; to park it for good, write desiredCount: 0 without autoscaling.",
            schedule,
          ] as const,
        ]
      : []),
  ];
}

function isSameTime(one: Partial<ScheduledLimits>, other: Partial<ScheduledLimits>): boolean {
  const days = (time: Partial<ScheduledLimits>): readonly unknown[] =>
    Array.isArray(time.days) ? time.days : [];
  return (
    one.time === other.time &&
    one.timeZone === other.timeZone &&
    days(one).some((day) => days(other).includes(day))
  );
}

export function scalingIssues(service: CheckedScaling): ScalingIssue[] {
  const { port, targetContainer, singleton, autoscaling } = service;
  if (typeof autoscaling !== "object" || autoscaling === null) {
    return [];
  }
  const ofSchedule = scheduleIssues(autoscaling);
  // A singleton is to have no other, which is said elsewhere.
  if (singleton === true) {
    return isClockOfOne(autoscaling) ? ofSchedule : [];
  }
  const isReached = port !== undefined || targetContainer !== undefined;
  const { minimum, queueDepth, metric, responseTime } = autoscaling;
  const at = (...field: string[]) => ["autoscaling", ...field];
  const unreached: ScalingIssue[] = [
    ...ofSchedule,
    ...(responseTime !== undefined && !isReached
      ? [
          [
            at("responseTime"),
            "Give the service a port, or remove this: only a service with a port is asked by the load balancer.",
            responseTime,
          ] as const,
        ]
      : []),
  ];
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
