// What the account has under a name that AWS gives once.
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  type LoadBalancer,
  type TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
  type ReplicationGroup,
} from "@aws-sdk/client-elasticache";
import { type DBInstance, DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "./absent";

/** The database; `undefined` where there is none of that name. */
export async function databaseNamed(aws: AwsSession, name: string): Promise<DBInstance | undefined> {
  const answer = await unlessAbsent(
    aws.client(RDSClient).send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: name })),
    "DBInstanceNotFound",
    "DBInstanceNotFoundFault",
  );
  return answer?.DBInstances?.[0];
}

/** The cache; `undefined` where there is none of that name. */
export async function replicationGroupNamed(
  aws: AwsSession,
  name: string,
): Promise<ReplicationGroup | undefined> {
  const answer = await unlessAbsent(
    aws.client(ElastiCacheClient).send(new DescribeReplicationGroupsCommand({ ReplicationGroupId: name })),
    "ReplicationGroupNotFoundFault",
  );
  return answer?.ReplicationGroups?.[0];
}

/** The load balancer; `undefined` where there is none of that name. */
export async function loadBalancerNamed(aws: AwsSession, name: string): Promise<LoadBalancer | undefined> {
  const answer = await unlessAbsent(
    aws.client(ElasticLoadBalancingV2Client).send(new DescribeLoadBalancersCommand({ Names: [name] })),
    "LoadBalancerNotFound",
    "LoadBalancerNotFoundException",
  );
  return answer?.LoadBalancers?.[0];
}

/** The target group; `undefined` where there is none of that name. */
export async function targetGroupNamed(aws: AwsSession, name: string): Promise<TargetGroup | undefined> {
  const answer = await unlessAbsent(
    aws.client(ElasticLoadBalancingV2Client).send(new DescribeTargetGroupsCommand({ Names: [name] })),
    "TargetGroupNotFound",
    "TargetGroupNotFoundException",
  );
  return answer?.TargetGroups?.[0];
}
