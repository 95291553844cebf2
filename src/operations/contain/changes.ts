// Who changed security groups: CloudTrail's event history, which keeps management events without anybody's doing.
import { setTimeout } from "node:timers/promises";
import { CloudTrailClient, paginateLookupEvents } from "@aws-sdk/client-cloudtrail";
import type { Environment } from "../../model/environment";
import { DESCRIPTION_CALLS, RULE_CALLS } from "../../model/traffic/security-group-calls";
import type { AwsSession } from "../aws/session";
import { knownAs, liveSecurityGroups, vpcsNamed } from "../live/security-groups";
import {
  type ChangeEvent,
  concerning,
  described,
  type KnownGroups,
  readEvent,
  type SecurityGroupChange,
} from "./change-event";

/** Milliseconds between two lookups: CloudTrail takes two a second in an account and region, LookupEvents API reference. */
const LOOKUP_INTERVAL = 500;

export interface ChangeSearch {
  readonly since: Date;
  /** Whether to show other security groups than those of the platform's VPC, too. */
  readonly all: boolean;
  /** Told how many calls of each kind were found. */
  readonly onLookup: (call: string, found: number) => void;
}

/** Changes to security groups, the earliest first, refused ones included. */
export async function securityGroupChanges(
  aws: AwsSession,
  environment: Environment,
  { since, all, onLookup }: ChangeSearch,
): Promise<SecurityGroupChange[]> {
  const groups = await knownGroups(aws, environment);
  const events: ChangeEvent[] = [];
  for (const call of [...RULE_CALLS, ...DESCRIPTION_CALLS]) {
    const found = await lookUp(aws, call, since);
    onLookup(call, found.length);
    events.push(...found);
  }
  return (all ? events : concerning(events, groups))
    .sort((first, second) => first.at.localeCompare(second.at))
    .map((event) => described(event, groups));
}

async function lookUp(aws: AwsSession, call: string, since: Date): Promise<ChangeEvent[]> {
  const found: ChangeEvent[] = [];
  for await (const { Events = [] } of paginateLookupEvents(
    { client: aws.client(CloudTrailClient) },
    { LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: call }], StartTime: since },
  )) {
    found.push(...Events.map(readEvent));
    await setTimeout(LOOKUP_INTERVAL, undefined, { signal: aws.signal }).catch(() =>
      aws.signal.throwIfAborted(),
    );
  }
  return found;
}

async function knownGroups(aws: AwsSession, { names }: Environment): Promise<KnownGroups> {
  const vpcIds = await vpcsNamed(aws, names.vpc);
  const keys = new Map(Object.entries(names.securityGroups).map(([key, tag]) => [tag, key]));
  const known = new Map<string, string>();
  for (const vpcId of vpcIds) {
    for (const group of await liveSecurityGroups(aws, vpcId)) {
      const name = knownAs(group);
      if (group.GroupId !== undefined) {
        known.set(group.GroupId, keys.get(name) ?? name);
      }
    }
  }
  return { vpcIds, names: known };
}
