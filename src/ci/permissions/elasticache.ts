// ElastiCache: the replication group, its users, its parameters and its snapshots.
import { namedAfter } from "../../model/names/data-stores";
import { actions, type PermissionsOf } from "../grant";

export const elasticache: PermissionsOf = ({ environment, arn }) => {
  if (!environment.cache) {
    return undefined;
  }
  const { cache, cacheUser } = environment.names;
  const own = [
    `replicationgroup:${cache}`,
    `cluster:${namedAfter(cache)}`,
    `parametergroup:${namedAfter(cache)}`,
    `subnetgroup:${cache}`,
    `snapshot:${namedAfter(cache)}`,
    `usergroup:${cache}`,
    `user:${namedAfter(cache)}`,
    `user:${cacheUser}`,
  ].map((resource) => arn("elasticache", resource));
  return {
    grants: [
      { sid: "ReadCacheTags", access: "read", actions: ["elasticache:ListTagsForResource"], resources: own },
      {
        sid: "ReadCache",
        access: "read",
        actions: actions("elasticache", [
          "DescribeCacheClusters",
          "DescribeCacheParameterGroups",
          "DescribeCacheParameters",
          "DescribeCacheSubnetGroups",
          "DescribeEvents",
          "DescribeReplicationGroups",
          "DescribeUserGroups",
          "DescribeUsers",
        ]),
        resources: ["*"],
      },
      {
        sid: "OwnCache",
        access: "write",
        actions: actions("elasticache", [
          "AddTagsToResource",
          "CreateCacheParameterGroup",
          "CreateCacheSubnetGroup",
          "CreateReplicationGroup",
          // The one that stays after a destroy.
          "CreateSnapshot",
          "CreateUser",
          "CreateUserGroup",
          "DecreaseReplicaCount",
          "DeleteCacheParameterGroup",
          "DeleteCacheSubnetGroup",
          "DeleteReplicationGroup",
          "DeleteUser",
          "DeleteUserGroup",
          "IncreaseReplicaCount",
          "ModifyCacheParameterGroup",
          "ModifyCacheSubnetGroup",
          "ModifyReplicationGroup",
          "ModifyUser",
          "ModifyUserGroup",
          "RemoveTagsFromResource",
          "ResetCacheParameterGroup",
        ]),
        resources: own,
      },
    ],
    // Whatever has just the cache's name (the replication group, its subnet group, its user group), and what is named after it.
    own: [arn("elasticache", `*:${cache}`), arn("elasticache", `*:${namedAfter(cache)}`), ...own],
  };
};
