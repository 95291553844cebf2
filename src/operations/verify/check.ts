// What `verify` knows of a check beyond how it ended.
import type { Check } from "../checks";
import type { LiveRule } from "../live/security-groups";

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

/** A live rule that the environment does not declare. */
export interface UndeclaredRule {
  /** The rule's ID. */
  readonly id: string;
  /** ID of the group that it belongs to. */
  readonly groupId: string;
  readonly direction: LiveRule["direction"];
  /** `5432/tcp`, `all ports`, `icmp`. */
  readonly ports: string;
  /** The other end: a group of the platform, another group with its ID, a block of addresses, a prefix list. */
  readonly peer: string;
  /** Who could reach what by it, and which declared rule it is made from, if any. */
  readonly finding: string;
  /** The command that removes it, or makes it what is declared. */
  readonly remedy: string;
  /** A data port is open to the Internet. */
  readonly severity?: "critical";
}
