// Lookups of the database and the cache, with the groups around them.
import {
  DescribeCacheParameterGroupsCommand,
  DescribeCacheSubnetGroupsCommand,
  DescribeUserGroupsCommand,
  DescribeUsersCommand,
  ElastiCacheClient,
  ListTagsForResourceCommand as ListCacheTagsCommand,
} from "@aws-sdk/client-elasticache";
import {
  DescribeDBParameterGroupsCommand,
  DescribeDBSubnetGroupsCommand,
  ListTagsForResourceCommand as ListDatabaseTagsCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import type { AwsSession } from "../../aws/session";
import { unlessAbsent } from "../../live/absent";
import { fileSystemNamed } from "../../live/file-systems";
import { databaseNamed, replicationGroupNamed } from "../../live/named";
import type { Holder } from "./judgement";
import { DELETING, type Lookup, tagsOf } from "./lookup";

export const database: Lookup = async (aws, name) => {
  const found = await databaseNamed(aws, name);
  return found
    ? [
        {
          arn: found.DBInstanceArn ?? "",
          tags: tagsOf(found.TagList),
          leaving: found.DBInstanceStatus === "deleting" ? DELETING : undefined,
        },
      ]
    : [];
};

export const databaseSubnetGroup: Lookup = async (aws, name) => {
  const answer = await unlessAbsent(
    aws.client(RDSClient).send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: name })),
    "DBSubnetGroupNotFoundFault",
  );
  return inDatabase(aws, answer?.DBSubnetGroups?.[0]?.DBSubnetGroupArn);
};

export const databaseParameterGroup: Lookup = async (aws, name) => {
  const answer = await unlessAbsent(
    aws.client(RDSClient).send(new DescribeDBParameterGroupsCommand({ DBParameterGroupName: name })),
    "DBParameterGroupNotFound",
    "DBParameterGroupNotFoundFault",
  );
  return inDatabase(aws, answer?.DBParameterGroups?.[0]?.DBParameterGroupArn);
};

export const replicationGroup: Lookup = async (aws, name) => {
  const group = await replicationGroupNamed(aws, name);
  return group?.Status === "deleting"
    ? [{ arn: group.ARN ?? "", tags: {}, leaving: DELETING }]
    : inCache(aws, group?.ARN);
};

/** By its creation token, which EFS gives once. */
export const fileSystem: Lookup = async (aws, name) => {
  const found = await fileSystemNamed(aws, name);
  return found
    ? [
        {
          arn: found.FileSystemArn ?? "",
          tags: tagsOf(found.Tags),
          leaving: found.LifeCycleState === "deleting" ? DELETING : undefined,
        },
      ]
    : [];
};

export const cacheUser: Lookup = async (aws, name) => {
  const answer = await unlessAbsent(
    aws.client(ElastiCacheClient).send(new DescribeUsersCommand({ UserId: name })),
    "UserNotFound",
    "UserNotFoundFault",
  );
  return inCache(aws, answer?.Users?.[0]?.ARN);
};

export const cacheUserGroup: Lookup = async (aws, name) => {
  const answer = await unlessAbsent(
    aws.client(ElastiCacheClient).send(new DescribeUserGroupsCommand({ UserGroupId: name })),
    "UserGroupNotFound",
    "UserGroupNotFoundFault",
  );
  return inCache(aws, answer?.UserGroups?.[0]?.ARN);
};

export const cacheSubnetGroup: Lookup = async (aws, name) => {
  const answer = await unlessAbsent(
    aws.client(ElastiCacheClient).send(new DescribeCacheSubnetGroupsCommand({ CacheSubnetGroupName: name })),
    "CacheSubnetGroupNotFoundFault",
  );
  return inCache(aws, answer?.CacheSubnetGroups?.[0]?.ARN);
};

export const cacheParameterGroup: Lookup = async (aws, name) => {
  const answer = await unlessAbsent(
    aws
      .client(ElastiCacheClient)
      .send(new DescribeCacheParameterGroupsCommand({ CacheParameterGroupName: name })),
    "CacheParameterGroupNotFound",
    "CacheParameterGroupNotFoundFault",
  );
  return inCache(aws, answer?.CacheParameterGroups?.[0]?.ARN);
};

async function inDatabase(aws: AwsSession, arn: string | undefined): Promise<Holder[]> {
  if (arn === undefined) {
    return [];
  }
  const { TagList } = await aws.client(RDSClient).send(new ListDatabaseTagsCommand({ ResourceName: arn }));
  return [{ arn, tags: tagsOf(TagList) }];
}

async function inCache(aws: AwsSession, arn: string | undefined): Promise<Holder[]> {
  if (arn === undefined) {
    return [];
  }
  const { TagList } = await aws
    .client(ElastiCacheClient)
    .send(new ListCacheTagsCommand({ ResourceName: arn }));
  return [{ arn, tags: tagsOf(TagList) }];
}
