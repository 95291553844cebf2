// The database: what makes it private, encrypted and hard to lose, and that its password stays out of the state.
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import type { z } from "zod";
import { Database } from "../../src/database/database";
import { databaseSchema } from "../../src/schema/data-stores";
import { annotations } from "../../src/terraform/annotations";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

type Block = Record<string, unknown>;

function synth(section: z.input<typeof databaseSchema> = {}): string {
  return synthScope((scope) => {
    const protection = new TerraformVariable(scope, "deletion_protection", { type: "bool" });
    const database = new Database(scope, "database", {
      base: "lightwave",
      name: "lightwave-django-prod",
      database: databaseSchema.parse({ databaseName: "lightwave", username: "lightwave", ...section }),
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupId: "sg-postgres",
      deletionProtection: protection.booleanValue,
      secretName: "lightwave/database",
    });
    const { address, port, databaseName, identifier, secretArn } = database;
    new TerraformOutput(scope, "where", { value: { address, port, databaseName, identifier, secretArn } });
    new TerraformOutput(scope, "user", { value: database.login.userSecret("DATABASE_USER") });
    new TerraformOutput(scope, "password", { value: database.login.passwordSecret("DATABASE_PASSWORD") });
  });
}

function only(config: string, kind: string, type: string): [name: string, block: Block] {
  const found = Object.entries<Block>(JSON.parse(config)[kind]?.[type] ?? {});
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`${found.length} ${type}`);
  }
  return first;
}

const instanceOf = (config: string) => only(config, "resource", "aws_db_instance")[1];

function parametersOf(config: string): Record<string, [value: string, applyMethod: string]> {
  const { parameter } = only(config, "resource", "aws_db_parameter_group")[1] as {
    parameter: { name: string; value: string; apply_method: string }[];
  };
  return Object.fromEntries(parameter.map(({ name, value, apply_method }) => [name, [value, apply_method]]));
}

describe("Database", () => {
  it("is a private PostgreSQL in the data subnets, behind its security group", () => {
    const config = synth();
    expect(config).toHaveResourceWithProperties(DbInstance, {
      identifier: "lightwave-django-prod",
      engine: "postgres",
      engine_version: "16",
      instance_class: "db.t4g.medium",
      db_name: "lightwave",
      username: "lightwave",
      publicly_accessible: false,
      vpc_security_group_ids: ["sg-postgres"],
      multi_az: true,
    });
    expect(config).toHaveResourceWithProperties(DbSubnetGroup, {
      name: "lightwave-django-prod",
      subnet_ids: ["subnet-1", "subnet-2"],
    });
  });

  it("takes a new major version at once where that is said, and else nothing before the maintenance window", () => {
    expect(instanceOf(synth({ engineVersion: "17", allowMajorUpgrade: true }))).toMatchObject({
      engine_version: "17",
      allow_major_version_upgrade: true,
      apply_immediately: true,
    });
    expect(instanceOf(synth())).toMatchObject({
      allow_major_version_upgrade: false,
      apply_immediately: false,
    });
  });

  it.each([
    ["13", ["RDS's standard support of PostgreSQL 13 ended on 2026-02-28"]],
    ["18", []],
  ])("of version %s warns as RDS bills", (engineVersion, words) => {
    const app = Testing.app();
    const stack = new TerraformStack(app, "test");
    new Database(stack, "database", {
      base: "shop",
      name: "shop",
      database: databaseSchema.parse({ engineVersion }),
      subnetIds: [],
      securityGroupId: "sg",
      deletionProtection: true,
      secretName: "shop/database",
    });
    const messages = annotations(stack).map(({ message }) => message.slice(0, 59));
    expect(messages).toEqual(words.map((text) => text.slice(0, 59)));
  });

  it("may grow by a tenth", () => {
    const config = synth({ allocatedStorageGib: 100, maxAllocatedStorageGib: 110 });
    expect(instanceOf(config).max_allocated_storage).toBe(110);
  });

  it("is encrypted, on gp3 storage that grows", () => {
    expect(synth()).toHaveResourceWithProperties(DbInstance, {
      storage_encrypted: true,
      storage_type: "gp3",
      allocated_storage: 100,
      max_allocated_storage: 1000,
    });
  });

  it("turns growing off where there is no room for it", () => {
    const config = synth({ allocatedStorageGib: 50, maxAllocatedStorageGib: 50 });
    expect(instanceOf(config)).toMatchObject({ allocated_storage: 50, max_allocated_storage: 0 });
  });

  it("is backed up, and upgraded in its windows only", () => {
    expect(synth({ backupRetentionDays: 14 })).toHaveResourceWithProperties(DbInstance, {
      backup_retention_period: 14,
      backup_window: "02:00-03:00",
      maintenance_window: "sun:04:00-sun:05:00",
      apply_immediately: false,
      auto_minor_version_upgrade: true,
      allow_major_version_upgrade: false,
      copy_tags_to_snapshot: true,
    });
  });

  it("keeps a minor version that is pinned", () => {
    expect(instanceOf(synth({ engineVersion: "16.4" }))).toMatchObject({
      engine_version: "16.4",
      auto_minor_version_upgrade: false,
    });
  });

  it("is protected from deletion as the variable says, and leaves a snapshot when it goes", () => {
    const config = synth();
    const [unique] = only(config, "resource", "terraform_data");
    expect(config).toHaveResourceWithProperties(DbInstance, {
      deletion_protection: "${var.deletion_protection}",
      skip_final_snapshot: false,
      final_snapshot_identifier: `lightwave-django-prod-final-\${substr(terraform_data.${unique}.id, 0, 8)}`,
    });
  });

  it("names another final snapshot for what replaces it", () => {
    expect(only(synth(), "resource", "terraform_data")[1]).toMatchObject({
      triggers_replace: { databaseName: "lightwave", username: "lightwave" },
    });
  });

  it("is watched: Performance Insights, and logs that are not kept for ever", () => {
    const config = synth({ performanceInsightsRetentionDays: 31 });
    expect(config).toHaveResourceWithProperties(DbInstance, {
      performance_insights_enabled: true,
      performance_insights_retention_period: 31,
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
    });
    const groups: Record<string, Block> = JSON.parse(config).resource.aws_cloudwatch_log_group;
    expect(Object.values(groups)).toEqual([
      expect.objectContaining({
        name: "/aws/rds/instance/lightwave-django-prod/postgresql",
        retention_in_days: 90,
      }),
      expect.objectContaining({
        name: "/aws/rds/instance/lightwave-django-prod/upgrade",
        retention_in_days: 90,
      }),
    ]);
    // Else RDS could make a group of the same name first.
    expect(instanceOf(config).depends_on).toEqual(
      Object.keys(groups).map((name) => `aws_cloudwatch_log_group.${name}`),
    );
  });

  it("says where it is", () => {
    const config = synth();
    const [name] = only(config, "resource", "aws_db_instance");
    expect(JSON.parse(config).output.where.value).toEqual({
      address: `\${aws_db_instance.${name}.address}`,
      port: 5432,
      databaseName: "lightwave",
      identifier: `\${aws_db_instance.${name}.identifier}`,
      secretArn: `\${aws_db_instance.${name}.master_user_secret[0].secret_arn}`,
    });
  });
});

describe("The database's parameters", () => {
  it("refuse connections without TLS and log what is slow", () => {
    expect(parametersOf(synth())).toEqual({
      "rds.force_ssl": ["1", "immediate"],
      log_connections: ["1", "immediate"],
      log_disconnections: ["1", "immediate"],
      log_lock_waits: ["1", "immediate"],
      log_min_duration_statement: ["1000", "immediate"],
      log_temp_files: ["10240", "immediate"],
    });
  });

  it.each([
    ["13.14", "postgres13"],
    ["16", "postgres16"],
    ["17.2", "postgres17"],
  ])("of version %s belong to the family %s", (engineVersion, family) => {
    expect(synth({ engineVersion })).toHaveResourceWithProperties(DbParameterGroup, {
      name: `lightwave-django-prod-${family}`,
      family,
      lifecycle: { create_before_destroy: true },
    });
  });

  it("take those of the environment: known ones at once, others at the next reboot", () => {
    const parameters = { max_connections: "200", log_min_duration_statement: "250" };
    expect(parametersOf(synth({ parameters }))).toMatchObject({
      max_connections: ["200", "pending-reboot"],
      log_min_duration_statement: ["250", "immediate"],
    });
  });

  it("keep TLS, whatever the environment says", () => {
    expect(parametersOf(synth({ parameters: { "rds.force_ssl": "0" } }))["rds.force_ssl"]).toEqual([
      "1",
      "immediate",
    ]);
  });
});

describe("Credentials that RDS manages", () => {
  const config = synth();
  const [name, instance] = only(config, "resource", "aws_db_instance");

  it("leave the password to RDS", () => {
    expect(instance).toMatchObject({ manage_master_user_password: true });
    expect(Object.keys(instance).filter((key) => key.startsWith("password"))).toEqual([]);
    expect(JSON.parse(config)).not.toHaveProperty("ephemeral");
  });

  it("reach containers from the secret that RDS made", () => {
    const arn = `\${aws_db_instance.${name}.master_user_secret[0].secret_arn}`;
    const source = { service: "secretsmanager", arn };
    const { user, password } = JSON.parse(config).output;
    expect(user.value).toEqual({ name: "DATABASE_USER", source, valueFrom: `${arn}:username::` });
    expect(password.value).toEqual({
      name: "DATABASE_PASSWORD",
      source,
      valueFrom: `${arn}:password::`,
    });
  });
});

describe("The rotation of the password that RDS keeps", () => {
  const rotationOf = (database: Partial<Parameters<typeof synth>[0]>) =>
    only(synth(database), "resource", "aws_secretsmanager_secret_rotation")[1];

  it("is in a quiet hour once a week, and never at once: an upgrade of the platform rotates nothing", () => {
    const [name] = only(synth(), "resource", "aws_db_instance");
    expect(rotationOf({})).toMatchObject({
      secret_id: `\${aws_db_instance.${name}.master_user_secret[0].secret_arn}`,
      rotate_immediately: false,
      rotation_rules: { schedule_expression: "cron(0 6 ? * TUE *)", duration: "1h" },
    });
    expect(rotationOf({})).not.toHaveProperty("rotation_lambda_arn");
  });

  it("is whenever the environment says", () => {
    const passwordRotation = { schedule: "rate(90 days)", windowHours: 3, restartServices: true };
    expect(rotationOf({ passwordRotation })).toMatchObject({
      rotation_rules: { schedule_expression: "rate(90 days)", duration: "3h" },
    });
  });

  it("is not there where RDS does not keep the password", () => {
    expect(JSON.parse(synth({ credentials: "secrets-manager" })).resource).not.toHaveProperty(
      "aws_secretsmanager_secret_rotation",
    );
  });
});

describe("Credentials in a secret of the environment", () => {
  const config = synth({ credentials: "secrets-manager" });
  const instance = instanceOf(config);
  const [version] = only(config, "resource", "aws_secretsmanager_secret_version");
  const [generator] = only(config, "ephemeral", "aws_secretsmanager_random_password");

  it("are named after it", () => {
    expect(config).toHaveResourceWithProperties(SecretsmanagerSecret, {
      name: "lightwave/database",
      recovery_window_in_days: "${var.deletion_protection ? 30 : 0}",
    });
    expect(config).toHaveResourceWithProperties(SecretsmanagerSecretVersion, {
      secret_string_wo: `\${jsonencode({"username" = "lightwave", "password" = ephemeral.aws_secretsmanager_random_password.${generator}.random_password})}`,
    });
  });

  it("reach secret and database from one generated value, and nothing reads the secret, ephemeral or not", () => {
    expect(instance.password_wo).toBe(
      `\${ephemeral.aws_secretsmanager_random_password.${generator}.random_password}`,
    );
    expect(Object.keys(JSON.parse(config).ephemeral)).toEqual(["aws_secretsmanager_random_password"]);
    expect(Object.keys(JSON.parse(config).data ?? {})).not.toContain("aws_secretsmanager_secret_version");
  });

  it("are written anew to both by each run that cannot know that both were written by one before", () => {
    const { aws_secretsmanager_secret_version, aws_ssm_parameter, terraform_data } =
      JSON.parse(config).resource;
    expect(terraform_data.database_password.triggers_replace).toEqual({
      started:
        "${try(element(nonsensitive(data.aws_ssm_parameters_by_path.database_password.values), 0), plantimestamp())}",
    });
    expect(aws_secretsmanager_secret_version[version].lifecycle.replace_triggered_by).toEqual([
      "terraform_data.database_password",
      "terraform_data.database_final_snapshot",
    ]);
    const [parameter] = Object.values(aws_ssm_parameter);
    expect(parameter).toMatchObject({
      name: "/database-password/lightwave/written",
      value: "${terraform_data.database_password.triggers_replace.started}",
      depends_on: [expect.stringMatching(/^aws_db_instance\./)],
      lifecycle: { replace_triggered_by: [`aws_secretsmanager_secret_version.${version}`] },
    });
  });

  it("reach the database again whenever the secret has a new version", () => {
    expect(instance.password_wo_version).toBe(
      `\${parseint(substr(sha256(aws_secretsmanager_secret_version.${version}.version_id), 0, 7), 16)}`,
    );
  });

  it("keep the password out of the state", () => {
    expect(instance).not.toHaveProperty("password");
    expect(instance).not.toHaveProperty("manage_master_user_password");
  });

  it("reach containers from the same secret", () => {
    const arn = `\${aws_secretsmanager_secret_version.${version}.arn}`;
    const { where, user, password } = JSON.parse(config).output;
    expect(where.value.secretArn).toBe(arn);
    expect(user.value.valueFrom).toBe(`${arn}:username::`);
    expect(password.value.valueFrom).toBe(`${arn}:password::`);
  });
});
