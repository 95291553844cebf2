// Lookups of what services run on: the cluster, the services themselves, their roles, logs, queues and repositories.
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeRepositoriesCommand,
  ECRClient,
  ListTagsForResourceCommand as ListRepositoryTagsCommand,
} from "@aws-sdk/client-ecr";
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  ECSClient,
  type Tag as EcsTag,
} from "@aws-sdk/client-ecs";
import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetQueueUrlCommand, ListQueueTagsCommand, SQSClient } from "@aws-sdk/client-sqs";
import { unlessAbsent } from "../../live/absent";
import type { Tags } from "./judgement";
import { type Lookup, tagsOf } from "./lookup";

/** A deleted cluster stays visible as INACTIVE for a while, and its name is free. */
export const cluster: Lookup = async (aws, name) => {
  const { clusters = [] } = await aws
    .client(ECSClient)
    .send(new DescribeClustersCommand({ clusters: [name], include: ["TAGS"] }));
  return clusters
    .filter(({ status }) => status !== "INACTIVE")
    .map(({ clusterArn = "", tags }) => ({ arn: clusterArn, tags: ecsTags(tags) }));
};

export const service: Lookup = async (aws, name, { names }) => {
  const answer = await unlessAbsent(
    aws
      .client(ECSClient)
      .send(new DescribeServicesCommand({ cluster: names.cluster, services: [name], include: ["TAGS"] })),
    "ClusterNotFoundException",
  );
  return (answer?.services ?? [])
    .filter(({ status }) => status !== "INACTIVE")
    .map(({ serviceArn = "", tags, status }) => ({
      arn: serviceArn,
      tags: ecsTags(tags),
      leaving:
        status === "DRAINING"
          ? "It is draining: ECS takes no service of its name until that ends."
          : undefined,
    }));
};

export const role: Lookup = async (aws, name) => {
  const answer = await unlessAbsent(
    aws.client(IAMClient).send(new GetRoleCommand({ RoleName: name })),
    "NoSuchEntity",
    "NoSuchEntityException",
  );
  return answer?.Role ? [{ arn: answer.Role.Arn ?? "", tags: tagsOf(answer.Role.Tags) }] : [];
};

export const logGroup: Lookup = async (aws, name) => {
  const client = aws.client(CloudWatchLogsClient);
  // Sorted by name, so that the one which is nothing but the prefix comes first.
  const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  const found = logGroups.find(({ logGroupName }) => logGroupName === name);
  if (found === undefined) {
    return [];
  }
  const arn = found.logGroupArn ?? found.arn?.replace(/:\*$/, "") ?? "";
  const { tags = {} } = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
  return [{ arn, tags }];
};

export const queue: Lookup = async (aws, name) => {
  const client = aws.client(SQSClient);
  const answer = await unlessAbsent(
    client.send(new GetQueueUrlCommand({ QueueName: name })),
    "QueueDoesNotExist",
    "AWS.SimpleQueueService.NonExistentQueue",
  );
  if (answer?.QueueUrl === undefined) {
    return [];
  }
  const { Tags = {} } = await client.send(new ListQueueTagsCommand({ QueueUrl: answer.QueueUrl }));
  return [{ arn: `arn:aws:sqs:${aws.region}:${aws.accountId}:${name}`, tags: Tags }];
};

export const repository: Lookup = async (aws, name) => {
  const client = aws.client(ECRClient);
  const answer = await unlessAbsent(
    client.send(new DescribeRepositoriesCommand({ repositoryNames: [name] })),
    "RepositoryNotFoundException",
  );
  const resourceArn = answer?.repositories?.[0]?.repositoryArn;
  if (resourceArn === undefined) {
    return [];
  }
  const { tags } = await client.send(new ListRepositoryTagsCommand({ resourceArn }));
  return [{ arn: resourceArn, tags: tagsOf(tags) }];
};

function ecsTags(tags: readonly EcsTag[] | undefined): Tags {
  return tagsOf(tags?.map(({ key, value }) => ({ Key: key, Value: value })));
}
