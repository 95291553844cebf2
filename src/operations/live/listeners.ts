// The ports on which a load balancer listens.
import {
  ElasticLoadBalancingV2Client,
  type Listener,
  paginateDescribeListeners,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { AwsSession } from "../aws/session";

/** Every listener of a load balancer. */
export async function liveListeners(aws: AwsSession, LoadBalancerArn: string): Promise<Listener[]> {
  const listeners: Listener[] = [];
  for await (const { Listeners = [] } of paginateDescribeListeners(
    { client: aws.client(ElasticLoadBalancingV2Client) },
    { LoadBalancerArn },
  )) {
    listeners.push(...Listeners);
  }
  return listeners;
}
