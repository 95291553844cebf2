// The emulator in AWS's place, at an address that containers reach: secrets, queues and buckets, for the references of a synthesized
// environment.

import { once } from "node:events";
import { connect, createServer } from "node:net";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { CREDENTIALS } from "../../../e2e/support/child-environment";
import { startEmulator } from "../../../e2e/support/emulator";

/** Where the emulator is reached from containers: the network is this run's own, and so is every port. */
const PORT = 4566;

export interface Aws {
  /** For AWS_ENDPOINT_URL, in containers and here. */
  readonly endpoint: string;
  readonly secrets: SecretsManagerClient;
  readonly queues: SQSClient;
  readonly buckets: S3Client;
  log(): string;
  stop(): Promise<void>;
}

/** @param name what containers know it by; `address` is its address */
export async function startAws(name: string, address: string, region: string): Promise<Aws> {
  const emulator = await startEmulator();
  const { port } = new URL(emulator.endpoint);
  // The emulator listens on the loopback alone.
  const forward = createServer((client) => {
    const server = connect(Number(port), "127.0.0.1");
    client.pipe(server).pipe(client);
    client.on("error", () => server.destroy());
    server.on("error", () => client.destroy());
  });
  forward.listen(PORT, address);
  await once(forward, "listening");
  const settings = { region, credentials: CREDENTIALS, endpoint: emulator.endpoint };
  return {
    endpoint: `http://${name}:${PORT}`,
    secrets: new SecretsManagerClient(settings),
    queues: new SQSClient(settings),
    buckets: new S3Client({ ...settings, forcePathStyle: true }),
    log: emulator.log,
    stop: async () => {
      forward.close();
      await emulator.stop();
    },
  };
}

/** @returns its ARN */
export async function createSecret({ secrets }: Aws, name: string, text: string): Promise<string> {
  const { ARN } = await secrets.send(new CreateSecretCommand({ Name: name, SecretString: text }));
  if (ARN === undefined) {
    throw new Error(`The secret ${name} has no ARN.`);
  }
  return ARN;
}

export async function putSecret({ secrets }: Aws, arn: string, text: string): Promise<void> {
  await secrets.send(new PutSecretValueCommand({ SecretId: arn, SecretString: text }));
}

/** What a task definition's `valueFrom` gets: the whole secret, or one field of its JSON (`arn:field::`). */
export async function secretValue({ secrets }: Aws, valueFrom: string): Promise<string> {
  const parts = valueFrom.split(":");
  const { SecretString = "" } = await secrets.send(
    new GetSecretValueCommand({ SecretId: parts.slice(0, 7).join(":") }),
  );
  const field = parts[7];
  return field === undefined || field === "" ? SecretString : String(JSON.parse(SecretString)[field]);
}

/** @returns its URL, as containers reach it */
export async function createQueue(
  { queues, endpoint }: Aws,
  name: string,
  attributes: Readonly<Record<string, string>>,
): Promise<string> {
  const { QueueUrl = "" } = await queues.send(
    new CreateQueueCommand({ QueueName: name, Attributes: { ...attributes } }),
  );
  return `${endpoint}${new URL(QueueUrl).pathname}`;
}

/** How many messages wait in a queue, those under way included. */
export async function queueLength({ queues }: Aws, url: string): Promise<number> {
  const { Attributes = {} } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }),
  );
  return (
    Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible)
  );
}

export async function createBucket({ buckets }: Aws, name: string): Promise<void> {
  await buckets.send(new CreateBucketCommand({ Bucket: name }));
}
