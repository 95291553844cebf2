// A secret that somebody else has put into Secrets Manager, a Sentry DSN, say: looked up, or told by who calls the module; never
// read.
import { DataAwsSecretsmanagerSecret } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret";
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { terraformName } from "../model/names/terraform";
import { callersProviderOf } from "../terraform/base-stack";
import { type ContainerSecret, containerSecret } from "./container-secret";

export interface ExistingSecretProps {
  /** What it is called in Terraform. */
  readonly resourceName: string;
  /** The secret's name or ARN. Terraform fails at plan where there is none. */
  readonly secret: string;
}

/** ARNs as Secrets Manager writes them: "Secrets Manager ARN format", user guide. */
const COMPLETE = /^arn:aws:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+-[A-Za-z0-9]{6}$/;

/** A secret in Secrets Manager that exists already. Terraform sees its ARN, not its value. */
export class ExistingSecret extends Construct {
  /** The complete ARN, with the six characters that Secrets Manager adds to the name. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { resourceName, secret }: ExistingSecretProps) {
    super(scope, id);
    this.arn = callersProviderOf(this)
      ? this.told(resourceName, secret)
      : new DataAwsSecretsmanagerSecret(
          this,
          `secret:${resourceName}`,
          secret.startsWith("arn:") ? { arn: secret } : { name: secret },
        ).arn;
  }

  private told(resourceName: string, secret: string): string {
    const name = `${terraformName(resourceName)}_secret_arn`;
    const variable = new TerraformVariable(this, `variable:${name}`, {
      type: "string",
      nullable: false,
      ...(COMPLETE.test(secret) && { default: secret }),
      description: `Complete ARN of the secret ${secret} in Secrets Manager`,
    });
    variable.addValidation({
      condition: `\${can(regex("${COMPLETE.source}", var.${name}))}`,
      errorMessage:
        "Give the complete ARN, with the six characters that Secrets Manager adds to the secret's name.",
    });
    return variable.stringValue;
  }

  /** The secret as an environment variable: all of it, or one key of its JSON. */
  containerSecret(name: string, jsonKey?: string): ContainerSecret {
    return containerSecret(name, this.arn, jsonKey);
  }
}
