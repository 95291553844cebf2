// What a call changed at a security group's rules, in words, from the parameters that CloudTrail recorded.
import { z } from "zod";
import { portText } from "../../model/traffic/port";
import { livePort } from "../rules/compare";

/** Names a security group by its ID. */
export type NameOf = (groupId: string) => string;

/** A list as CloudTrail writes it: `{ items: [...] }`, or bare, or the only item itself; nothing is `{}`. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z.preprocess((value) => {
    if (typeof value !== "object" || value === null) {
      return value ?? [];
    }
    if ("items" in value) {
      return value.items;
    }
    return Array.isArray(value) || Object.keys(value).length > 0 ? [value].flat() : [];
  }, z.array(item));
}

const ports = {
  ipProtocol: z.string(),
  fromPort: z.number().default(-1),
  toPort: z.number().default(-1),
};

const permission = z.object({
  ...ports,
  ipRanges: listOf(z.object({ cidrIp: z.string() })),
  ipv6Ranges: listOf(z.object({ cidrIpv6: z.string() })),
  prefixListIds: listOf(z.object({ prefixListId: z.string() })),
  groups: listOf(z.object({ groupId: z.string() })),
});

const rule = z.object({
  ...ports,
  securityGroupRuleId: z.string().optional(),
  cidrIpv4: z.string().optional(),
  cidrIpv6: z.string().optional(),
  prefixListId: z.string().optional(),
  referencedGroupId: z.string().optional(),
});

const update = z.object({ securityGroupRuleId: z.string(), securityGroupRule: rule });

const answer = z.object({ revokedSecurityGroupRuleSet: listOf(rule) });

/** A call's name, and what CloudTrail recorded of it, keys in lower camel case. */
export interface RecordedCall {
  readonly event: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly answer: unknown;
}

/** The change in words; what is not understood is shown as it was recorded. */
export function changeText({ event, parameters, answer: given }: RecordedCall, nameOf: NameOf): string {
  const preposition = event.endsWith("Egress") ? "to" : "from";
  if (event === "CreateSecurityGroup" || event === "DeleteSecurityGroup") {
    const { groupName, vpcId } = parameters;
    return [groupName, vpcId && `in ${vpcId}`].filter(Boolean).join(" ");
  }
  const permissions = listOf(permission).safeParse(parameters.ipPermissions);
  if (permissions.success && permissions.data.length > 0) {
    const lines = permissions.data.map((one) => permissionText(one, preposition, nameOf));
    if (!lines.includes("")) {
      return lines.join("\n");
    }
  }
  const updates = listOf(update).safeParse(parameters.securityGroupRule);
  if (updates.success && updates.data.length > 0) {
    return updates.data
      .map(
        ({ securityGroupRuleId, securityGroupRule }) =>
          `${securityGroupRuleId} becomes ${ruleText(securityGroupRule, "with", nameOf)}`,
      )
      .join("\n");
  }
  const revoked = answer.safeParse(given);
  if (revoked.success && revoked.data.revokedSecurityGroupRuleSet.length > 0) {
    return revoked.data.revokedSecurityGroupRuleSet
      .map((one) => `${ruleText(one, preposition, nameOf)} (${one.securityGroupRuleId})`)
      .join("\n");
  }
  const { groupId: _, ...rest } = parameters;
  return JSON.stringify(rest);
}

/** One line for each peer; the empty string where there is none. */
function permissionText(
  { ipRanges, ipv6Ranges, prefixListIds, groups, ...port }: z.output<typeof permission>,
  preposition: string,
  nameOf: NameOf,
): string {
  return [
    ...ipRanges.map(({ cidrIp }) => cidrIp),
    ...ipv6Ranges.map(({ cidrIpv6 }) => cidrIpv6),
    ...prefixListIds.map(({ prefixListId }) => prefixListId),
    ...groups.map(({ groupId }) => nameOf(groupId)),
  ]
    .map((peer) => `${portsText(port)} ${preposition} ${peer}`)
    .join("\n");
}

function ruleText(
  { cidrIpv4, cidrIpv6, prefixListId, referencedGroupId, ...port }: z.output<typeof rule>,
  preposition: string,
  nameOf: NameOf,
): string {
  const peer =
    cidrIpv4 ?? cidrIpv6 ?? prefixListId ?? (referencedGroupId && nameOf(referencedGroupId)) ?? "?";
  return `${portsText(port)} ${preposition} ${peer}`;
}

function portsText({ ipProtocol, fromPort, toPort }: z.output<z.ZodObject<typeof ports>>): string {
  const port = livePort({ protocol: ipProtocol, fromPort, toPort });
  return port === undefined ? ipProtocol : portText(port);
}
