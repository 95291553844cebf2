// Secrets that people have put into Secrets Manager, read once for all checks; their values are looked at, never shown.
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "../live/absent";
import type { SecretFacts } from "./values-judgement";

export class SecretValues {
  private readonly reading = new Map<string, Promise<SecretFacts>>();

  /** @param secret its name or ARN */
  read(aws: AwsSession, secret: string): Promise<SecretFacts> {
    const reading = this.reading.get(secret) ?? readSecret(aws, secret);
    this.reading.set(secret, reading);
    return reading;
  }
}

async function readSecret(aws: AwsSession, SecretId: string): Promise<SecretFacts> {
  const client = aws.client(SecretsManagerClient);
  const described = await unlessAbsent(
    client.send(new DescribeSecretCommand({ SecretId })),
    "ResourceNotFoundException",
  );
  if (described === undefined) {
    return { state: "absent" };
  }
  if (described.DeletedDate !== undefined) {
    return { state: "scheduled-for-deletion" };
  }
  const answer = await unlessAbsent(
    client.send(new GetSecretValueCommand({ SecretId })),
    // It is there, so that this means its value.
    "ResourceNotFoundException",
  );
  return answer === undefined ? { state: "empty" } : { state: "filled", value: answer.SecretString };
}
