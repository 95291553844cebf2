// What has run by the clock, as Step Functions remembers it.
import {
  DescribeStateMachineCommand,
  type ExecutionStatus,
  ListExecutionsCommand,
  SFNClient,
} from "@aws-sdk/client-sfn";
import type { Environment } from "../../model/environment";
import { scheduledRun } from "../../model/names/services";
import { type ServiceSchedule, schedulesOf } from "../../model/schedules";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "./absent";

/** Enough to find one that has ended among those that still run. */
const LATEST = 20;

/** One run, started by the clock or by hand. */
export interface LiveRun {
  readonly status: ExecutionStatus;
  readonly startedAt: Date;
}

/** What is known of a schedule's runs. */
export interface LiveRuns extends ServiceSchedule {
  /** When it was asked. */
  readonly askedAt: Date;
  /** `undefined` where the state machine is not there. */
  readonly found:
    | {
        /** When the state machine was made; not asked for where something has run. */
        readonly madeAt: Date | undefined;
        /** The latest first; those of the last 90 days at most. */
        readonly runs: readonly LiveRun[];
      }
    | undefined;
}

/** What is said of schedules where nobody could ask. */
export function unaskedRuns({ services }: Environment): LiveRuns[] {
  return schedulesOf(services).map((one) => ({ ...one, askedAt: new Date(), found: undefined }));
}

/** The runs of every schedule of an environment. */
export async function liveRuns(aws: AwsSession, { name, services }: Environment): Promise<LiveRuns[]> {
  const client = aws.client(SFNClient);
  return await Promise.all(
    schedulesOf(services).map(async (one): Promise<LiveRuns> => {
      const machine = scheduledRun(name, one.service, one.key);
      const stateMachineArn = `arn:aws:states:${aws.region}:${aws.accountId}:stateMachine:${machine}`;
      const answer = await unlessAbsent(
        client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: LATEST })),
        "StateMachineDoesNotExist",
      );
      const runs = answer?.executions?.flatMap(({ status, startDate }) =>
        status && startDate ? [{ status, startedAt: startDate }] : [],
      );
      const made =
        runs?.length === 0
          ? await client.send(new DescribeStateMachineCommand({ stateMachineArn }))
          : undefined;
      return { ...one, askedAt: new Date(), found: runs && { madeAt: made?.creationDate, runs } };
    }),
  );
}
