// The account that an operation works on: clients that share one region, one deadline and one way to fail.
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type ClientConstructor, Clients } from "./clients";
import { AwsFailure } from "./failure";

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
    const clients = new Clients(region, signal, variables);
    try {
      const { Account = "", Arn = "" } = await clients.get(STSClient).send(new GetCallerIdentityCommand({}));
      if (Account === "") {
        throw new AwsFailure(
          "AWS is not reachable: what answers STS GetCallerIdentity does not say whose credentials these are. Check AWS_ENDPOINT_URL.",
          { kind: "unreachable", call: "STS GetCallerIdentity" },
        );
      }
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
      throw clients.explain(error) ?? error;
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
