// What EventBridge Scheduler and Step Functions have of what runs by the clock.
import { awsCli } from "./aws-cli";

export interface LiveSchedule {
  readonly expression: unknown;
  readonly timeZone: unknown;
  readonly state: unknown;
  readonly target: {
    readonly Arn?: string;
    readonly RoleArn?: string;
    readonly Input?: string;
    readonly RetryPolicy?: unknown;
    readonly DeadLetterConfig?: { readonly Arn?: string };
  };
  /** The definition of the state machine that it starts. */
  readonly machine: {
    readonly StartAt?: string;
    readonly States?: Readonly<Record<string, { Arguments?: unknown }>>;
  };
}

/** Every schedule of a group, by name. */
export async function readSchedules(endpoint: string, group: string): Promise<Record<string, LiveSchedule>> {
  const names: string[] = Object(
    await awsCli(
      endpoint,
      "scheduler",
      "list-schedules",
      "--group-name",
      group,
      "--query",
      "Schedules[].Name",
    ),
  );
  const found = await Promise.all(
    names.map(async (name): Promise<[string, LiveSchedule]> => {
      const schedule = Object(
        await awsCli(endpoint, "scheduler", "get-schedule", "--group-name", group, "--name", name),
      );
      const target: LiveSchedule["target"] = schedule.Target;
      const { definition } = Object(
        await awsCli(
          endpoint,
          "stepfunctions",
          "describe-state-machine",
          "--state-machine-arn",
          target.Arn ?? "",
        ),
      );
      const { ScheduleExpression: expression, ScheduleExpressionTimezone: timeZone, State: state } = schedule;
      return [name, { expression, timeZone, state, target, machine: JSON.parse(definition) }];
    }),
  );
  return Object.fromEntries(found);
}
