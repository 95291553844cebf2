// Stacks for the policies on databases and caches.
import type { JsonObject } from "../../../src/reachability/terraform-config";
import type { PolicyCases } from "./policy-case";

function database(body: JsonObject): JsonObject {
  return { resource: { aws_db_instance: { main: body } } };
}

function cache(body: JsonObject): JsonObject {
  return { resource: { aws_elasticache_replication_group: { main: body } } };
}

function parameters(parameter: JsonObject, name = "${aws_db_parameter_group.main.name}"): JsonObject {
  return {
    resource: {
      aws_db_instance: { main: { parameter_group_name: name } },
      aws_db_parameter_group: { main: { name: "main-postgres16", parameter: [parameter] } },
    },
  };
}

const DATABASE = "aws_db_instance.main";
const CACHE = "aws_elasticache_replication_group.main";

export const dataStoreCases: PolicyCases = {
  "database-private": {
    fires: [
      [database({ publicly_accessible: true }), [DATABASE, "It has a public address"]],
      [database({ publicly_accessible: "${var.public}" }), [DATABASE, "It has a public address"]],
    ],
    silent: [database({ publicly_accessible: false }), database({})],
  },
  "database-encrypted": {
    fires: [
      [database({}), [DATABASE, "Its storage is not encrypted"]],
      [
        { resource: { aws_rds_cluster: { main: { storage_encrypted: false } } } },
        ["aws_rds_cluster.main", "Its storage is not encrypted"],
      ],
    ],
    silent: [database({ storage_encrypted: true })],
  },
  "database-backed-up": {
    fires: [
      [database({}), [DATABASE, "It keeps automated backups for 0 days"]],
      [database({ backup_retention_period: 6 }), [DATABASE, "It keeps automated backups for 6 days"]],
      [
        { variable: { days: { default: 1 } }, ...database({ backup_retention_period: "${var.days}" }) },
        [DATABASE, "It keeps automated backups for 1 days"],
      ],
    ],
    silent: [database({ backup_retention_period: 7 }), database({ replicate_source_db: "main" })],
  },
  "database-tls-forced": {
    fires: [
      [database({}), [DATABASE, "It has no parameter group that could be read, to force TLS"]],
      [
        parameters({ name: "rds.force_ssl", value: "0" }),
        [DATABASE, "aws_db_parameter_group.main does not force TLS"],
      ],
      [
        parameters({ name: "rds.force_ssl", value: "1" }, "default.postgres16"),
        [DATABASE, "It has no parameter group that could be read, to force TLS"],
      ],
    ],
    silent: [
      parameters({ name: "rds.force_ssl", value: "1" }),
      parameters({ name: "rds.force_ssl", value: 1 }, "main-postgres16"),
      parameters({ name: "require_secure_transport", value: "ON" }),
    ],
  },
  "database-credentials-managed": {
    fires: [
      [
        database({ password: "typed" }),
        [DATABASE, "Its master password is neither managed by RDS nor taken from a generated secret"],
      ],
      [
        database({ password_wo: "${var.password}" }),
        [DATABASE, "Its master password is neither managed by RDS nor taken from a generated secret"],
      ],
      [
        database({ password_wo: "typed" }),
        [DATABASE, "Its master password is neither managed by RDS nor taken from a generated secret"],
      ],
    ],
    silent: [
      database({ manage_master_user_password: true }),
      database({ password_wo: "${ephemeral.aws_secretsmanager_random_password.main.random_password}" }),
      database({ replicate_source_db: "main" }),
    ],
  },
  "cache-encrypted": {
    fires: [
      [cache({ transit_encryption_enabled: true }), [CACHE, "It is not encrypted at rest"]],
      [cache({ at_rest_encryption_enabled: "true" }), [CACHE, "It takes connections without TLS"]],
      [
        cache({
          at_rest_encryption_enabled: true,
          transit_encryption_enabled: true,
          transit_encryption_mode: "preferred",
        }),
        [CACHE, "It takes connections without TLS"],
      ],
      [
        { resource: { aws_elasticache_cluster: { main: { engine: "memcached" } } } },
        [
          "aws_elasticache_cluster.main",
          "A cluster that is in no replication group is not encrypted at rest",
        ],
      ],
    ],
    silent: [cache({ at_rest_encryption_enabled: "true", transit_encryption_enabled: true })],
  },
  "cache-authenticated": {
    fires: [
      [cache({}), [CACHE, "It has neither a user group nor a token"]],
      [
        {
          resource: {
            aws_elasticache_user: {
              default: { no_password_required: true, access_string: "on ~* +@all" },
            },
          },
        },
        ["aws_elasticache_user.default", "It may log on without a password"],
      ],
      [
        {
          resource: {
            aws_elasticache_user: { default: { authentication_mode: { type: "no-password-required" } } },
          },
        },
        ["aws_elasticache_user.default", "It may log on without a password"],
      ],
    ],
    silent: [
      cache({ user_group_ids: ["${aws_elasticache_user_group.main.user_group_id}"] }),
      {
        resource: {
          aws_elasticache_user: {
            default: { no_password_required: true, access_string: "off ~* -@all" },
            app: { authentication_mode: { type: "iam" }, access_string: "on ~* +@all" },
          },
        },
      },
    ],
  },
};
