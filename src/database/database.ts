// The database: PostgreSQL on RDS, private, encrypted, on two zones, and hard to lose.

import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Annotations, type IResolvable, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { passwordRotationOf } from "../model/database-login";
import { POSTGRES_PORT } from "../model/members";
import {
  DATABASE_LOGS,
  databaseFamily,
  databaseLogGroup,
  databaseParameterGroup,
} from "../model/names/data-stores";
import { extendedSupportSince } from "../model/postgres-support";
import type { Database as DatabaseConfig } from "../schema/data-stores";
import type { GeneratedSecret } from "../secrets/generated-secret";
import { callersProviderOf } from "../terraform/base-stack";
import { type Credentials, rdsManaged, StoredCredentials } from "./credentials";
import { FinalSnapshotName } from "./final-snapshot-name";
import { databaseParameters } from "./parameters";
import { PasswordRotation } from "./password-rotation";
import { ReadBackCredentials } from "./read-back-credentials";
import { SecretLogin } from "./secret-login";

/** Days that exported logs are kept. */
const LOG_RETENTION_DAYS = 90;

export interface DatabaseProps {
  /** The environment's name. */
  readonly base: string;
  /** The instance's identifier, and the base of the names around it. */
  readonly name: string;
  /** The environment's section on its database. */
  readonly database: DatabaseConfig;
  /** Subnets in two zones or more. */
  readonly subnetIds: readonly string[];
  /** The group that says who may connect. */
  readonly securityGroupId: string;
  /** Refuses to delete the instance, and lets deleted secrets be restored for 30 days. */
  readonly deletionProtection: boolean | IResolvable;
  /** The secret's name, where the environment keeps the credentials itself. */
  readonly secretName: string;
  /**
   * The KMS key of the storage, the backups, the logs, Performance Insights and the password's secret. Another key means
   * another instance: RDS cannot change it.
   *
   * @default - AWS's own keys
   */
  readonly kmsKeyArn?: string | undefined;
}

/**
 * A PostgreSQL instance on RDS.
 *
 * Changes that interrupt it wait for the maintenance window, a new major version (`allowMajorUpgrade`) excepted: docs/database-upgrade.md.
 */
export class Database extends Construct {
  /** The host name to connect to. */
  readonly address: string;
  /** The TCP port. */
  readonly port = POSTGRES_PORT;
  /** The database that exists from the start. */
  readonly databaseName: string;
  readonly identifier: string;
  /** What RDS calls it in IAM policies, whatever its name. */
  readonly resourceId: string;
  /** Names of the log groups, by what writes there. */
  readonly logGroupNames: Readonly<Record<string, string>>;
  readonly arn: string;
  /** The security group that says who may connect. */
  readonly securityGroupId: string;
  /** The master user with its password. */
  readonly login: SecretLogin;
  /** The ARN of the secret that holds the master user as JSON: `username` and `password`. */
  readonly secretArn: string;
  /** That secret, where Terraform fills it; `undefined` where RDS does. */
  readonly ownSecret: GeneratedSecret | undefined;

  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    const { name, database, deletionProtection, kmsKeyArn } = props;
    const ended = extendedSupportSince(database.engineVersion, new Date());
    if (ended !== undefined) {
      Annotations.of(this).addWarning(
        `RDS's standard support of PostgreSQL ${database.engineVersion} ended on ${ended}: it bills Extended Support since, by vCPU and ` +
          "hour. docs/database-upgrade.md has the way to a newer version.",
      );
    }
    const finalSnapshot = new FinalSnapshotName(this, "final-snapshot", {
      resourceName: "database-final-snapshot",
      name,
      replacedOn: { databaseName: database.databaseName, username: database.username },
    });
    const credentials = this.credentials(props, finalSnapshot.replaced);
    const instance = new DbInstance(this, "instance:database", {
      identifier: name,
      engine: "postgres",
      engineVersion: database.engineVersion,
      // A pinned minor version stays: RDS would upgrade it, and the next plan would want it back.
      autoMinorVersionUpgrade: !database.engineVersion.includes("."),
      allowMajorVersionUpgrade: database.allowMajorUpgrade,
      instanceClass: database.instanceClass,
      port: POSTGRES_PORT,
      dbName: database.databaseName,
      username: database.username,
      ...credentials.arguments,
      parameterGroupName: this.parameterGroup(props).name,
      dbSubnetGroupName: new DbSubnetGroup(this, "subnets:database", {
        name,
        description: `Subnets of the database ${name}`,
        subnetIds: [...props.subnetIds],
      }).name,
      vpcSecurityGroupIds: [props.securityGroupId],
      publiclyAccessible: false,
      multiAz: database.multiAz,

      storageType: "gp3",
      storageEncrypted: true,
      ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn, performanceInsightsKmsKeyId: kmsKeyArn }),
      allocatedStorage: database.allocatedStorageGib,
      // RDS wants room to grow in, or a 0 that turns growing off.
      maxAllocatedStorage:
        database.maxAllocatedStorageGib > database.allocatedStorageGib ? database.maxAllocatedStorageGib : 0,

      backupRetentionPeriod: database.backupRetentionDays,
      backupWindow: database.backupWindow,
      maintenanceWindow: database.maintenanceWindow,
      // An upgrade that waited for the window would leave the former parameter group in use, and Terraform could not delete it.
      applyImmediately: database.allowMajorUpgrade,
      copyTagsToSnapshot: true,
      deletionProtection,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: finalSnapshot.value,

      performanceInsightsEnabled: true,
      performanceInsightsRetentionPeriod: database.performanceInsightsRetentionDays,
      enabledCloudwatchLogsExports: [...DATABASE_LOGS],
      // RDS would make the log groups itself, and keep what is in them for ever. Not `LogGroup`: cdktf can make a
      // resource wait for a resource only, not for a construct.
      dependsOn: DATABASE_LOGS.map(
        (log) =>
          new CloudwatchLogGroup(this, `log-${log}:database-${log}`, {
            name: databaseLogGroup(name, log),
            retentionInDays: LOG_RETENTION_DAYS,
            ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn }),
            tags: { Name: databaseLogGroup(name, log) },
          }),
      ),
    });
    this.address = instance.address;
    this.databaseName = database.databaseName;
    this.identifier = instance.identifier;
    this.resourceId = instance.resourceId;
    this.logGroupNames = Object.fromEntries(DATABASE_LOGS.map((log) => [log, databaseLogGroup(name, log)]));
    this.arn = instance.arn;
    this.securityGroupId = props.securityGroupId;
    this.login = new SecretLogin(credentials.secretArn(instance), kmsKeyArn);
    this.secretArn = this.login.secretArn;
    this.ownSecret = credentials.secret;
    credentials.after?.(instance);
    const rotation = passwordRotationOf(database);
    if (rotation) {
      new PasswordRotation(this, "password-rotation", { secretArn: this.secretArn, rotation });
    }
  }

  private credentials(
    { base, database, secretName, deletionProtection, kmsKeyArn }: DatabaseProps,
    replacedWith: TerraformResource,
  ): Credentials {
    if (database.credentials === "rds-managed") return rdsManaged(kmsKeyArn);
    const stored = { replacedWith, secretName, username: database.username, deletionProtection, kmsKeyArn };
    // A child module looks nothing up, not even whether the password came through.
    return callersProviderOf(this)
      ? new ReadBackCredentials(this, "credentials", stored)
      : new StoredCredentials(this, "credentials", { base, ...stored });
  }

  /** Named after the family, and made before its predecessor goes: a group in use cannot be deleted. */
  private parameterGroup({ name, database }: DatabaseProps): DbParameterGroup {
    return new DbParameterGroup(this, "parameters:database", {
      name: databaseParameterGroup(name, database.engineVersion),
      description: `Parameters of the database ${name}`,
      family: databaseFamily(database.engineVersion),
      parameter: databaseParameters(database.parameters),
      lifecycle: { createBeforeDestroy: true },
    });
  }
}
