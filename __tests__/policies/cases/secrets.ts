// Stacks for the policies on secrets.
import type { JsonObject } from "../../../src/reachability/terraform-config";
import type { PolicyCases } from "./policy-case";

const KEY_ID = `AKIA${"Q".repeat(16)}`;

const PASSWORD = "${aws_db_instance.main.master_user_secret[0].secret_arn}";
const WEB = "${aws_ecs_service.web.name}";

/** A service that is given the password that RDS keeps, with other resources in place of these or beside them. */
function rotated(others: JsonObject): JsonObject {
  const containers = [
    { name: "web", secrets: [{ name: "DATABASE_PASSWORD", valueFrom: `${PASSWORD}:password::` }] },
  ];
  return {
    resource: {
      aws_db_instance: { main: { manage_master_user_password: true } },
      aws_ecs_task_definition: { web: { container_definitions: JSON.stringify(containers) } },
      aws_ecs_service: { web: { name: "shop-web", task_definition: "${aws_ecs_task_definition.web.arn}" } },
      ...others,
    },
  };
}

function restarts(secret: string, service: string): string {
  const Resource = "arn:aws:states:::aws-sdk:ecs:updateService";
  return JSON.stringify({ States: { Look: { SecretId: secret }, Restart: { Resource, Items: [service] } } });
}

export const secretCases: PolicyCases = {
  "secrets-out-of-state": {
    fires: [
      [
        { resource: { aws_db_instance: { main: { password: "${var.password}" } } } },
        ["aws_db_instance.main", "Its argument password is kept in the state"],
      ],
      [
        { resource: { aws_elasticache_replication_group: { main: { auth_token: "${var.token}" } } } },
        ["aws_elasticache_replication_group.main", "Its argument auth_token is kept in the state"],
      ],
      [
        { resource: { aws_elasticache_user: { app: { authentication_mode: { passwords: ["${var.p}"] } } } } },
        ["aws_elasticache_user.app", "Its argument authentication_mode.passwords is kept in the state"],
      ],
      [
        { resource: { aws_secretsmanager_secret_version: { key: { secret_string: "${var.key}" } } } },
        ["aws_secretsmanager_secret_version.key", "Its argument secret_string is kept in the state"],
      ],
      [
        { resource: { aws_ssm_parameter: { key: { type: "SecureString", value: "${var.key}" } } } },
        ["aws_ssm_parameter.key", "Its argument value is kept in the state"],
      ],
      [
        { resource: { random_password: { key: { length: 32 } } } },
        ["random_password.key", "The value that it gives is kept in the state"],
      ],
      [
        { data: { aws_secretsmanager_secret_version: { key: { secret_id: "key" } } } },
        ["data.aws_secretsmanager_secret_version.key", "The value that it gives is kept in the state"],
      ],
    ],
    silent: [
      {
        resource: {
          aws_secretsmanager_secret_version: {
            key: { secret_string_wo: "${ephemeral.aws_secretsmanager_random_password.key.random_password}" },
          },
          aws_db_instance: { main: { manage_master_user_password: true } },
          aws_elasticache_user: { app: { authentication_mode: { type: "iam" } } },
          aws_ssm_parameter: { size: { type: "String", value: "large" } },
        },
        data: { aws_secretsmanager_secret: { key: { name: "key" } } },
      },
    ],
  },
  "secrets-recoverable": {
    fires: [
      [
        { resource: { aws_secretsmanager_secret: { key: { recovery_window_in_days: 0 } } } },
        ["aws_secretsmanager_secret.key", "It is deleted at once, beyond recovery"],
      ],
      [
        {
          variable: { protection: { default: false } },
          resource: {
            aws_secretsmanager_secret: { key: { recovery_window_in_days: "${var.protection ? 30 : 0}" } },
          },
        },
        ["aws_secretsmanager_secret.key", "It is deleted at once, beyond recovery"],
      ],
    ],
    silent: [
      { resource: { aws_secretsmanager_secret: { key: {} } } },
      {
        variable: { protection: { default: true } },
        resource: {
          aws_secretsmanager_secret: { key: { recovery_window_in_days: "${var.protection ? 30 : 0}" } },
        },
      },
    ],
  },
  "no-hardcoded-secrets": {
    fires: [
      [
        { resource: { terraform_data: { setup: { input: [{ text: `key ${KEY_ID}` }] } } } },
        ["terraform_data.setup", "It holds what looks like an AWS access key"],
      ],
      [
        { output: { key: { value: "-----BEGIN RSA PRIVATE KEY-----\nMII" } } },
        ["output.key", "It holds what looks like a private key"],
      ],
      [
        { variable: { url: { default: "postgres://me:hunter2@db.internal/app" } } },
        ["variable.url", "It holds what looks like a password within a URL"],
      ],
      [
        { provider: { aws: [{ access_key: KEY_ID }] } },
        ["provider.aws", "It holds what looks like an AWS access key"],
      ],
      [
        { data: { http: { main: { request_headers: { Authorization: `token ghp_${"a".repeat(36)}` } } } } },
        ["data.http.main", "It holds what looks like a GitHub token"],
      ],
    ],
    silent: [
      {
        resource: {
          terraform_data: {
            setup: { input: ["https://example.com:8443/@me", "redis://${aws_lb.web.name}:6379", "AKIA"] },
          },
        },
      },
    ],
  },
  "rotation-followed": {
    fires: [
      [
        rotated({}),
        [
          "aws_ecs_service.web",
          "Its tasks keep the password of aws_db_instance.main with which they start, and nothing restarts them",
        ],
      ],
      // One that restarts another service, and one that looks at another secret.
      [
        rotated({
          aws_sfn_state_machine: {
            other: { definition: restarts(PASSWORD, "${aws_ecs_service.worker.name}") },
            elsewhere: { definition: restarts("arn:aws:secretsmanager:a:b:secret:c", WEB) },
          },
        }),
        [
          "aws_ecs_service.web",
          "Its tasks keep the password of aws_db_instance.main with which they start, and nothing restarts them",
        ],
      ],
    ],
    silent: [
      rotated({ aws_sfn_state_machine: { restart: { definition: restarts(PASSWORD, WEB) } } }),
      rotated({ aws_db_instance: { main: { password_wo: "${ephemeral.a.b.c}" } } }),
      rotated({
        aws_ecs_task_definition: { web: { container_definitions: JSON.stringify([{ name: "web" }]) } },
      }),
    ],
  },
};
