// What `verify` knows of a check beyond how it ended.
import type { Check } from "../checks";
import type { UndeclaredRule } from "./undeclared";

export interface VerifyCheck extends Check {
  /** With `undeclared:*`: the rules that nobody declared, those first that cannot wait. */
  readonly findings?: readonly UndeclaredRule[];
  /** With `database:*`, where a task ran: its container's exit code; `null` where the container did not start. */
  readonly exitCode?: number | null;
  /** With `database:*`, where a task ran: the last lines that it logged. */
  readonly log?: readonly string[];
  /** With `database:*`, where a task ran: when it was started, in ISO 8601. */
  readonly startedAt?: string;
}

/** Why a check of something that the account has not got is skipped. */
export const NOT_DEPLOYED = "not deployed yet";
