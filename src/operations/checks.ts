// A named check of an account, and how it ended: what `verify` and `preflight` are lists of.

export type CheckStatus = "pass" | "fail" | "skipped";

export interface Check {
  /** Stable, for scripts: `flow:postgres-from-django-5432-tcp`. */
  readonly id: string;
  /** What must hold, in words. */
  readonly title: string;
  readonly status: CheckStatus;
  /** What was found; for `fail` also what to do, and for `skipped` why. */
  readonly detail: string;
  /** `critical` where the finding cannot wait: data is open to the Internet. */
  readonly severity?: "critical";
}

/** Whether no check has failed. */
export function noneFailed(checks: readonly Check[]): boolean {
  return checks.every(({ status }) => status !== "fail");
}
