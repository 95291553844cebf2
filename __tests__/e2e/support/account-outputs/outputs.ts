// What the account itself says of everything that the stack django has an output for: no state of Terraform's is asked.
import type { Environment } from "../../../../src/model/environment";
import type { DjangoOutput } from "../../../../src/model/outputs";
import { Account } from "./account";
import { entranceOutputs } from "./entrance";
import { networkOutputs } from "./network";
import { serviceOutputs } from "./services";
import { storeOutputs } from "./stores";
import { watchingOutputs } from "./watching";

/**
 * The outputs as they have to be, of a platform with a domain in Route 53, every store, and production's hardening. The compiler
 * asks for each.
 */
export async function outputsByAccount(
  endpoint: string,
  environment: Environment,
): Promise<Readonly<Record<DjangoOutput, unknown>>> {
  const account = new Account(endpoint, environment);
  try {
    const entrance = await entranceOutputs(account);
    return {
      ...(await networkOutputs(account)),
      ...(await serviceOutputs(account)),
      ...entrance,
      ...(await storeOutputs(account, environment.backup?.copyTo?.region ?? "")),
      ...(await watchingOutputs(account, entrance.web_acl_arn)),
    };
  } finally {
    account.close();
  }
}
