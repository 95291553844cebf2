// A user of a data store and its password, as a secret that others read.
import type { RoleStatement } from "../iam/document";
import { keyStatements } from "../iam/statements";
import { type ContainerSecret, containerSecret } from "../secrets/container-secret";

/** A log-in to a data store that is kept in Secrets Manager, as JSON with `username` and `password`. */
export class SecretLogin {
  /**
   * @param secretArn the secret's
   * @param kmsKeyArn the key that it is encrypted with; Secrets Manager's own if left out
   * @param store what it logs in to
   */
  constructor(
    readonly secretArn: string,
    private readonly kmsKeyArn?: string,
    private readonly store: "Database" | "Cache" = "Database",
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

  /** Another field of it as an environment variable. */
  fieldSecret(name: string, field: string): ContainerSecret {
    return containerSecret(name, this.secretArn, field);
  }

  /** What a role needs to read user and password itself. @param region the secret's */
  readStatements(region: string): RoleStatement[] {
    return [
      {
        sid: `Read${this.store}Login`,
        actions: ["secretsmanager:GetSecretValue"],
        resources: [this.secretArn],
      },
      ...keyStatements(
        `Decrypt${this.store}Login`,
        this.kmsKeyArn,
        ["kms:Decrypt"],
        `secretsmanager.${region}`,
      ),
    ];
  }
}
