// The load balancer's verdict on each service's tasks.

import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Environment } from "../../model/environment";
import { namesOfService } from "../../model/names/resolved";
import { isPublic } from "../../model/services";
import type { AwsSession } from "../aws/session";
import { targetGroupNamed } from "./named";

/** The targets by service; `undefined` where there is no target group. */
export type ServiceTargets = ReadonlyMap<string, readonly TargetHealthDescription[] | undefined>;

/** The services that the load balancer reaches, by key. */
export function targetServices({ services, loadBalancer }: Environment): string[] {
  return loadBalancer ? Object.keys(services).filter((key) => isPublic(services[key] ?? {})) : [];
}

/** The targets of one service; `undefined` where its target group does not exist. */
export async function liveTargets(
  aws: AwsSession,
  { names }: Environment,
  service: string,
): Promise<readonly TargetHealthDescription[] | undefined> {
  const group = await targetGroupNamed(aws, namesOfService(names, service).targetGroup);
  const TargetGroupArn = group?.TargetGroupArn;
  if (TargetGroupArn === undefined) {
    return undefined;
  }
  const { TargetHealthDescriptions = [] } = await aws
    .client(ElasticLoadBalancingV2Client)
    .send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return TargetHealthDescriptions;
}
