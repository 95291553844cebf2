// The schedules of a service: what starts them, when, and what is left alone when others come and go.
import { Testing } from "cdktf";
import type { EnvironmentInput } from "../../src/schema/environment";
import { addPlatform } from "../../src/stacks/platform";
import { defineEnvironment } from "../../src/validation/define-environment";

const sweep = {
  expression: "cron(0 3 * * ? *)",
  timeZone: "Europe/Berlin",
  command: ["sweep"],
  startWithinMinutes: 10,
};
const report = { expression: "rate(1 day)", command: ["report"] };

type Schedules = EnvironmentInput["services"][string]["schedules"];

function synth(schedules: Schedules, more: Partial<EnvironmentInput> = {}, image = "shop/web:1.0.0") {
  const app = Testing.app();
  addPlatform(
    app,
    defineEnvironment({
      name: "shop",
      region: "eu-west-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
      services: { web: { image, cpu: 256, memory: 512, ...(schedules && { schedules }) } },
      ...more,
    }),
  );
  const [django] = app.node.children.filter(({ node }) => node.id === "django");
  const config = JSON.parse(Testing.synth(Object(django)));
  return {
    config,
    one: (type: string, name: string) => config.resource[type][name],
    all: (type: string) => config.resource[type] ?? {},
  };
}

it("gives each schedule what EventBridge Scheduler needs to start its machine, and a place for what it cannot", () => {
  const { one } = synth({ sweep });
  expect(one("aws_scheduler_schedule", "web_sweep")).toMatchObject({
    name: "shop-web-sweep",
    group_name: "${aws_scheduler_schedule_group.schedules.name}",
    schedule_expression: "cron(0 3 * * ? *)",
    schedule_expression_timezone: "Europe/Berlin",
    state: "ENABLED",
    flexible_time_window: { mode: "OFF" },
    target: {
      arn: "${aws_sfn_state_machine.web_sweep.arn}",
      role_arn: "${aws_iam_role.schedules.arn}",
      // As it is, not as jsonencode would have it: Scheduler knows its words by their brackets.
      input: '{"scheduledAt":"<aws.scheduler.scheduled-time>"}',
      dead_letter_config: { arn: "${aws_sqs_queue.undelivered_schedules.arn}" },
      retry_policy: { maximum_event_age_in_seconds: 600, maximum_retry_attempts: 185 },
    },
  });
  expect(one("aws_sqs_queue", "undelivered_schedules")).toMatchObject({
    name: "shop-undelivered-schedules",
    sqs_managed_sse_enabled: true,
    message_retention_seconds: 1_209_600,
  });
});

it("runs the newest revision of the command in the service's network, by its family", () => {
  const { one } = synth({ sweep });
  const { definition } = one("aws_sfn_state_machine", "web_sweep");
  expect(definition).toContain('"TaskDefinition" = aws_ecs_task_definition.web_sweep.family');
  expect(definition).toContain('"SecurityGroups" = [aws_security_group.web.id]');
  expect(definition).toContain('"AssignPublicIp" = "DISABLED"');
});

it("is paused by one word, which changes nothing else, but that nobody waits for a run", () => {
  const running = synth({ sweep }).config.resource;
  const paused = synth({ sweep: { ...sweep, enabled: false } }).config.resource;
  expect(paused.aws_scheduler_schedule.web_sweep).toEqual({
    ...running.aws_scheduler_schedule.web_sweep,
    state: "DISABLED",
  });
  const {
    aws_scheduler_schedule: _one,
    aws_cloudwatch_metric_alarm: before,
    aws_cloudwatch_dashboard: _two,
    ...rest
  } = running;
  const {
    aws_scheduler_schedule: _three,
    aws_cloudwatch_metric_alarm: after,
    aws_cloudwatch_dashboard: _four,
    ...same
  } = paused;
  expect(same).toEqual(rest);
  expect(Object.keys(before).filter((name) => !(name in after))).toEqual(["web_sweep_missed_runs"]);
});

it("leaves a schedule as it is when another one comes, goes, or is called otherwise, and when keys stand in another order", () => {
  const alone = synth({ sweep }).config.resource;
  for (const schedules of [
    { sweep, report },
    { report, sweep },
    { sweep, renamed: report },
  ]) {
    const { config } = synth(schedules);
    for (const type of ["aws_scheduler_schedule", "aws_sfn_state_machine", "aws_ecs_task_definition"]) {
      expect(config.resource[type].web_sweep).toEqual(alone[type].web_sweep);
    }
    expect(config.resource.aws_ecs_service).toEqual(alone.aws_ecs_service);
  }
  expect(synth({ sweep, report }).config).toEqual(synth({ report, sweep }).config);
});

it("changes neither machine nor schedule with the image", () => {
  const [before, after] = ["shop/web:1.0.0", "shop/web:2.0.0"].map(
    (image) => synth({ sweep }, {}, image).config,
  );
  expect(after.resource.aws_sfn_state_machine).toEqual(before.resource.aws_sfn_state_machine);
  expect(after.resource.aws_scheduler_schedule).toEqual(before.resource.aws_scheduler_schedule);
});

it("makes nothing where nothing runs by the clock", () => {
  const { all } = synth(undefined);
  for (const type of [
    "aws_scheduler_schedule",
    "aws_scheduler_schedule_group",
    "aws_sqs_queue",
    "aws_sfn_state_machine",
  ]) {
    expect(all(type)).toEqual({});
  }
});

it("raises no alarm where the environment is not watched", () => {
  const { config } = synth({ sweep }, { monitoring: false });
  expect(config.resource.aws_cloudwatch_metric_alarm).toBeUndefined();
});
