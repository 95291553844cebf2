// The check that Django reaches its database: it asks Django itself, in a task with the service's own image, network and
// secrets.

import type { Environment } from "../../model/environment";
import { connects } from "../../model/services";
import { MEMBER_KEYS } from "../../schema/member-keys";
import type { RanOnce } from "../tasks/run-once";
import type { VerifyCheck } from "./check";

/** Django's own check, which opens a connection: "Django system check framework", `--database`. */
export const DATABASE_CHECK = ["python", "manage.py", "check", "--database", "default"] as const;

/** The services that can be asked, by key. */
export function databaseServices({
  services,
  database,
}: Pick<Environment, "services" | "database">): string[] {
  return Object.keys(services).filter((key) => {
    const { django, connectsTo = [] } = services[key] ?? {};
    return database !== undefined && django !== undefined && connects({ connectsTo }, MEMBER_KEYS.database);
  });
}

/** What the task's end says. */
export function judgeDatabase(ran: RanOnce, startedAt: string): Omit<VerifyCheck, "id" | "title"> {
  if (!ran.started) {
    return { status: "fail", detail: `ECS started no task: ${ran.reason}` };
  }
  const { exitCode, reason, log } = ran;
  const task = { exitCode: exitCode ?? null, log, startedAt };
  if (exitCode === undefined) {
    return { status: "fail", detail: `the container did not start: ${reason}`, ...task };
  }
  const detail = `exit code ${exitCode} from the task started at ${startedAt}`;
  return exitCode === 0
    ? { status: "pass", detail, ...task }
    : { status: "fail", detail: `${detail} (${reason})`, ...task };
}
