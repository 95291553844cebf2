// What AWS tells about a resource that is not ready, a line each, the newest first.
import type { ServiceEvent, Task } from "@aws-sdk/client-ecs";
import type { TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import { healthText } from "../live/readiness";

/** More than these are a log, and AWS's consoles have that. */
const NEWEST_EVENTS = 5;
const NEWEST_TASKS = 3;

/** Something that RDS or ElastiCache has noted. */
export interface DataStoreEvent {
  readonly Date?: Date | undefined;
  readonly Message?: string | undefined;
}

/** What ECS has noted about a service lately: `2026-01-31T12:00:00Z (service web) has started 1 tasks`. */
export function serviceEventTexts(events: readonly ServiceEvent[]): string[] {
  return newest(events, ({ createdAt }) => createdAt, NEWEST_EVENTS).map(
    ({ createdAt, message }) => `${timeText(createdAt)} ${sentence(message)}`,
  );
}

/** What RDS or ElastiCache has noted lately. */
export function dataStoreEventTexts(events: readonly DataStoreEvent[]): string[] {
  return newest(events, ({ Date: date }) => date, NEWEST_EVENTS).map(
    ({ Date: date, Message }) => `${timeText(date)} ${sentence(Message)}`,
  );
}

/** Why the tasks that have stopped last did, with their containers' exit codes. */
export function stoppedTaskTexts(tasks: readonly Task[]): string[] {
  return newest(tasks, ({ stoppedAt }) => stoppedAt, NEWEST_TASKS).map(
    ({ taskArn = "?", stoppedAt, stopCode, stoppedReason, containers = [] }) =>
      [
        `${timeText(stoppedAt)} task ${taskArn.split("/").at(-1)} stopped: ${named(stopCode, stoppedReason)}`,
        ...containers.flatMap(({ name = "?", exitCode, reason }) => {
          const facts = [exitCode === undefined ? "" : `exit code ${exitCode}`, sentence(reason)].filter(
            Boolean,
          );
          return facts.length === 0 ? [] : `container ${name}: ${facts.join(", ")}`;
        }),
      ].join("; "),
  );
}

/** Each target with its state: `10.0.128.10:8000 unhealthy (Target.Timeout: Request timed out)`. */
export function targetTexts(targets: readonly TargetHealthDescription[]): string[] {
  return targets.map(
    ({ Target, TargetHealth }) => `${Target?.Id ?? "?"}:${Target?.Port ?? "?"} ${healthText(TargetHealth)}`,
  );
}

function newest<Noted>(
  all: readonly Noted[],
  when: (noted: Noted) => Date | undefined,
  count: number,
): readonly Noted[] {
  const time = (noted: Noted) => when(noted)?.getTime() ?? 0;
  return [...all].sort((one, other) => time(other) - time(one)).slice(0, count);
}

/** To the second: AWS's services note no finer, or mean no finer. */
function timeText(date: Date | undefined): string {
  return date === undefined ? "(no time)" : date.toISOString().replace(/\.\d+Z$/, "Z");
}

function named(code: string | undefined, reason: string | undefined): string {
  return [code, sentence(reason)].filter(Boolean).join(": ") || "no reason given";
}

/** One line. */
function sentence(text = ""): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
