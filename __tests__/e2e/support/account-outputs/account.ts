// Whom readers of a deployed platform ask: the account behind an emulator, and what the platform's things are called there.
import type { Environment } from "../../../../src/model/environment";
import type { Names } from "../../../../src/model/names/resolved";
import { awsCli } from "../aws-cli";
import { CREDENTIALS, REGION } from "../child-environment";

interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: typeof CREDENTIALS;
}

export class Account {
  /** The environment's name. */
  readonly base: string;
  readonly names: Names;
  private readonly made: { destroy(): void }[] = [];

  constructor(
    private readonly endpoint: string,
    { name, names }: Environment,
  ) {
    this.base = name;
    this.names = names;
  }

  /** A client of one service, for as long as the account is asked. */
  client<Client extends { destroy(): void }>(type: new (config: ClientConfig) => Client): Client {
    const client = new type({ endpoint: this.endpoint, region: REGION, credentials: CREDENTIALS });
    this.made.push(client);
    return client;
  }

  /**
   * What the AWS CLI answers, for services without a client among the dependencies.
   * @param query a JMESPath expression
   */
  cli(query: string, ...args: readonly string[]): Promise<unknown> {
    return awsCli(this.endpoint, ...args, "--query", query);
  }

  /** Closes all connections. */
  close(): void {
    for (const client of this.made) client.destroy();
  }
}

/** What is asked for of each key. */
export async function byKey<Value, Result>(
  values: Readonly<Record<string, Value>>,
  read: (value: Value) => Promise<Result>,
): Promise<Record<string, Result>> {
  const entries: [string, Result][] = [];
  for (const [key, value] of Object.entries(values)) entries.push([key, await read(value)]);
  return Object.fromEntries(entries);
}
