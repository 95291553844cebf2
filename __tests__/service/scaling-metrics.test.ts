// What autoscaling goes by beyond AWS's predefined metrics: typed out after "Example: Amazon SQS queue backlog per task" and
// "TargetTrackingMetricStat", Application Auto Scaling.
import { AWS_TASK_LIMITS } from "../../src/model/task-limits";
import { resource, synthService, TARGET } from "./fixtures";

type ServiceInput = NonNullable<Parameters<typeof synthService>[0]>;
type AutoscalingInput = NonNullable<ServiceInput["autoscaling"]>;

const BOUNDS = { minimum: 1, maximum: 3 };
const WORKER = { port: undefined, django: undefined } as const;

const synth = (autoscaling: Partial<AutoscalingInput>, service: ServiceInput = {}) =>
  synthService(
    { consumesFrom: ["jobs"], ...service, autoscaling: { ...BOUNDS, ...autoscaling } },
    {
      target: service.port === undefined && "port" in service ? undefined : TARGET,
      scalingQueueName: "shop-jobs",
      taskLimits: { ...AWS_TASK_LIMITS, fewest: autoscaling.minimum ?? BOUNDS.minimum },
    },
  );

const tracking = (stack: string, policy: string) =>
  resource(stack, "aws_appautoscaling_policy", policy).target_tracking_scaling_policy_configuration;

const policies = (stack: string) => Object.keys(JSON.parse(stack).resource.aws_appautoscaling_policy);

const RUNNING = {
  id: "running",
  metric_stat: {
    metric: {
      namespace: "ECS/ContainerInsights",
      metric_name: "RunningTaskCount",
      dimensions: [
        { name: "ClusterName", value: "${aws_ecs_cluster.cluster.name}" },
        { name: "ServiceName", value: "${aws_ecs_service.web.name}" },
      ],
    },
    stat: "Average",
  },
  return_data: false,
};

const messages = (id: string, name: string) => ({
  id,
  metric_stat: {
    metric: {
      namespace: "AWS/SQS",
      metric_name: name,
      dimensions: [{ name: "QueueName", value: "shop-jobs" }],
    },
    stat: "Average",
  },
  return_data: false,
});

describe("a queue's depth", () => {
  it("is what waits and what is worked on, for each running task, and counts alone", () => {
    const stack = synth(
      { queueDepth: { queue: "jobs", messagesPerTask: 100 }, scaleInCooldownSeconds: 240 },
      WORKER,
    );
    expect(policies(stack)).toEqual(["web_queue"]);
    expect(resource(stack, "aws_appautoscaling_policy", "web_queue").name).toBe(
      "${aws_ecs_service.web.name}-queue",
    );
    expect(tracking(stack, "web_queue")).toEqual({
      target_value: 100,
      customized_metric_specification: {
        metrics: [
          messages("waiting", "ApproximateNumberOfMessagesVisible"),
          messages("taken", "ApproximateNumberOfMessagesNotVisible"),
          { id: "work", expression: "waiting + taken", return_data: false },
          RUNNING,
          { id: "each", expression: "work / running", return_data: true },
        ],
      },
      scale_out_cooldown: 60,
      scale_in_cooldown: 240,
    });
  });

  it("starts a first task with the first message, where none may run", () => {
    const stack = synth({ minimum: 0, queueDepth: { queue: "jobs", messagesPerTask: 2.5 } }, WORKER);
    expect(tracking(stack, "web_queue")).toMatchObject({
      customized_metric_specification: {
        metrics: expect.arrayContaining([
          {
            id: "each",
            expression: "IF(FILL(running, 0) > 0, work / running, IF(work > 0, work + 2.5, 0))",
            return_data: true,
          },
        ]),
      },
    });
    expect(resource(stack, "aws_ecs_service", "web").desired_count).toBe(
      "${max(var.web_min_tasks, min(var.web_max_tasks, 0))}",
    );
    const { web_min_tasks, web_max_tasks } = JSON.parse(stack).variable;
    expect(web_min_tasks).toMatchObject({
      default: 0,
      validation: [{ error_message: "Give a whole number of tasks from 0 to 5000." }],
    });
    expect(web_max_tasks.validation[0]).toMatchObject({
      error_message: "Give a whole number of tasks from 1 to 5000.",
    });
  });

  it("counts beside what the service names itself", () => {
    const stack = synth({ cpuPercent: 70, queueDepth: { queue: "jobs", messagesPerTask: 100 } });
    expect(policies(stack)).toEqual(["web_cpu", "web_queue"]);
    expect(tracking(stack, "web_cpu")).toMatchObject({ target_value: 70 });
  });
});

describe("a metric of the application's own", () => {
  const backlog = {
    namespace: "Exports/Celery",
    name: "BacklogPerWorker",
    dimensions: { stage: "staging", queue: "heavy" },
  };
  const published = {
    id: "work",
    metric_stat: {
      metric: {
        namespace: "Exports/Celery",
        metric_name: "BacklogPerWorker",
        dimensions: [
          { name: "stage", value: "staging" },
          { name: "queue", value: "heavy" },
        ],
      },
      stat: "Average",
    },
  };

  it("is held as it is published, with cooldowns of its own", () => {
    const stack = synth(
      { metric: { ...backlog, target: 5 }, scaleOutCooldownSeconds: 0, scaleInCooldownSeconds: 240 },
      WORKER,
    );
    expect(policies(stack)).toEqual(["web_metric"]);
    expect(tracking(stack, "web_metric")).toEqual({
      target_value: 5,
      customized_metric_specification: { metrics: [{ ...published, return_data: true }] },
      scale_out_cooldown: 0,
      scale_in_cooldown: 240,
    });
  });

  it("is divided by the running tasks where it counts all there is to do", () => {
    const stack = synth({ metric: { ...backlog, statistic: "Maximum", targetPerTask: 500 } }, WORKER);
    expect(tracking(stack, "web_metric")).toMatchObject({
      target_value: 500,
      customized_metric_specification: {
        metrics: [
          { id: "work", metric_stat: { stat: "Maximum" }, return_data: false },
          RUNNING,
          { id: "each", expression: "work / running", return_data: true },
        ],
      },
    });
  });
});

describe("the time of answers", () => {
  it("is what the load balancer measures at the target group, beside what tasks show", () => {
    const stack = synth({ responseTime: { targetSeconds: 0.4 } });
    expect(policies(stack)).toEqual(["web_cpu", "web_memory", "web_requests", "web_response_time"]);
    expect(tracking(stack, "web_response_time")).toMatchObject({
      target_value: 0.4,
      customized_metric_specification: {
        metrics: [
          {
            id: "answers",
            metric_stat: {
              metric: {
                namespace: "AWS/ApplicationELB",
                metric_name: "TargetResponseTime",
                dimensions: [
                  { name: "LoadBalancer", value: "app/shop/4567" },
                  { name: "TargetGroup", value: "targetgroup/shop-web/0123" },
                ],
              },
              stat: "p90",
            },
            return_data: true,
          },
        ],
      },
    });
  });
});

describe("the clock", () => {
  const night = { time: "19:30", minimum: 0, maximum: 0 };
  const morning = {
    time: "07:00",
    days: ["FRI", "MON"],
    timeZone: "Europe/Berlin",
    minimum: 1,
    maximum: 3,
  } as const;

  it("changes the limits at its times, and Terraform does not change them back", () => {
    const stack = synth({ schedule: { night, morning } });
    const at = (name: string) => resource(stack, "aws_appautoscaling_scheduled_action", name);
    expect(at("web_night")).toMatchObject({
      name: "${aws_ecs_service.web.name}-night",
      schedule: "cron(30 19 ? * * *)",
      timezone: "UTC",
      scalable_target_action: { min_capacity: "0", max_capacity: "0" },
    });
    expect(at("web_morning")).toMatchObject({
      schedule: "cron(0 7 ? * MON,FRI *)",
      timezone: "Europe/Berlin",
      scalable_target_action: { min_capacity: "1", max_capacity: "3" },
    });
    expect(resource(stack, "aws_appautoscaling_target", "web").lifecycle).toEqual({
      ignore_changes: ["min_capacity", "max_capacity"],
    });
    expect(policies(stack)).toEqual(["web_cpu", "web_memory", "web_requests"]);
  });

  it("is all there is where there is just one number of tasks at any time", () => {
    const stack = synth({
      minimum: 2,
      maximum: 2,
      schedule: { night, morning: { ...morning, minimum: 2, maximum: 2 } },
    });
    expect(JSON.parse(stack).resource).not.toHaveProperty("aws_appautoscaling_policy");
    expect(resource(stack, "aws_ecs_service", "web").lifecycle).toEqual({
      ignore_changes: ["desired_count"],
    });
  });

  it("leaves the limits to Terraform where there is none", () => {
    expect(resource(synth({}), "aws_appautoscaling_target", "web")).not.toHaveProperty("lifecycle");
  });
});
