// The checks on quotas: whether the account has room for what a deployment adds.
import { DescribeAddressesCommand, EC2Client, type SecurityGroup } from "@aws-sdk/client-ec2";
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import type { Members } from "../../model/members";
import type { Model } from "../../model/model";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "../live/absent";
import { liveSecurityGroups, liveVpcs, rulesOf } from "../live/security-groups";
import { compareRules } from "../rules/compare";
import { once } from "./once";
import { isOurs, nameOf, ownVpc } from "./own-network";
import type { PlannedCheck } from "./planned-check";
import {
  fullestGroup,
  judgeQuota,
  QUOTAS,
  type Quota,
  type Usage,
  wantedAddresses,
} from "./quotas-judgement";

/** How full each quota is, and whether what the environment still lacks fits. */
export function quotaChecks({ environment, members, traffic }: Model): PlannedCheck[] {
  const allVpcs = once(liveVpcs);
  const allGroups = once(liveSecurityGroups);
  const own = async (aws: AwsSession): Promise<OwnNetwork> => {
    const vpcId = ownVpc(await allVpcs(aws), environment);
    const groups = vpcId === undefined ? [] : (await allGroups(aws)).filter(({ VpcId }) => VpcId === vpcId);
    return { vpcId, groupIds: groupIds(groups, members) };
  };
  const check = (quota: Quota, usage: (aws: AwsSession) => Promise<Usage>): PlannedCheck => ({
    id: `quota:${quota.id}`,
    title: `There is room for ${quota.what}`,
    ask: async (aws) => {
      const [limit, used] = await Promise.all([limitOf(aws, quota), usage(aws)]);
      return judgeQuota(quota, { ...used, limit, region: aws.region });
    },
  });
  return [
    check(QUOTAS.vpcs, async (aws) => ({
      used: (await allVpcs(aws)).length,
      needed: (await own(aws)).vpcId === undefined ? 1 : 0,
    })),
    check(QUOTAS.securityGroups, async (aws) => {
      const { vpcId, groupIds } = await own(aws);
      const missing = members.all.length - groupIds.size;
      // A VPC comes with a group of its own, which counts.
      return { used: (await allGroups(aws)).length, needed: missing + (vpcId === undefined ? 1 : 0) };
    }),
    check(QUOTAS.rulesPerGroup, async (aws) => {
      const { groupIds } = await own(aws);
      const live = await rulesOf(aws, [...groupIds.values()]);
      return fullestGroup(compareRules(traffic.rules(), groupIds, live), groupIds);
    }),
    check(QUOTAS.elasticIps, async (aws) => {
      const { Addresses = [] } = await aws.client(EC2Client).send(new DescribeAddressesCommand({}));
      const present = Addresses.filter((address) => isOurs(address, environment)).map(nameOf);
      const missing = wantedAddresses(environment).filter((name) => !present.includes(name));
      return { used: Addresses.length, needed: missing.length };
    }),
  ];
}

/** As much of the environment's network as stands already. */
interface OwnNetwork {
  readonly vpcId: string | undefined;
  /** IDs by group. */
  readonly groupIds: ReadonlyMap<string, string>;
}

/** The account's own limit, or AWS's default where none was ever granted. */
async function limitOf(aws: AwsSession, { serviceCode, quotaCode }: Quota): Promise<number> {
  const client = aws.client(ServiceQuotasClient);
  const question = { ServiceCode: serviceCode, QuotaCode: quotaCode };
  const granted = await unlessAbsent(
    client.send(new GetServiceQuotaCommand(question)),
    "NoSuchResourceException",
  );
  const { Quota } = granted ?? (await client.send(new GetAWSDefaultServiceQuotaCommand(question)));
  return Quota?.Value ?? 0;
}

function groupIds(groups: readonly SecurityGroup[], members: Members): ReadonlyMap<string, string> {
  return new Map(
    members.all.flatMap(({ key, groupName }): [string, string][] => {
      const id = groups.find((group) => nameOf(group) === groupName)?.GroupId;
      return id === undefined ? [] : [[key, id]];
    }),
  );
}
