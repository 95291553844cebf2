// Who is told of what GuardDuty and Security Hub find in the account.
import type { AccountSecurity, FindingSeverity } from "../schema/account-security";
import type { Monitoring } from "../schema/monitoring";

/** Told of where the environment does not say from which severity on. */
const SEVERITY: FindingSeverity = "HIGH";

/** From which severity on the alarms' topic is told; `undefined` where it is told of nothing, or where there is none. */
export function toldSeverity(
  { findings, guardDuty, securityHub }: Pick<AccountSecurity, "findings" | "guardDuty" | "securityHub">,
  monitoring: Monitoring | false,
): FindingSeverity | undefined {
  if (findings === false || !monitoring || !(guardDuty || securityHub)) {
    return undefined;
  }
  return findings?.severity ?? SEVERITY;
}
