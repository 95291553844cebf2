// The checks on zones: whether the account has them, and whether what is to stand there is to be had in them.
import { DescribeAvailabilityZonesCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  type OrderableDBInstanceOption,
  paginateDescribeOrderableDBInstanceOptions,
  RDSClient,
} from "@aws-sdk/client-rds";
import type { Environment } from "../../model/environment";
import type { AwsSession } from "../aws/session";
import { once } from "./once";
import { type PlannedCheck, skipped } from "./planned-check";
import { judgeDatabaseZones, judgeFargate, judgeZones, type ZoneFacts } from "./zones-judgement";

export function zoneChecks({ network, database, cache }: Environment): PlannedCheck[] {
  const zones = once(liveZones);
  return [
    {
      id: "zones:account",
      title: "The account has the zones",
      ask: async (aws) => judgeZones(network, await zones(aws)),
    },
    {
      id: "zones:fargate",
      title: "Fargate runs in the zones",
      ask: async (aws) => judgeFargate(network, await zones(aws), aws.region),
    },
    ...(database
      ? [
          {
            id: "zones:database",
            title: "RDS has the database's class in the zones",
            ask: async (aws: AwsSession) =>
              judgeDatabaseZones(network, database, await orderable(aws, database.instanceClass)),
          },
        ]
      : []),
    ...(cache
      ? [
          {
            id: "zones:cache",
            title: "ElastiCache has the node type in the zones",
            find: () =>
              skipped(
                `AWS says of no zone whether it has ${cache.nodeType}: where one lacks it, the deployment stops at the cache with ` +
                  "InsufficientCacheClusterCapacity.",
              ),
          },
        ]
      : []),
  ];
}

/** The zones that are open to the account. */
async function liveZones(aws: AwsSession): Promise<ZoneFacts[]> {
  const { AvailabilityZones = [] } = await aws
    .client(EC2Client)
    .send(new DescribeAvailabilityZonesCommand({}));
  return AvailabilityZones;
}

/** What RDS offers of a class, in each version of PostgreSQL. */
async function orderable(aws: AwsSession, instanceClass: string): Promise<OrderableDBInstanceOption[]> {
  const options: OrderableDBInstanceOption[] = [];
  for await (const { OrderableDBInstanceOptions = [] } of paginateDescribeOrderableDBInstanceOptions(
    { client: aws.client(RDSClient) },
    { Engine: "postgres", DBInstanceClass: instanceClass, Vpc: true },
  )) {
    options.push(...OrderableDBInstanceOptions);
  }
  return options;
}
