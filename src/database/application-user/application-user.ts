// The database's user for the application alone: its secret, and the task that makes it in PostgreSQL.
import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { DATABASE_USER_CONTAINER, databaseUserDescription } from "../../model/database-login";
import { databaseUserSecret, databaseUserTask } from "../../model/names/services";
import { LogGroup } from "../../observability/log-group";
import type { ApplicationUser as ApplicationUserConfig } from "../../schema/application-user";
import { parseImage } from "../../schema/image";
import { GeneratedSecret } from "../../secrets/generated-secret";
import { containerDefinition } from "../../service/container";
import { ExecutionRole } from "../../service/execution-role";
import { TaskDefinition } from "../../service/task-definition";
import { accountIdOf } from "../../terraform/account";
import { TerraformData } from "../../terraform/terraform-data";
import type { Database } from "../database";
import { SecretLogin } from "../secret-login";
import { APPLICATION_USER_COMMAND, APPLICATION_VARIABLES } from "./script";

/** Characters of the password, as of the master's. */
const PASSWORD_LENGTH = 40;

/** Days that the log of the task is kept: it says when the user was made. */
const LOG_RETENTION_DAYS = 90;

/** The smallest size of Fargate's: a client of the database needs no more. */
const SIZE = { cpu: 256, memory: 512, architecture: "X86_64" } as const;

/** Seconds between asking psql to stop and killing it. */
const STOP_TIMEOUT = 30;

/** Nobody, by the number that any image takes: psql needs no rights in the container. */
const NOBODY = "65534";

/** It writes no file, and nobody opens a shell in it. */
const CLOSED = { writablePaths: [], executeCommand: false };

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
    this.login = new SecretLogin(secret.arn, kmsKeyArn);

    const names = databaseUserTask(base);
    const logs = new LogGroup(this, "logs", {
      resourceName: "database-user",
      name: names.logGroup,
      retentionDays: LOG_RETENTION_DAYS,
      kmsKeyArn,
    });
    const executionRole = new ExecutionRole(this, "execution-role", {
      serviceKey: "database-user",
      description: "Starts the task that makes the database's user",
      name: names.executionRole,
      region,
      accountId: accountIdOf(this),
      repository: parseImage(user.image)?.repository ?? "",
      logGroupArn: logs.arn,
      secretArns: [database.login.secretArn, secret.arn],
      kmsKeyArn,
    });
    new TaskDefinition(this, "task", {
      resourceName: "database-user",
      family: names.family,
      size: { ...SIZE, ...CLOSED },
      executionRoleArn: executionRole.arn,
      keepRevisions: false,
      container: containerDefinition({
        ...CLOSED,
        name: DATABASE_USER_CONTAINER,
        image: user.image,
        user: NOBODY,
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
        stopTimeoutSeconds: STOP_TIMEOUT,
        region,
        logGroupName: logs.name,
        logStreamPrefix: "once",
      }),
    });
  }
}
