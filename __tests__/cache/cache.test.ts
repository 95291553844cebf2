// The cache: encrypted, on two zones, and open to one IAM identity only, or to one password, without any secret in the state.
import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import { TerraformOutput, Testing } from "cdktf";
import type { z } from "zod";
import { Cache } from "../../src/cache/cache";
import { cacheSchema } from "../../src/schema/cache";
import { NAME_LENGTH } from "../../src/schema/limits";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

type Block = Record<string, unknown>;

function synth(section: z.input<typeof cacheSchema> = {}, name = "lightwave"): string {
  return synthScope((scope) => {
    const cache = new Cache(scope, "cache", {
      name,
      userName: `${name}-app`,
      secretName: `${name}/cache`,
      deletionProtection: true,
      cache: cacheSchema.parse(section),
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupId: "sg-redis",
    });
    const { primaryEndpoint, port, replicationGroupId, userName, connectStatements, nodeIds } = cache;
    new TerraformOutput(scope, "where", {
      value: { primaryEndpoint, port, replicationGroupId, userName: userName ?? "(nobody)" },
    });
    new TerraformOutput(scope, "nodes", { value: [...nodeIds] });
    new TerraformOutput(scope, "connect", { value: [...connectStatements] });
  });
}

function blocks(config: string, type: string): [name: string, block: Block][] {
  return Object.entries<Block>(JSON.parse(config).resource[type] ?? {});
}

/** The name of the only replication group, and of the user that has this name. */
function names(config: string): { group: string; service: string; nobody: string } {
  const users = blocks(config, "aws_elasticache_user");
  const user = (wanted: string) => users.find(([, { user_name }]) => user_name === wanted)?.[0] ?? "(none)";
  return {
    group: blocks(config, "aws_elasticache_replication_group")[0]?.[0] ?? "(none)",
    service: user("lightwave-app"),
    nobody: user("default"),
  };
}

describe("Cache", () => {
  it("is a Redis of one primary and its replicas that fail over between zones", () => {
    const config = synth({ nodes: 3 });
    expect(config).toHaveResourceWithProperties(ElasticacheReplicationGroup, {
      replication_group_id: "lightwave",
      engine: "redis",
      engine_version: "7.1",
      node_type: "cache.t4g.small",
      port: 6379,
      num_cache_clusters: 3,
      automatic_failover_enabled: true,
      multi_az_enabled: true,
      auto_minor_version_upgrade: "true",
      security_group_ids: ["sg-redis"],
    });
    expect(config).toHaveResourceWithProperties(ElasticacheSubnetGroup, {
      name: "lightwave",
      subnet_ids: ["subnet-1", "subnet-2"],
    });
  });

  it("is encrypted at rest, and in transit without exception", () => {
    expect(synth()).toHaveResourceWithProperties(ElasticacheReplicationGroup, {
      at_rest_encryption_enabled: "true",
      transit_encryption_enabled: true,
      transit_encryption_mode: "required",
    });
  });

  it("is snapshotted daily, and once more when it goes", () => {
    const config = synth({ snapshotRetentionDays: 5 });
    const [[unique, data] = ["(none)", {}]] = blocks(config, "terraform_data");
    expect(config).toHaveResourceWithProperties(ElasticacheReplicationGroup, {
      snapshot_retention_limit: 5,
      snapshot_window: "03:00-04:00",
      maintenance_window: "sun:05:00-sun:06:00",
      apply_immediately: false,
      final_snapshot_identifier: `lightwave-final-\${substr(terraform_data.${unique}.id, 0, 8)}`,
    });
    expect(data).toMatchObject({ triggers_replace: { name: "lightwave", engineVersion: "7.1" } });
  });

  it("logs slow commands and the engine's messages, and keeps them for 90 days", () => {
    const config = synth();
    const groups = blocks(config, "aws_cloudwatch_log_group");
    expect(groups.map(([, { name, retention_in_days }]) => [name, retention_in_days])).toEqual([
      ["/aws/vendedlogs/elasticache/lightwave/engine-log", 90],
      ["/aws/vendedlogs/elasticache/lightwave/slow-log", 90],
    ]);
    const delivery = (log: string, [group]: [string, Block] | [] = []) => ({
      destination: `\${aws_cloudwatch_log_group.${group}.name}`,
      destination_type: "cloudwatch-logs",
      log_format: "json",
      log_type: log,
    });
    expect(config).toHaveResourceWithProperties(ElasticacheReplicationGroup, {
      log_delivery_configuration: [delivery("slow-log", groups[1]), delivery("engine-log", groups[0])],
    });
  });

  it("takes the engine's parameters from the environment", () => {
    expect(synth({ parameters: { "maxmemory-policy": "allkeys-lru" } })).toHaveResourceWithProperties(
      ElasticacheParameterGroup,
      {
        name: "lightwave-redis7",
        family: "redis7",
        parameter: [{ name: "maxmemory-policy", value: "allkeys-lru" }],
      },
    );
  });

  it("says where it is, and who may connect", () => {
    const config = synth();
    const { group, service } = names(config);
    const { where, connect } = JSON.parse(config).output;
    expect(where.value).toEqual({
      primaryEndpoint: `\${aws_elasticache_replication_group.${group}.primary_endpoint_address}`,
      port: 6379,
      replicationGroupId: `\${aws_elasticache_replication_group.${group}.replication_group_id}`,
      userName: "lightwave-app",
    });
    expect(connect.value).toEqual([
      {
        sid: "ConnectToCache",
        actions: ["elasticache:Connect"],
        resources: [
          `\${aws_elasticache_replication_group.${group}.arn}`,
          `\${aws_elasticache_user.${service}.arn}`,
        ],
      },
    ]);
  });
});

describe("The cache's nodes", () => {
  it("are named one by one, in an order that stays", () => {
    const config = synth({ nodes: 3 });
    const members = `sort(tolist(aws_elasticache_replication_group.${names(config).group}.member_clusters))`;
    expect(JSON.parse(config).output.nodes.value).toEqual(
      [0, 1, 2].map((index) => `\${element(${members}, ${index})}`),
    );
  });
});

describe("The cache's users", () => {
  it("are the services, which prove themselves through IAM", () => {
    expect(synth()).toHaveResourceWithProperties(ElasticacheUser, {
      // IAM authentication needs both to be the same.
      user_id: "lightwave-app",
      user_name: "lightwave-app",
      engine: "redis",
      access_string: "on ~* &* +@all -@dangerous +flushdb +info",
      authentication_mode: { type: "iam" },
    });
  });

  it("are nobody else: the default user is switched off", () => {
    expect(synth()).toHaveResourceWithProperties(ElasticacheUser, {
      user_id: "lightwave-off",
      user_name: "default",
      engine: "redis",
      access_string: "off ~* -@all",
      no_password_required: true,
    });
  });

  it("are the only ones that the cache admits", () => {
    const config = synth();
    const { service, nobody } = names(config);
    expect(config).toHaveResourceWithProperties(ElasticacheUserGroup, {
      user_group_id: "lightwave",
      engine: "redis",
      user_ids: [`\${aws_elasticache_user.${service}.user_id}`, `\${aws_elasticache_user.${nobody}.user_id}`],
    });
    const [[userGroup] = ["(none)"]] = blocks(config, "aws_elasticache_user_group");
    expect(config).toHaveResourceWithProperties(ElasticacheReplicationGroup, {
      user_group_ids: [`\${aws_elasticache_user_group.${userGroup}.user_group_id}`],
    });
  });

  it("need no password or token, which Terraform would keep in its state", () => {
    const config = synth();
    for (const [, user] of blocks(config, "aws_elasticache_user")) {
      expect(user).not.toHaveProperty("passwords");
    }
    for (const [, group] of blocks(config, "aws_elasticache_replication_group")) {
      expect(group).not.toHaveProperty("auth_token");
    }
  });

  it("have IDs that fit wherever the cache's own name does", () => {
    const config = synth({}, "a".repeat(NAME_LENGTH.cache - "-app".length));
    for (const [, { user_id }] of blocks(config, "aws_elasticache_user")) {
      expect(String(user_id).length).toBeLessThanOrEqual(NAME_LENGTH.cache);
    }
  });
});

describe("A cache with a password", () => {
  const config = synth({ authentication: "password" });
  const { service } = names(config);
  const [[address = "(none)"] = []] = blocks(config, "terraform_data").filter(
    ([, { triggers_replace }]) => "host" in Object(triggers_replace),
  );

  it("has the same user, whose password Terraform neither knows nor takes back", () => {
    const [, user] = blocks(config, "aws_elasticache_user").find(([name]) => name === service) ?? [];
    expect(user).toMatchObject({
      user_id: "lightwave-app",
      access_string: "on ~* &* +@all -@dangerous +flushdb +info",
      // Nobody gets in by it: no role may.
      authentication_mode: { type: "iam" },
      lifecycle: { ignore_changes: ["authentication_mode"] },
    });
    expect(JSON.parse(config).output.connect.value).toEqual([]);
  });

  it("has a secret with the user, a generated password, and the URL that has both", () => {
    const [[name, secret] = ["(none)", {}]] = blocks(config, "aws_secretsmanager_secret");
    expect(secret).toMatchObject({ name: "lightwave/cache", recovery_window_in_days: 30 });
    const [[, version] = ["(none)", {} as Block]] = blocks(config, "aws_secretsmanager_secret_version");
    const password = "ephemeral.aws_secretsmanager_random_password";
    const { group } = names(config);
    expect(version).toMatchObject({
      secret_id: `\${aws_secretsmanager_secret.${name}.arn}`,
      lifecycle: { replace_triggered_by: [`terraform_data.${address}`] },
    });
    expect(version).not.toHaveProperty("secret_string");
    const written = String(version.secret_string_wo).replace(/(ephemeral\.\w+)\.\w+\.random_password/g, "$1");
    expect(written).toContain('"username" = "lightwave-app"');
    expect(written).toContain(`"password" = ${password}`);
    expect(written).toContain(
      `"url" = "rediss://lightwave-app:\${${password}}@\${aws_elasticache_replication_group.${group}.primary_endpoint_address}:6379/0"`,
    );
  });

  it("writes the URL anew where its host or its user is another one", () => {
    const [, data] = blocks(config, "terraform_data").find(([name]) => name === address) ?? [];
    expect(data).toMatchObject({
      triggers_replace: {
        host: `\${aws_elasticache_replication_group.${names(config).group}.primary_endpoint_address}`,
        user: "lightwave-app",
      },
    });
  });
});

describe("A cache that asks nobody", () => {
  const config = synth({ authentication: "none" });

  it("has a group of users that it does not ask, whatever they have, and no secret", () => {
    expect(blocks(config, "aws_elasticache_user_group")).toHaveLength(1);
    expect(Object.fromEntries(blocks(config, "aws_elasticache_user")).cache_app).toMatchObject({
      lifecycle: { ignore_changes: ["authentication_mode"] },
    });
    expect(blocks(config, "aws_secretsmanager_secret")).toEqual([]);
    const [, group] = blocks(config, "aws_elasticache_replication_group")[0] ?? [];
    expect(group).not.toHaveProperty("user_group_ids");
    expect(JSON.parse(config).output.connect.value).toEqual([]);
  });
});

it.each(["iam", "password", "none"] as const)(
  "can make its group of users anew after an interruption: %s",
  (authentication) => {
    const [, group] = blocks(synth({ authentication }), "aws_elasticache_user_group")[0] ?? [];
    // Made before the former one goes, it would have that one's name.
    expect(group).not.toHaveProperty("lifecycle");
  },
);

describe("The cache's engine", () => {
  it("is Valkey where the file says so, in its newest version, with parameters of its own family", () => {
    const config = synth({ engine: "valkey", applyImmediately: true });
    expect(config).toHaveResourceWithProperties(ElasticacheReplicationGroup, {
      engine: "valkey",
      engine_version: "8.0",
      apply_immediately: true,
    });
    expect(config).toHaveResourceWithProperties(ElasticacheParameterGroup, {
      name: "lightwave-valkey8",
      family: "valkey8",
    });
    // Valkey takes the users of Redis OSS, so that a change of the engine makes none anew.
    expect(config).toHaveResourceWithProperties(ElasticacheUserGroup, { engine: "redis" });
    expect(synth({ engine: "valkey", engineVersion: "7.2" })).toHaveResourceWithProperties(
      ElasticacheParameterGroup,
      { name: "lightwave-valkey7", family: "valkey7" },
    );
  });

  it("has the parameters of the new family before those of the former one go", () => {
    const [, parameters] = blocks(synth(), "aws_elasticache_parameter_group")[0] ?? [];
    expect(parameters).toMatchObject({ lifecycle: { create_before_destroy: true } });
  });

  it("has nobody to take over where it is one node", () => {
    expect(synth({ nodes: 1 })).toHaveResourceWithProperties(ElasticacheReplicationGroup, {
      num_cache_clusters: 1,
      automatic_failover_enabled: false,
      multi_az_enabled: false,
    });
  });

  it("takes connections without TLS only where the file says so, of a cache that asks nobody", () => {
    expect(synth({ authentication: "none", transitEncryption: "preferred" })).toHaveResourceWithProperties(
      ElasticacheReplicationGroup,
      { transit_encryption_enabled: true, transit_encryption_mode: "preferred" },
    );
  });
});
