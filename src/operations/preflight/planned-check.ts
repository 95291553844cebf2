// A check before it has run: named already, so that a report is whole also where AWS cannot be asked.
import { AwsFailure } from "../aws/failure";
import type { AwsSession } from "../aws/session";
import type { Check, CheckStatus } from "../checks";

/** What a check has found. */
export interface Finding {
  readonly status: CheckStatus;
  /** What was found; for `fail` also what to do, and for `skipped` why. */
  readonly detail: string;
}

export const passed = (detail: string): Finding => ({ status: "pass", detail });
export const failed = (detail: string): Finding => ({ status: "fail", detail });
export const skipped = (detail: string): Finding => ({ status: "skipped", detail });

/** A check that asks this machine, or nobody at all. */
interface LocalCheck {
  readonly id: string;
  /** What must hold, in words. */
  readonly title: string;
  readonly find: () => Finding | Promise<Finding>;
}

/** A check that asks AWS. */
interface AwsCheck extends Pick<LocalCheck, "id" | "title"> {
  readonly ask: (aws: AwsSession) => Promise<Finding>;
}

export type PlannedCheck = LocalCheck | AwsCheck;

/** A check that has ended, and what kept AWS from answering it. */
export interface EndedCheck {
  readonly check: Check;
  readonly failure?: AwsFailure | undefined;
}

/**
 * Runs one check. What AWS does not answer fails that check alone.
 * @param account opens the account, once for all checks
 * @throws AwsFailure where the time is up, or somebody has pressed Ctrl-C
 */
export async function run(planned: PlannedCheck, account: () => Promise<AwsSession>): Promise<EndedCheck> {
  const { id, title } = planned;
  if ("find" in planned) {
    return { check: { id, title, ...(await planned.find()) } };
  }
  let aws: AwsSession;
  try {
    aws = await account();
  } catch (error) {
    // Ends the command where it is none that concerns checks.
    asFailure(error);
    return { check: { id, title, ...skipped('Needs AWS: see the check "credentials".') } };
  }
  try {
    return { check: { id, title, ...(await planned.ask(aws)) } };
  } catch (error) {
    const failure = asFailure(aws.explain(error) ?? error);
    return { check: { id, title, ...failed(failure.message) }, failure };
  }
}

/** The error as a failure that concerns one check. Throws any other. */
export function asFailure(error: unknown): AwsFailure {
  if (error instanceof AwsFailure && error.kind !== "timed-out" && error.kind !== "interrupted") {
    return error;
  }
  throw error;
}
