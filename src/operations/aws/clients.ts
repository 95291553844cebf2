// The SDK's clients of one session: made alike, ended by one signal, and failing in one way.
import { getSmithyContext } from "@smithy/core/client";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { MiddlewareStack } from "@smithy/types";
import { type Credentials, credentialsIn } from "./credentials";
import { type FailedCall, failureOf, rejection } from "./failed-call";
import { AwsFailure } from "./failure";
import { refusePage } from "./page";

/** Milliseconds to open a connection: a region on the other side of the world takes a few hundred. */
const CONNECTION_TIMEOUT = 5_000;

/** Milliseconds to answer one request; AWS's own services answer within 30 seconds or never. */
const REQUEST_TIMEOUT = 30_000;

/** What every client of the SDK is made with. */
interface ClientConfig {
  readonly region: string;
  readonly requestHandler: NodeHttpHandler;
  readonly credentials?: Credentials;
}

/** As much of a client of the SDK as all of them have in common, given what goes into its calls and comes out of them. */
interface SdkClient<Input extends object, Output extends object> {
  readonly middlewareStack: Pick<MiddlewareStack<Input, Output>, "add">;
  destroy(): void;
}

/** The constructor of a client of the SDK. */
export type ClientConstructor<Client, Input extends object, Output extends object> = new (
  config: ClientConfig,
) => Client & SdkClient<Input, Output>;

export class Clients {
  private readonly made: { readonly client: { destroy(): void }; readonly region: string }[] = [];
  private readonly failedCalls = new WeakMap<object, FailedCall>();
  private readonly credentials: Credentials | undefined;

  constructor(
    readonly region: string,
    readonly signal: AbortSignal,
    private readonly variables: Readonly<Record<string, string | undefined>>,
  ) {
    this.credentials = credentialsIn(variables);
  }

  get<Client, Input extends object, Output extends object>(
    type: ClientConstructor<Client, Input, Output>,
    region = this.region,
  ): Client {
    for (const known of this.made) {
      if (known.client instanceof type && known.region === region) {
        return known.client;
      }
    }
    const client = new type({
      region,
      requestHandler: this.handler(),
      ...(this.credentials && { credentials: this.credentials }),
    });
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const smithy = getSmithyContext(context);
        // A call may bring a signal of its own, to tidy up, say. Pauses before a retry end with this one, too.
        smithy.abortSignal ??= this.signal;
        try {
          return await (smithy.abortSignal === this.signal
            ? this.unlessAborted(() => next(args))
            : next(args));
        } catch (error) {
          const { AWS_ENDPOINT_URL, AWS_PROFILE } = this.variables;
          const call: FailedCall = {
            client: context.clientName ?? "",
            command: context.commandName ?? "",
            endpoint: AWS_ENDPOINT_URL || undefined,
            profile: (!this.credentials && AWS_PROFILE) || undefined,
          };
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

  /**
   * Both ways of stopping end in the signal; its reason says which one it was. Not left to the request alone: looking for
   * credentials, too, can take long.
   * @throws the signal's reason, at once when it is aborted
   */
  private async unlessAborted<Output>(call: () => Promise<Output>): Promise<Output> {
    this.signal.throwIfAborted();
    let abort = () => {};
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(this.signal.reason);
    });
    this.signal.addEventListener("abort", abort);
    try {
      return await Promise.race([call(), aborted]);
    } finally {
      this.signal.removeEventListener("abort", abort);
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
    handler.handle = async (request, options) => {
      const answer = await handle(request, { ...options, abortSignal: options?.abortSignal ?? signal });
      await refusePage(answer.response);
      return answer;
    };
    return handler;
  }
}
