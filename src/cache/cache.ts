// The cache: Redis OSS or Valkey on ElastiCache, encrypted, on two zones, open to whom the environment says.

import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import {
  ElasticacheReplicationGroup,
  type ElasticacheReplicationGroupLogDeliveryConfiguration,
} from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { Fn, type IResolvable, Token } from "cdktf";
import { Construct } from "constructs";
import { FinalSnapshotName } from "../database/final-snapshot-name";
import type { SecretLogin } from "../database/secret-login";
import type { RoleStatement } from "../iam/document";
import { cacheFamily, cacheVersion } from "../model/cache-engine";
import { REDIS_PORT } from "../model/members";
import { CACHE_LOGS, cacheLogGroup, cacheParameterGroup } from "../model/names/data-stores";
import { LogGroup } from "../observability/log-group";
import type { Cache as CacheConfig } from "../schema/cache";
import { CachePassword } from "./cache-password";
import { CacheUsers } from "./cache-users";

/** Days that logs are kept. */
const LOG_RETENTION_DAYS = 90;

export interface CacheProps {
  /** The replication group's ID, and the base of the names around it: up to 36 characters. */
  readonly name: string;
  /** The environment's section on its cache. */
  readonly cache: CacheConfig;
  /** The user that services log on as, up to 40 characters. */
  readonly userName: string;
  /** Name of the secret with that user's password, where there is one. */
  readonly secretName: string;
  /** Whether a deleted secret can be restored, for 30 days. */
  readonly deletionProtection: boolean | IResolvable;
  /** Subnets in two zones or more. */
  readonly subnetIds: readonly string[];
  /** The group that says who may connect. */
  readonly securityGroupId: string;
  /**
   * The KMS key of what it writes to disk, its snapshots and its logs. Another key means another replication group.
   *
   * @default - AWS's own keys
   */
  readonly kmsKeyArn?: string | undefined;
}

/** A replication group of one primary and its replicas. Clients speak TLS, and log on as the environment says. */
export class Cache extends Construct {
  /** The host name that always leads to the primary. */
  readonly primaryEndpoint: string;
  /** Names of the log groups, by what writes there. */
  readonly logGroupNames: Readonly<Record<string, string>>;
  /** The TCP port. */
  readonly port = REDIS_PORT;
  readonly replicationGroupId: string;
  readonly arn: string;
  /** The security group that says who may connect. */
  readonly securityGroupId: string;
  /** What CloudWatch's `CacheClusterId` dimension calls each node. */
  readonly nodeIds: readonly string[];
  /** The user that services log on as; `undefined` where nobody is asked. */
  readonly userName: string | undefined;
  /** That user with its password; `undefined` where it has none. */
  readonly login: SecretLogin | undefined;
  /** What a service's task role needs to log on. */
  readonly connectStatements: readonly RoleStatement[];

  constructor(scope: Construct, id: string, props: CacheProps) {
    super(scope, id);
    const { name, cache, userName, kmsKeyArn } = props;
    const { authentication } = cache;
    const hasReplica = cache.nodes > 1;
    // There, and not asked, with "none", too: ElastiCache deletes no group that a cache still uses, so that one which went with
    // this change would have to go after it, by a lifecycle that leaves a deployment which was interrupted here without a way on.
    const users = new CacheUsers(this, "users", { name, userName, authentication });
    const group = new ElasticacheReplicationGroup(this, "group:cache", {
      replicationGroupId: name,
      description: `Cache ${name}`,
      engine: cache.engine,
      engineVersion: cacheVersion(cache),
      autoMinorVersionUpgrade: "true",
      nodeType: cache.nodeType,
      parameterGroupName: this.parameterGroup(props).name,
      port: REDIS_PORT,

      subnetGroupName: new ElasticacheSubnetGroup(this, "subnets:cache", {
        name,
        description: `Subnets of the cache ${name}`,
        subnetIds: [...props.subnetIds],
      }).name,
      securityGroupIds: [props.securityGroupId],
      numCacheClusters: cache.nodes,
      automaticFailoverEnabled: hasReplica,
      multiAzEnabled: hasReplica,

      atRestEncryptionEnabled: "true",
      ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn }),
      transitEncryptionEnabled: true,
      transitEncryptionMode: cache.transitEncryption,
      ...(authentication !== "none" && { userGroupIds: [users.userGroupId] }),

      snapshotRetentionLimit: cache.snapshotRetentionDays,
      snapshotWindow: cache.snapshotWindow,
      maintenanceWindow: cache.maintenanceWindow,
      applyImmediately: cache.applyImmediately,
      // ElastiCache knows no deletion protection, and the daily snapshots go with the group.
      finalSnapshotIdentifier: new FinalSnapshotName(this, "final-snapshot", {
        resourceName: "cache-final-snapshot",
        name,
        replacedOn: { name, engineVersion: cacheVersion(cache) },
      }).value,
      logDeliveryConfiguration: CACHE_LOGS.map((log) => this.logDelivery(props, log)),
    });
    this.primaryEndpoint = group.primaryEndpointAddress;
    this.replicationGroupId = group.replicationGroupId;
    this.arn = group.arn;
    this.logGroupNames = Object.fromEntries(CACHE_LOGS.map((log) => [log, cacheLogGroup(name, log)]));
    this.securityGroupId = props.securityGroupId;
    // The provider gives a set, which only Terraform can put in order.
    this.nodeIds = Array.from({ length: cache.nodes }, (_, index) =>
      Token.asString(Fn.element(Fn.sort(group.memberClusters), index)),
    );
    this.userName = authentication === "none" ? undefined : userName;
    this.login =
      authentication === "password" ? this.password(props, group.primaryEndpointAddress) : undefined;
    this.connectStatements =
      authentication === "iam"
        ? [
            {
              sid: "ConnectToCache",
              actions: ["elasticache:Connect"],
              resources: [group.arn, users.userArn],
            },
          ]
        : [];
  }

  private password({ secretName, userName, deletionProtection, kmsKeyArn }: CacheProps, host: string) {
    return new CachePassword(this, "password", {
      secretName,
      host,
      port: this.port,
      userName,
      deletionProtection,
      kmsKeyArn,
    }).login;
  }

  private parameterGroup({ name, cache }: CacheProps): ElasticacheParameterGroup {
    return new ElasticacheParameterGroup(this, "parameters:cache", {
      name: cacheParameterGroup(name, cache),
      description: `Parameters of the cache ${name}`,
      family: cacheFamily(cache),
      parameter: Object.entries(cache.parameters).map(([key, value]) => ({ name: key, value })),
      // One that is in use cannot be deleted.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private logDelivery(
    { name, kmsKeyArn }: CacheProps,
    log: (typeof CACHE_LOGS)[number],
  ): ElasticacheReplicationGroupLogDeliveryConfiguration {
    const { name: destination } = new LogGroup(this, log, {
      resourceName: `cache-${log}`,
      name: cacheLogGroup(name, log),
      retentionDays: LOG_RETENTION_DAYS,
      kmsKeyArn,
    });
    return { destination, destinationType: "cloudwatch-logs", logFormat: "json", logType: log };
  }
}
