// The database's user for the application alone: its secret, and the task that makes it in PostgreSQL.
import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { DATABASE_USER_CONTAINER, databaseUserDescription } from "../../model/database-login";
import { databaseUserSecret, databaseUserTask } from "../../model/names/services";
import type { ApplicationUser as ApplicationUserConfig } from "../../schema/application-user";
import { GeneratedSecret } from "../../secrets/generated-secret";
import { ToolTask } from "../../service/tool-task";
import { TerraformData } from "../../terraform/terraform-data";
import type { Database } from "../database";
import { SecretLogin } from "../secret-login";
import { APPLICATION_USER_COMMAND, APPLICATION_VARIABLES } from "./script";

/** Characters of the password, as of the master's. */
const PASSWORD_LENGTH = 40;

export interface ApplicationUserProps {
  /** The environment's name. */
  readonly base: string;
  readonly region: string;
  readonly user: ApplicationUserConfig;
  readonly database: Pick<Database, "address" | "port" | "databaseName" | "login">;
  /** What the secret's name begins with. */
  readonly secretsPrefix: string;
  /** Whether the deleted secret can be restored, for 30 days. */
  readonly deletionProtection: boolean | IResolvable;
  /** The KMS key of the secrets and the log. Default: AWS's own keys. */
  readonly kmsKeyArn?: string | undefined;
}

/**
 * Terraform makes the secret, and what runs once to make the user itself: the command `database-user` runs that. Until then,
 * nobody can log in with the secret.
 */
export class ApplicationUser extends Construct {
  /** The user with its password. */
  readonly login: SecretLogin;
  /** The secret that these are in. */
  readonly secret: GeneratedSecret;

  constructor(scope: Construct, id: string, props: ApplicationUserProps) {
    super(scope, id);
    const { base, region, user, database, secretsPrefix, deletionProtection, kmsKeyArn } = props;
    const named = new TerraformData(this, "name:database-user", { triggersReplace: { name: user.name } });
    const secret = new GeneratedSecret(this, "secret", {
      resourceName: "database-user",
      name: databaseUserSecret(secretsPrefix),
      description: databaseUserDescription(user),
      length: PASSWORD_LENGTH,
      fields: { username: user.name },
      // Another user has a password of its own.
      renewedBy: [named],
      deletionProtection,
      kmsKeyArn,
    });
    this.secret = secret;
    this.login = new SecretLogin(secret.arn, kmsKeyArn);

    new ToolTask(this, "tool", {
      resourceName: "database-user",
      names: databaseUserTask(base),
      description: "Starts the task that makes the database's user",
      region,
      container: DATABASE_USER_CONTAINER,
      image: user.image,
      command: APPLICATION_USER_COMMAND,
      environment: {
        PGHOST: database.address,
        PGPORT: String(database.port),
        PGDATABASE: database.databaseName,
        PGSSLMODE: "require",
      },
      secrets: [
        database.login.userSecret("PGUSER"),
        database.login.passwordSecret("PGPASSWORD"),
        this.login.userSecret(APPLICATION_VARIABLES.user),
        this.login.passwordSecret(APPLICATION_VARIABLES.password),
      ],
      kmsKeyArn,
    });
  }
}
