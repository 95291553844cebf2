// Whether a connection is open, by live rules alone.

import { Peer } from "../../../src/model/traffic/peer";
import { Port } from "../../../src/model/traffic/port";
import type { LiveRule } from "../../../src/operations/live/security-groups";
import { admitting } from "../../../src/operations/rules/admitted";
import { GROUP_IDS, liveRule } from "../live-rules";

const FLOW = { source: Peer.group("django"), destination: Peer.group("postgres"), port: Port.tcp(5432) };
const OUT = liveRule({
  id: "sgr-out",
  groupId: "sg-django",
  direction: "egress",
  protocol: "-1",
  fromPort: -1,
  toPort: -1,
  peer: { kind: "cidr", cidr: "0.0.0.0/0" },
});

function through(live: readonly LiveRule[], flow: Parameters<typeof admitting>[0] = FLOW): string[] {
  const prefixLists = new Map([
    ["pl-inside", ["192.0.2.0/24", "10.0.64.0/24"]],
    ["pl-outside", ["192.0.2.0/24", "2600:1f00::/24"]],
    ["pl-empty", []],
  ]);
  const situation = { live, groupIds: GROUP_IDS, vpcCidr: "10.0.0.0/16", prefixLists };
  return admitting(flow, situation).map(({ id }) => id);
}

it("is open through the rule for it", () => {
  expect(through([OUT, liveRule()])).toEqual(["sgr-1"]);
});

it.each<[string, Partial<LiveRule>]>([
  ["a wider port", { fromPort: 0, toPort: 65_535 }],
  ["any protocol", { protocol: "-1", fromPort: -1, toPort: -1 }],
  ["a block with addresses of the VPC", { peer: { kind: "cidr", cidr: "10.0.64.0/18" } }],
  ["the Internet", { peer: { kind: "cidr", cidr: "0.0.0.0/0" } }],
  ["a prefix list with addresses of the VPC", { peer: { kind: "prefix-list", id: "pl-inside" } }],
  ["a prefix list whose addresses AWS does not show", { peer: { kind: "prefix-list", id: "pl-1" } }],
])("is open through a rule for %s", (_, given) => {
  expect(through([OUT, liveRule(given)])).toEqual(["sgr-1"]);
});

it.each<[string, Partial<LiveRule>]>([
  ["another port", { fromPort: 6379, toPort: 6379 }],
  ["another protocol", { protocol: "udp" }],
  ["another group's traffic", { peer: { kind: "group", groupId: "sg-alb" } }],
  ["another group", { groupId: "sg-redis" }],
  ["the other direction", { direction: "egress" }],
  ["a block outside the VPC", { peer: { kind: "cidr", cidr: "192.0.2.0/24" } }],
  ["a prefix list with no address of the VPC", { peer: { kind: "prefix-list", id: "pl-outside" } }],
  ["a prefix list without addresses", { peer: { kind: "prefix-list", id: "pl-empty" } }],
  ["an IPv6 block", { peer: { kind: "cidr", cidr: "::/0" } }],
])("is closed where there is a rule for %s only", (_, given) => {
  expect(through([OUT, liveRule(given)])).toEqual([]);
});

it("is closed where the source may not open it", () => {
  expect(through([liveRule()])).toEqual([]);
  expect(through([{ ...OUT, protocol: "tcp", fromPort: 443, toPort: 443 }, liveRule()])).toEqual([]);
  expect(through([{ ...OUT, peer: { kind: "group", groupId: "sg-redis" } }, liveRule()])).toEqual([]);
});

it("needs no egress rule for a source outside", () => {
  const flow = { ...FLOW, source: Peer.cidr("203.0.113.7/32") };
  const rule = liveRule({ peer: { kind: "cidr", cidr: "203.0.113.0/24" } });
  expect(through([rule], flow)).toEqual(["sgr-1"]);
  expect(through([liveRule()], flow)).toEqual([]);
});
