// The part of a service that says between how many tasks it scales, and by what.
import { z } from "zod";
import { MOST_SCHEDULED, scheduledLimits } from "./autoscaling-schedule";
import { identifier, section, units, wholeNumber } from "./fields";
import { TASKS_PER_SERVICE } from "./limits";

/**
 * Fewest tasks that a service may scale to, unless what it has to do is counted elsewhere than in its tasks: with none, nothing
 * would be measured by which it is to scale out again.
 */
export const FEWEST_SCALED_TASKS = 1;

/** PutMetricData API reference, "Namespace"; "PutMetricData" takes what begins with AWS/ from AWS alone. */
const NAMESPACE = "Write 1 to 255 letters, digits and . - _ / # : (no colon first), such as Shop/Celery.";

const namespace = z.string(NAMESPACE).regex(/^[A-Za-z0-9._/#-][A-Za-z0-9._/#:-]{0,254}$/, NAMESPACE);

/** A namespace that an application may publish metrics in. */
export const ownNamespace = namespace.regex(
  /^(?!AWS\/)/,
  "Choose another namespace: what begins with AWS/ is AWS's own.",
);

/** Dimension API reference: printable ASCII, and no colon first in a name. */
const dimensionName = z
  .string()
  .regex(
    /^(?!:)[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/,
    "Name a dimension in up to 255 ASCII characters, no colon first.",
  );
const dimensionValue = z
  .string()
  .regex(/^(?=.*[\x21-\x7e])[\x20-\x7e]{1,1024}$/, "Give a value of up to 1024 ASCII characters.");

/** The most dimensions of a metric: "Dimension", CloudWatch API reference. */
const MOST_DIMENSIONS = 30;

const POSITIVE = "Give a number above 0.";

/** Any positive number, in a unit. */
function positive(unit: string) {
  return z.number(POSITIVE).positive(POSITIVE).register(units, { unit });
}

const STATISTIC = "Write Average, Maximum, Minimum, Sum, SampleCount, or a percentile such as p95.";

/** Statistics of CloudWatch that target tracking takes: "TargetTrackingMetricStat", Application Auto Scaling API reference. */
const statistic = z
  .string(STATISTIC)
  .regex(/^(Average|Maximum|Minimum|Sum|SampleCount|p(\d{1,2}(\.\d{1,2})?|100))$/, STATISTIC);

const queueDepth = section({
  /** The queue, out of those that the service takes messages from. */
  queue: identifier,
  /**
   * Messages for each running task, those that wait and those that are being worked on: as many as a task works off in the time
   * that a message may wait.
   */
  messagesPerTask: positive("messages"),
});

const responseTime = section({
  /** Seconds within which the load balancer is to get its answers. */
  targetSeconds: positive("seconds"),
  /** Which of the answers count: their average, or a percentile. */
  statistic: z
    .string()
    .regex(/^(Average|p(\d{1,2}(\.\d{1,2})?|100))$/, "Write Average, or a percentile such as p95.")
    .default("p90"),
});

const ownMetric = section({
  /** The namespace that the application publishes it in; see `publishesMetrics`. */
  namespace,
  /** The metric's name. */
  name: z
    .string()
    .regex(
      /^(?!:)[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/,
      "Name a metric in up to 255 ASCII characters, no colon first.",
    ),
  /** Its dimensions with their values, all of them, as it is published: with others it is another metric. */
  dimensions: z
    .record(dimensionName, dimensionValue)
    .refine((all) => Object.keys(all).length <= MOST_DIMENSIONS, `Give ${MOST_DIMENSIONS} at most.`)
    .default({}),
  /** What counts of the values of a minute: `Average`, `Maximum`, `Minimum`, `Sum`, `SampleCount`, or a percentile such as `p95`. */
  statistic: statistic.default("Average"),
  /** The value to hold, of a metric that is one task's share already. Default: none; give this or `targetPerTask`. */
  target: positive("units of the metric").optional(),
  /** What each running task may have of a metric that counts all there is to do. Default: none; give this or `target`. */
  targetPerTask: positive("units of the metric").optional(),
}).refine(
  ({ target, targetPerTask }) => (target === undefined) !== (targetPerTask === undefined),
  "Give target or targetPerTask: the value to hold as it is published, or divided by the running tasks.",
);

export const autoscaling = section({
  /**
   * Fewest tasks; the default of the Terraform variable `<service>_min_tasks`. 0 only by `queueDepth` or by `metric` with
   * `targetPerTask`.
   */
  minimum: wholeNumber(0, TASKS_PER_SERVICE, "tasks"),
  /** Most tasks; the default of the Terraform variable `<service>_max_tasks`. */
  maximum: wholeNumber(FEWEST_SCALED_TASKS, TASKS_PER_SERVICE, "tasks"),
  /** Average CPU that tasks are added above, in percent. Default: 60; none with `queueDepth` or `metric`, or where only the clock can change the number. */
  cpuPercent: wholeNumber(10, 95, "percent").optional(),
  /** Average memory that tasks are added above, in percent. Default: 75; none with `queueDepth` or `metric`. */
  memoryPercent: wholeNumber(10, 95, "percent").optional(),
  /**
   * Requests a minute and task that tasks are added above; only where the load balancer reaches the service. Default: 1000; none
   * with `queueDepth` or `metric`.
   */
  requestsPerTarget: wholeNumber(1, 1_000_000, "requests a minute").optional(),
  /** How long answers may take, as the load balancer measures it; only where it reaches the service. Default: does not count. */
  responseTime: responseTime.optional(),
  /** How many messages of a queue there may be for each task. Default: does not count. */
  queueDepth: queueDepth.optional(),
  /** A metric in CloudWatch that the application publishes itself, a backlog in Redis, say. Default: none. */
  metric: ownMetric.optional(),
  /**
   * Other limits from certain times on, by names of your own: `evening: { time: "19:00", days: ["FRI"], minimum: 0, maximum: 0 }`. Each
   * counts until the next. Default: none.
   */
  schedule: z
    .record(identifier, scheduledLimits)
    .refine(
      (times) => Object.keys(times).length >= 1 && Object.keys(times).length <= MOST_SCHEDULED,
      `Give 1 to ${MOST_SCHEDULED} times.`,
    )
    .optional(),
  /** Seconds between two steps up: about as long as a task takes until it counts. */
  scaleOutCooldownSeconds: wholeNumber(0, 3600, "seconds").default(60),
  /** Seconds between two steps down: slower, so that a short lull does not cost the capacity for what follows. */
  scaleInCooldownSeconds: wholeNumber(0, 3600, "seconds").default(300),
}).refine(({ minimum, maximum }) => minimum <= maximum, "Write minimum <= maximum.");

export type Autoscaling = z.output<typeof autoscaling>;
