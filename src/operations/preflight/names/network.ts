// Lookups of what stands in the network: the VPC, the load balancer, its target groups.
import { DescribeTagsCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { AwsSession } from "../../aws/session";
import { loadBalancerNamed, targetGroupNamed } from "../../live/named";
import { liveVpcs } from "../../live/security-groups";
import type { Holder } from "./judgement";
import { type Lookup, tagsOf } from "./lookup";

/** By Name tag, which the rules stack finds it by. */
export const vpc: Lookup = async (aws, name) =>
  (await liveVpcs(aws, name)).map(({ VpcId, OwnerId, Tags }) => ({
    arn: `arn:aws:ec2:${aws.region}:${OwnerId}:vpc/${VpcId}`,
    tags: tagsOf(Tags),
  }));

export const loadBalancer: Lookup = async (aws, name) =>
  tagged(aws, (await loadBalancerNamed(aws, name))?.LoadBalancerArn);

export const targetGroup: Lookup = async (aws, name) =>
  tagged(aws, (await targetGroupNamed(aws, name))?.TargetGroupArn);

async function tagged(aws: AwsSession, arn: string | undefined): Promise<Holder[]> {
  if (arn === undefined) {
    return [];
  }
  const client = aws.client(ElasticLoadBalancingV2Client);
  const { TagDescriptions } = await client.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return [{ arn, tags: tagsOf(TagDescriptions?.[0]?.Tags) }];
}
