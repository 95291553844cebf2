// Lookups of what stands in the network: the VPC, the load balancer, its target groups.
import { EC2Client, paginateDescribeVpcs } from "@aws-sdk/client-ec2";
import {
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { AwsSession } from "../../aws/session";
import { unlessAbsent } from "../../live/absent";
import type { Holder } from "./judgement";
import { type Lookup, tagsOf } from "./lookup";

/** By Name tag, which the rules stack finds it by. */
export const vpc: Lookup = async (aws, name) => {
  const holders: Holder[] = [];
  for await (const { Vpcs = [] } of paginateDescribeVpcs(
    { client: aws.client(EC2Client) },
    { Filters: [{ Name: "tag:Name", Values: [name] }] },
  )) {
    holders.push(
      ...Vpcs.map(({ VpcId, OwnerId, Tags }) => ({
        arn: `arn:aws:ec2:${aws.region}:${OwnerId}:vpc/${VpcId}`,
        tags: tagsOf(Tags),
      })),
    );
  }
  return holders;
};

export const loadBalancer: Lookup = async (aws, name) => {
  const answer = await unlessAbsent(
    aws.client(ElasticLoadBalancingV2Client).send(new DescribeLoadBalancersCommand({ Names: [name] })),
    "LoadBalancerNotFound",
    "LoadBalancerNotFoundException",
  );
  return tagged(aws, answer?.LoadBalancers?.[0]?.LoadBalancerArn);
};

export const targetGroup: Lookup = async (aws, name) => {
  const answer = await unlessAbsent(
    aws.client(ElasticLoadBalancingV2Client).send(new DescribeTargetGroupsCommand({ Names: [name] })),
    "TargetGroupNotFound",
    "TargetGroupNotFoundException",
  );
  return tagged(aws, answer?.TargetGroups?.[0]?.TargetGroupArn);
};

async function tagged(aws: AwsSession, arn: string | undefined): Promise<Holder[]> {
  if (arn === undefined) {
    return [];
  }
  const client = aws.client(ElasticLoadBalancingV2Client);
  const { TagDescriptions } = await client.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return [{ arn, tags: tagsOf(TagDescriptions?.[0]?.Tags) }];
}
