// A secret that somebody else has put into Secrets Manager, a Sentry DSN, say: looked up, never read.
import { DataAwsSecretsmanagerSecret } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret";
import { Construct } from "constructs";
import { type ContainerSecret, containerSecret } from "./container-secret";

export interface ExistingSecretProps {
  /** What it is called in Terraform. */
  readonly resourceName: string;
  /** The secret's name or ARN. Terraform fails at plan where there is none. */
  readonly secret: string;
}

/** A secret in Secrets Manager that exists already. Terraform sees its ARN, not its value. */
export class ExistingSecret extends Construct {
  /** The complete ARN, with the six characters that Secrets Manager adds to the name. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { resourceName, secret }: ExistingSecretProps) {
    super(scope, id);
    this.arn = new DataAwsSecretsmanagerSecret(
      this,
      `secret:${resourceName}`,
      secret.startsWith("arn:") ? { arn: secret } : { name: secret },
    ).arn;
  }

  /** The secret as an environment variable: all of it, or one key of its JSON. */
  containerSecret(name: string, jsonKey?: string): ContainerSecret {
    return containerSecret(name, this.arn, jsonKey);
  }
}
