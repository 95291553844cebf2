// The check on credentials: whose they are, and whether that is the account to deploy to.
import type { Environment } from "../../model/environment";
import type { AwsSession } from "../aws/session";
import { asFailure, type EndedCheck, type Finding, failed, passed } from "./planned-check";

/**
 * @param name the environment's name: that of its file
 * @param account opens the account; refuses one that is not the environment's
 */
export async function checkAccount(
  name: string,
  environment: Environment,
  account: () => Promise<AwsSession>,
): Promise<EndedCheck> {
  const named = { id: "credentials", title: "The credentials belong to the environment's account" };
  try {
    return { check: { ...named, ...judgeAccount(name, environment, await account()) } };
  } catch (error) {
    const failure = asFailure(error);
    return { check: { ...named, ...failed(failure.message) }, failure };
  }
}

/** What is known of an account that has been opened, and so is not another than the environment's. */
export function judgeAccount(
  name: string,
  { account }: Pick<Environment, "account">,
  { accountId, caller }: Pick<AwsSession, "accountId" | "caller">,
): Finding {
  const compared =
    account === undefined
      ? `${name} names no account to compare with, so make sure that it is the right one`
      : `the account of ${name}`;
  return passed(`Account ${accountId} as ${caller}: ${compared}.`);
}
