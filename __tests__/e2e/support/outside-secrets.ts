// Secrets that an environment expects in Secrets Manager already, because people put them there by hand.
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Environment } from "../../../src/model/environment";
import { existingSecrets } from "../../../src/model/secrets";
import { CREDENTIALS, REGION } from "./child-environment";

/** A client for the emulator. Its caller destroys it. */
export function secretsManagerClient(endpoint: string, region: string = REGION): SecretsManagerClient {
  return new SecretsManagerClient({ endpoint, region, credentials: CREDENTIALS });
}

/** Creates each of them once, with a value that names it. */
export async function createOutsideSecrets(endpoint: string, environment: Environment): Promise<void> {
  const client = secretsManagerClient(endpoint, environment.region);
  for (const Name of existingSecrets(environment)) {
    await client.send(new CreateSecretCommand({ Name, SecretString: `put there by hand: ${Name}` }));
  }
  client.destroy();
}
