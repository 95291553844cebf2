// Somebody with no more than a given IAM policy: the emulator otherwise allows everybody everything.
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CREDENTIALS, REGION } from "./child-environment";

/** What real AWS allows everybody who can sign a request ("GetCallerIdentity"), and the emulator does not. */
const WHO_AM_I = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:GetCallerIdentity", Resource: "*" }],
};

/** Creates a user with these policies, and returns the variables that make a command run as that user. */
export async function createUser(
  endpoint: string,
  name: string,
  policies: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, string>>> {
  const client = new IAMClient({ endpoint, region: REGION, credentials: CREDENTIALS });
  try {
    await client.send(new CreateUserCommand({ UserName: name }));
    for (const [PolicyName, policy] of Object.entries({ ...policies, "who-am-i": WHO_AM_I })) {
      await client.send(
        new PutUserPolicyCommand({ UserName: name, PolicyName, PolicyDocument: JSON.stringify(policy) }),
      );
    }
    const { AccessKey } = await client.send(new CreateAccessKeyCommand({ UserName: name }));
    return {
      AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId ?? "",
      AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey ?? "",
    };
  } finally {
    client.destroy();
  }
}

/** Runs an action during which the emulator holds every call against the policies of whoever makes it. */
export async function withPolicies<Result>(endpoint: string, action: () => Promise<Result>): Promise<Result> {
  const checkAfter = async (calls: string): Promise<{ PREVIOUS_INITIAL_NO_AUTH_ACTION_COUNT: string }> =>
    JSON.parse(
      await (await fetch(`${endpoint}/moto-api/reset-auth`, { method: "POST", body: calls })).text(),
    );
  const before = (await checkAfter("0")).PREVIOUS_INITIAL_NO_AUTH_ACTION_COUNT;
  try {
    return await action();
  } finally {
    await checkAfter(before);
  }
}
