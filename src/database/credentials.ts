// Who keeps the master password of the database: RDS itself, or a secret with a name of our choice.

import type { DbInstance, DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { Fn, type IResolvable, type TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import { GeneratedSecret } from "../secrets/generated-secret";
import { WrittenPassword } from "./written-password";

/** How an instance gets its master password, and where the password can be read. */
export interface Credentials {
  /** The arguments of the instance that settle its password. */
  readonly arguments: Pick<
    DbInstanceConfig,
    "manageMasterUserPassword" | "masterUserSecretKmsKeyId" | "passwordWo" | "passwordWoVersion"
  >;
  /** The secret, where Terraform fills it; `undefined` where RDS does. */
  readonly secret?: GeneratedSecret;
  /** The ARN of the secret, a JSON document with `username` and `password`. */
  secretArn(instance: DbInstance): string;
  /** Makes what has to come after the instance. Default: nothing. */
  after?(instance: DbInstance): void;
}

/**
 * RDS makes the password, keeps it in Secrets Manager and rotates it every seven days.
 * @param kmsKeyArn the key of the secret; Secrets Manager's own if left out
 */
export function rdsManaged(kmsKeyArn?: string): Credentials {
  return {
    arguments: {
      manageMasterUserPassword: true,
      ...(kmsKeyArn !== undefined && { masterUserSecretKmsKeyId: kmsKeyArn }),
    },
    secretArn: (instance) => instance.masterUserSecret.get(0).secretArn,
  };
}

export interface StoredCredentialsProps {
  /** The environment's name. */
  readonly base: string;
  /** Replaced whenever the instance is: its successor needs a password that is known. */
  readonly replacedWith: TerraformResource;
  /** The secret's name. */
  readonly secretName: string;
  /** The master user. */
  readonly username: string;
  /** Whether the deleted secret can be restored, for 30 days. */
  readonly deletionProtection: boolean | IResolvable;
  /** The KMS key of the secret. Default: Secrets Manager's own. */
  readonly kmsKeyArn?: string | undefined;
}

/** Characters of the password. RDS takes 8 to 128: CreateDBInstance API reference, "MasterUserPassword". */
const PASSWORD_LENGTH = 40;

/** A generated password in a secret of its own; it changes only when the secret's version is replaced. */
export class StoredCredentials extends Construct implements Credentials {
  readonly arguments: Credentials["arguments"];
  readonly secret: GeneratedSecret;
  private readonly written: WrittenPassword;

  constructor(scope: Construct, id: string, props: StoredCredentialsProps) {
    super(scope, id);
    this.written = new WrittenPassword(this, "written", props.base);
    this.secret = secretOf(this, props, [this.written.attempt, props.replacedWith]);
    // The generator makes another one on every run: the instance takes it in the run that writes the version, and no other.
    this.arguments = {
      passwordWo: this.secret.value,
      passwordWoVersion: passwordNumber(this.secret),
    };
  }

  secretArn(): string {
    return this.secret.arn;
  }

  after(instance: DbInstance): void {
    this.written.after(this.secret.version, instance);
  }
}

/** The secret with the password. @param renewedBy resources whose change writes a new one */
export function secretOf(
  scope: Construct,
  props: Omit<StoredCredentialsProps, "base" | "replacedWith">,
  renewedBy: readonly TerraformResource[],
): GeneratedSecret {
  return new GeneratedSecret(scope, "secret", {
    resourceName: "database",
    name: props.secretName,
    description: "Master user of the database",
    length: PASSWORD_LENGTH,
    fields: { username: props.username },
    renewedBy,
    deletionProtection: props.deletionProtection,
    kmsKeyArn: props.kmsKeyArn,
  });
}

/**
 * A number that changes when the secret's version does, with a chance of 1 in 268 million that it does not: seven hexadecimal
 * digits fit into the provider's integers. Thus the database gets the password of a new version, however the version
 * came to be replaced.
 */
export function passwordNumber({ versionId }: GeneratedSecret): number {
  return Token.asNumber(Fn.parseint(Fn.substr(Fn.sha256(versionId), 0, 7), 16));
}
