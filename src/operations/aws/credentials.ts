// Credentials that stand in variables, where the SDK would choose others than the AWS CLI.

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * The credentials in these variables; `undefined` where there are none: then the SDK looks everywhere else. For the AWS
 * CLI they go before AWS_PROFILE ("Configuring environment variables for the AWS CLI"); the SDK would take the profile,
 * and warn.
 */
export function credentialsIn(
  variables: Readonly<Record<string, string | undefined>>,
): Credentials | undefined {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = variables;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    return undefined;
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
}
