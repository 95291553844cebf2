// The load balancer's verdict on each service's tasks.
import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Environment } from "../../config/environment";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "./absent";

/** The targets by service; `undefined` where there is no target group. */
export type ServiceTargets = ReadonlyMap<string, readonly TargetHealthDescription[] | undefined>;

/** The services that the load balancer reaches, by key. */
export function targetServices({ services, loadBalancer }: Environment): string[] {
  return loadBalancer ? Object.keys(services).filter((key) => services[key]?.port !== undefined) : [];
}

/** The targets of one service; `undefined` where its target group does not exist. */
export async function liveTargets(
  aws: AwsSession,
  { names }: Environment,
  service: string,
): Promise<readonly TargetHealthDescription[] | undefined> {
  const client = aws.client(ElasticLoadBalancingV2Client);
  const answer = await unlessAbsent(
    client.send(
      new DescribeTargetGroupsCommand({ Names: [names.services[service]?.targetGroup ?? service] }),
    ),
    "TargetGroupNotFound",
    "TargetGroupNotFoundException",
  );
  const TargetGroupArn = answer?.TargetGroups?.[0]?.TargetGroupArn;
  if (TargetGroupArn === undefined) {
    return undefined;
  }
  const { TargetHealthDescriptions = [] } = await client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn }),
  );
  return TargetHealthDescriptions;
}
