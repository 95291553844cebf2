// A secret whose value goes straight into Secrets Manager at apply: code, synth output, plan and state never hold it.
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn, type IResolvable, type TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import { explain } from "../terraform/notes";
import { type ContainerSecret, containerSecret } from "./container-secret";

/** Days in which a deleted secret can be restored, the longest: DeleteSecret API reference, "RecoveryWindowInDays". */
const RECOVERY_DAYS = 30;

export interface StoredSecretProps {
  /** What it is called in Terraform, such as `worker-SIGNING_KEY`. */
  readonly resourceName: string;
  /** The secret's name. */
  readonly name: string;
  /** What it is for. */
  readonly description: string;
  /**
   * Whether a deleted secret can be restored, for 30 days. Its name stays taken meanwhile, so that an environment
   * could not be destroyed and made again; without protection it is therefore deleted at once.
   */
  readonly deletionProtection: boolean | IResolvable;
  /**
   * Resources whose change writes a new value.
   *
   * @default - none: the value stays
   */
  readonly renewedBy?: readonly TerraformResource[];
  /**
   * The KMS key that it is encrypted with. Who reads the secret must be allowed to decrypt with it.
   *
   * @default - Secrets Manager's own, `aws/secretsmanager`
   */
  readonly kmsKeyArn?: string | undefined;
}

/** The value that a secret gets, an expression of ephemeral values. */
export interface SecretValue {
  /** What is written. */
  readonly stored: string;
}

/**
 * A secret in Secrets Manager.
 *
 * The value is written once. To write a new one, replace the version:
 * `terraform apply -replace=aws_secretsmanager_secret_version.<name>`. Whatever uses `arn` follows: a task definition
 * gets a new revision, and so the service new tasks that read the new value.
 */
export class StoredSecret<Value extends SecretValue = SecretValue> extends Construct {
  /** The secret's ARN; known only once the value has been written, so that nothing reads the secret before. */
  readonly arn: string;
  /** The version that holds the value; another one after each replacement. */
  readonly versionId: string;
  /** The version itself, for what has to be made after it. */
  readonly version: SecretsmanagerSecretVersion;
  protected readonly written: Value;

  /** @param valueIn makes the value, in the scope of this construct */
  constructor(scope: Construct, id: string, props: StoredSecretProps, valueIn: (scope: Construct) => Value) {
    super(scope, id);
    const { resourceName, name, description, renewedBy, deletionProtection, kmsKeyArn } = props;
    const secret = new SecretsmanagerSecret(this, `secret:${resourceName}`, {
      name,
      description,
      recoveryWindowInDays: recoveryDays(deletionProtection),
      ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn }),
    });
    this.written = valueIn(this);
    const version = new SecretsmanagerSecretVersion(this, `version:${resourceName}`, {
      secretId: secret.arn,
      secretStringWo: this.written.stored,
      secretStringWoVersion: 1,
      ...(renewedBy && { lifecycle: { replaceTriggeredBy: [...renewedBy] } }),
    });
    explain(
      version,
      "The value is in no state: Terraform cannot compare what it does not keep. Only a new number, or -replace, writes it again.",
    );
    this.version = version;
    this.arn = version.arn;
    this.versionId = version.versionId;
  }

  /** The secret as an environment variable: all of it, or one key of its JSON. */
  containerSecret(name: string, jsonKey?: string): ContainerSecret {
    return containerSecret(name, this.arn, jsonKey);
  }
}

function recoveryDays(deletionProtection: boolean | IResolvable): number {
  if (typeof deletionProtection === "boolean") {
    return deletionProtection ? RECOVERY_DAYS : 0;
  }
  return Token.asNumber(Fn.conditional(deletionProtection, RECOVERY_DAYS, 0));
}
