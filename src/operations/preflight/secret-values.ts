// Secrets that people have put into Secrets Manager or Parameter Store, read once for all checks; their values are looked at,
// never shown.
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "../live/absent";
import type { OutsideSource, SecretFacts } from "./values-judgement";

export class SecretValues {
  private readonly reading = new Map<string, Promise<SecretFacts>>();

  read(aws: AwsSession, source: OutsideSource): Promise<SecretFacts> {
    const [key, read] =
      "ssmParameter" in source
        ? [`parameter ${source.ssmParameter}`, () => readParameter(aws, source.ssmParameter)]
        : [`secret ${source.secretsManager}`, () => readSecret(aws, source.secretsManager)];
    const reading = this.reading.get(key) ?? read();
    this.reading.set(key, reading);
    return reading;
  }
}

async function readParameter(aws: AwsSession, Name: string): Promise<SecretFacts> {
  const answer = await unlessAbsent(
    aws.client(SSMClient).send(new GetParameterCommand({ Name, WithDecryption: true })),
    "ParameterNotFound",
  );
  return answer === undefined ? { state: "absent" } : { state: "filled", value: answer.Parameter?.Value };
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
