// The account that an operation works on: clients that share one region, one deadline and one way to fail.
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { MiddlewareStack } from "@smithy/types";
import { type FailedCall, failureOf, rejection } from "./failed-call";
import { AwsFailure } from "./failure";

/** Milliseconds to open a connection: a region on the other side of the world takes a few hundred. */
const CONNECTION_TIMEOUT = 5_000;

/** Milliseconds to answer one request; AWS's own services answer within 30 seconds or never. */
const REQUEST_TIMEOUT = 30_000;

/** What every client of the SDK is made with. */
interface ClientConfig {
  readonly region: string;
  readonly requestHandler: NodeHttpHandler;
}

/** As much of a client of the SDK as all of them have in common, given what goes into its calls and comes out of them. */
interface SdkClient<Input extends object, Output extends object> {
  readonly middlewareStack: Pick<MiddlewareStack<Input, Output>, "add">;
  destroy(): void;
}

/** The constructor of a client of the SDK. */
type ClientConstructor<Client, Input extends object, Output extends object> = new (
  config: ClientConfig,
) => Client & SdkClient<Input, Output>;

export interface SessionProps {
  /** The environment's name, for messages. */
  readonly environment: string;
  /** The environment's region. */
  readonly region: string;
  /** The environment's account, where it names one. */
  readonly account: string | undefined;
  /** Ends every call: aborted with a reason that is an AwsFailure. */
  readonly signal: AbortSignal;
  /**
   * The process's environment variables. The SDK itself reads credentials, profile, endpoint and retries as the AWS
   * CLI does; from here comes what it must not decide alone.
   */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export class AwsSession {
  /** The 12 digits of the account that the credentials belong to. */
  readonly accountId: string;
  /** ARN of the user or role that the credentials belong to. */
  readonly caller: string;
  readonly region: string;
  /** Ends every call. */
  readonly signal: AbortSignal;

  private constructor(
    private readonly clients: Clients,
    { accountId, caller }: { readonly accountId: string; readonly caller: string },
  ) {
    this.accountId = accountId;
    this.caller = caller;
    this.region = clients.region;
    this.signal = clients.signal;
  }

  /**
   * Finds out whose credentials these are, and refuses those of another account.
   * @throws AwsFailure
   */
  static async open(props: SessionProps): Promise<AwsSession> {
    const { environment, region, account, signal, variables } = props;
    // The first wins, as for the AWS CLI. A profile's region is no more than a default, and gives way.
    const variable = variables.AWS_REGION ? "AWS_REGION" : "AWS_DEFAULT_REGION";
    const asked = variables[variable];
    if (asked && asked !== region) {
      throw new AwsFailure(
        `${variable} is ${asked}, and ${environment} is in ${region}: unset the variable, or choose another environment.`,
        { kind: "wrong-region" },
      );
    }
    const clients = new Clients(region, signal, variables.AWS_ENDPOINT_URL || undefined);
    try {
      const { Account = "", Arn = "" } = await clients.get(STSClient).send(new GetCallerIdentityCommand({}));
      if (account !== undefined && Account !== account) {
        throw new AwsFailure(
          `These credentials belong to account ${Account} (${Arn}), and ${environment} to account ${account}: ` +
            "nothing was done. Choose another profile with AWS_PROFILE.",
          { kind: "wrong-account" },
        );
      }
      return new AwsSession(clients, { accountId: Account, caller: Arn });
    } catch (error) {
      clients.destroy();
      throw error;
    }
  }

  /**
   * The client of one service, the same each time: `aws.client(ECSClient)`. Its calls throw AwsFailure where AWS is
   * not reachable or not allowed, and the SDK's own error where AWS answers that something is not as assumed.
   * @param region where a thing is known to be in another region than the environment, such as an image
   */
  client<Client, Input extends object, Output extends object>(
    type: ClientConstructor<Client, Input, Output>,
    region?: string,
  ): Client {
    return this.clients.get(type, region);
  }

  /** The failure that stands for an error of the SDK which nobody has dealt with; `undefined` for any other error. */
  explain(error: unknown): AwsFailure | undefined {
    return this.clients.explain(error);
  }

  /** Closes all connections. */
  close(): void {
    this.clients.destroy();
  }
}

class Clients {
  private readonly made: { readonly client: { destroy(): void }; readonly region: string }[] = [];
  private readonly failedCalls = new WeakMap<object, FailedCall>();

  constructor(
    readonly region: string,
    readonly signal: AbortSignal,
    private readonly endpoint: string | undefined,
  ) {}

  get<Client, Input extends object, Output extends object>(
    type: ClientConstructor<Client, Input, Output>,
    region = this.region,
  ): Client {
    for (const known of this.made) {
      if (known.client instanceof type && known.region === region) {
        return known.client;
      }
    }
    const client = new type({ region, requestHandler: this.handler() });
    client.middlewareStack.add(
      (next, { clientName = "", commandName = "" }) =>
        async (args) => {
          try {
            return await next(args);
          } catch (error) {
            // Both ways of stopping end in this signal; its reason says which one it was.
            this.signal.throwIfAborted();
            const call: FailedCall = { client: clientName, command: commandName, endpoint: this.endpoint };
            const failure = failureOf(error, call);
            if (failure !== undefined) {
              throw failure;
            }
            this.failedCalls.set(Object(error), call);
            throw error;
          }
        },
      // Outermost, so that what comes here has been retried as often as it will be.
      { step: "initialize", priority: "high", name: "explainFailures" },
    );
    this.made.push({ client, region });
    return client;
  }

  explain(error: unknown): AwsFailure | undefined {
    return error instanceof AwsFailure ? error : rejection(error, this.failedCalls.get(Object(error)));
  }

  destroy(): void {
    for (const { client } of this.made) {
      client.destroy();
    }
  }

  /** Requests end with the session's signal, unless the call brings a signal of its own (to tidy up, say). */
  private handler(): NodeHttpHandler {
    const handler = new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      throwOnRequestTimeout: true,
    });
    const { signal } = this;
    const handle = handler.handle.bind(handler);
    handler.handle = (request, options) =>
      handle(request, { ...options, abortSignal: options?.abortSignal ?? signal });
    return handler;
  }
}
