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
    const network = await networkOutputs(account);
    const services = await serviceOutputs(account);
    // ECS has them in no order.
    const used = new Set(services.service_subnet_ids);
    const ordered = [...network.private_subnet_ids, ...network.public_subnet_ids].filter((id) =>
      used.has(id),
    );
    return {
      ...network,
      ...services,
      service_subnet_ids: ordered.length === used.size ? ordered : services.service_subnet_ids,
      ...entrance,
      ...(await storeOutputs(account, environment.backup?.copyTo?.region ?? "")),
      ...(await watchingOutputs(account, entrance.web_acl_arn)),
    };
  } finally {
    account.close();
  }
}
