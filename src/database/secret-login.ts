// A user of the database and its password, as a secret that others read.
import type { RoleStatement } from "../iam/document";
import { keyStatements } from "../iam/statements";
import { type ContainerSecret, containerSecret } from "../secrets/container-secret";

/** A log-in to the database that is kept in Secrets Manager, as JSON with `username` and `password`. */
export class SecretLogin {
  /**
   * @param secretArn the secret's
   * @param kmsKeyArn the key that it is encrypted with; Secrets Manager's own if left out
   */
  constructor(
    readonly secretArn: string,
    private readonly kmsKeyArn?: string,
  ) {}

  /** The user's name as an environment variable. */
  userSecret(name: string): ContainerSecret {
    return containerSecret(name, this.secretArn, "username");
  }

  /** The user's password as an environment variable. */
  passwordSecret(name: string): ContainerSecret {
    return containerSecret(name, this.secretArn, "password");
  }

  /** User and password as one environment variable, in JSON. */
  wholeSecret(name: string): ContainerSecret {
    return containerSecret(name, this.secretArn);
  }

  /** What a role needs to read user and password itself. @param region the secret's */
  readStatements(region: string): RoleStatement[] {
    return [
      {
        sid: "ReadDatabaseLogin",
        actions: ["secretsmanager:GetSecretValue"],
        resources: [this.secretArn],
      },
      ...keyStatements("DecryptDatabaseLogin", this.kmsKeyArn, ["kms:Decrypt"], `secretsmanager.${region}`),
    ];
  }
}
