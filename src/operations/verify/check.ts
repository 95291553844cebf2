// What `verify` knows of a check beyond how it ended.
import type { Check } from "../checks";
import type { LiveRule } from "../live/security-groups";

export interface VerifyCheck extends Check {
  /** With `undeclared:*`: the rules that nobody declared, those first that cannot wait. */
  readonly findings?: readonly UndeclaredRule[];
  /**
   * With `database:*` and `cache:*`, unless they are skipped: whether the service reaches the store; `null` where nothing could
   * tell, which is a failed check.
   */
  readonly reached?: boolean | null;
  /** With these, where a task was started: its container's exit code; `null` where the container did not end by itself. */
  readonly exitCode?: number | null;
  /** With these, where a task was started: the last lines that it logged. */
  readonly log?: readonly string[];
  /** With these, where a task was started: when, in ISO 8601. */
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
