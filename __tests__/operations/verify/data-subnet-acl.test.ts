// Whether the data subnets' network ACL holds the rules that follow from the flows, and no others.

import type { NetworkAcl, NetworkAclEntry } from "@aws-sdk/client-ec2";
import { modelOf } from "../../../src/model/model";
import { type AclFacts, judgeDataSubnetAcl } from "../../../src/operations/verify/data-subnet-acl";
import { allOptions } from "../../support/all-options";
import { environment } from "./fixtures";

const TCP = "6";

const entry = (
  RuleNumber: number,
  CidrBlock: string,
  [From, To]: readonly [number, number],
  rest: Partial<NetworkAclEntry> = {},
): NetworkAclEntry => ({
  RuleNumber,
  RuleAction: "allow",
  Egress: false,
  Protocol: TCP,
  CidrBlock,
  PortRange: { From, To },
  ...rest,
});

const everything = (RuleNumber: number, rest: Partial<NetworkAclEntry>): NetworkAclEntry => ({
  RuleNumber,
  RuleAction: "deny",
  Egress: false,
  Protocol: "-1",
  CidrBlock: "0.0.0.0/0",
  ...rest,
});

/** As Terraform makes them for lightwave-prod, and the last ones of every network ACL. */
const ENTRIES: readonly NetworkAclEntry[] = [
  entry(100, "10.0.64.0/21", [5432, 5432]),
  entry(105, "10.0.72.0/21", [5432, 5432]),
  entry(110, "10.0.64.0/21", [6379, 6379]),
  entry(115, "10.0.72.0/21", [6379, 6379]),
  entry(120, "10.0.128.0/21", [1024, 65_535]),
  entry(125, "10.0.136.0/21", [1024, 65_535]),
  entry(100, "10.0.64.0/21", [1024, 65_535], { Egress: true }),
  entry(105, "10.0.72.0/21", [1024, 65_535], { Egress: true }),
  entry(110, "10.0.128.0/21", [1024, 65_535], { Egress: true }),
  entry(115, "10.0.136.0/21", [1024, 65_535], { Egress: true }),
  everything(32_767, {}),
  everything(32_767, { Egress: true }),
];

const subnets: AclFacts["subnets"] = [
  { SubnetId: "subnet-a", CidrBlock: "10.0.128.0/21" },
  { SubnetId: "subnet-b", CidrBlock: "10.0.136.0/21" },
  { SubnetId: "subnet-private", CidrBlock: "10.0.64.0/21" },
];

const acl = (NetworkAclId: string, name: string, ids: readonly string[], Entries: NetworkAclEntry[]) =>
  ({
    NetworkAclId,
    Tags: [{ Key: "Name", Value: name }],
    Associations: ids.map((SubnetId) => ({ SubnetId })),
    Entries,
  }) satisfies NetworkAcl;

const OPEN = acl("acl-default", "", ["subnet-private"], [everything(100, { RuleAction: "allow" })]);
const own = (entries: readonly NetworkAclEntry[]) =>
  acl("acl-data", "lightwave-django-prod-data", ["subnet-a", "subnet-b"], [...entries]);

function judge(entries: readonly NetworkAclEntry[], facts: Partial<AclFacts> = {}) {
  return judgeDataSubnetAcl(modelOf(environment), {
    name: "lightwave-prod",
    subnets,
    networkAcls: [OPEN, own(entries)],
    ...facts,
  });
}

const DEPLOY = "ENVIRONMENT=lightwave-prod npx cdktf deploy django";
const removal = (id: string, number: number, direction: string) =>
  `aws ec2 delete-network-acl-entry --region us-east-1 --network-acl-id ${id} --rule-number ${number} --${direction}`;

const without = (direction: "ingress" | "egress", number: number) =>
  ENTRIES.filter(({ Egress, RuleNumber }) => Egress !== (direction === "egress") || RuleNumber !== number);

it("passes where its rules are those that follow from the flows, at whatever numbers", () => {
  const check = {
    id: "acl:data",
    title: "The data subnets' network ACL lets through what is declared, and nothing else",
    status: "pass",
    detail: "acl-data",
  };
  expect(judge(ENTRIES)).toEqual([check]);
  const renumbered = ENTRIES.map((each) => ({ ...each, RuleNumber: 30_000 - (each.RuleNumber ?? 0) }));
  expect(judge([...renumbered.slice(0, -2), ...ENTRIES.slice(-2)])).toEqual([check]);
});

it.each<[string, NetworkAclEntry, string]>([
  [
    "the Internet on a port",
    entry(90, "0.0.0.0/0", [5432, 5432]),
    "acl-data: rule 90 allows 5432/tcp from the Internet, which is not declared",
  ],
  [
    "the Internet by IPv6",
    { RuleNumber: 90, RuleAction: "allow", Egress: false, Protocol: "-1", Ipv6CidrBlock: "::/0" },
    "acl-data: rule 90 allows all ports from the Internet (IPv6), which is not declared",
  ],
  [
    "a declared block on more ports",
    entry(90, "10.0.64.0/21", [5432, 5439]),
    "acl-data: rule 90 allows 5432-5439/tcp from 10.0.64.0/21, which is not declared",
  ],
  [
    "a declared port by another protocol",
    entry(90, "10.0.64.0/21", [5432, 5432], { Protocol: "17" }),
    "acl-data: rule 90 allows 5432/udp from 10.0.64.0/21, which is not declared",
  ],
  [
    "a protocol without ports",
    entry(90, "10.0.64.0/21", [-1, -1], { Protocol: "1" }),
    "acl-data: rule 90 allows protocol 1 from 10.0.64.0/21, which is not declared",
  ],
])("fails where a rule allows %s, with what removes it", (_, foreign, finding) => {
  expect(judge([foreign, ...ENTRIES])).toMatchObject([
    { status: "fail", detail: `${finding}\n${removal("acl-data", 90, "ingress")}` },
  ]);
});

it("tells the two directions apart", () => {
  const out = entry(90, "10.0.64.0/21", [5432, 5432], { Egress: true });
  expect(judge([...ENTRIES, out])).toMatchObject([
    {
      status: "fail",
      detail: [
        "acl-data: rule 90 allows 5432/tcp to 10.0.64.0/21, which is not declared",
        removal("acl-data", 90, "egress"),
      ].join("\n"),
    },
  ]);
});

it("fails where a rule is missing, or one denies what a later one allows", () => {
  expect(judge(without("ingress", 110))).toMatchObject([
    {
      status: "fail",
      detail: `acl-data lacks the rule that allows 6379/tcp from 10.0.64.0/21\n${DEPLOY}`,
    },
  ]);
  expect(judge(without("egress", 100))).toMatchObject([
    {
      status: "fail",
      detail: `acl-data lacks the rule that allows 1024-65535/tcp to 10.0.64.0/21\n${DEPLOY}`,
    },
  ]);
  expect(judge([...ENTRIES, everything(7, { CidrBlock: "10.0.65.0/24" })])).toMatchObject([
    {
      status: "fail",
      detail: `acl-data: rule 7 denies all ports from 10.0.65.0/24, which is declared\n${removal("acl-data", 7, "ingress")}`,
    },
  ]);
});

it("fails where a rule of Terraform's was changed: what it was is missing, what it is now is not declared", () => {
  const changed = [...without("ingress", 100), entry(100, "10.0.0.0/16", [5432, 5432])];
  expect(judge(changed)).toMatchObject([
    {
      status: "fail",
      detail: [
        "acl-data: rule 100 allows 5432/tcp from 10.0.0.0/16, which is not declared",
        removal("acl-data", 100, "ingress"),
        "acl-data lacks the rule that allows 5432/tcp from 10.0.64.0/21",
        DEPLOY,
      ].join("\n"),
    },
  ]);
});

it("passes with a note where an address is denied besides", () => {
  const denied = [
    everything(1, { CidrBlock: "203.0.113.7/32" }),
    // After what allows the same traffic, it denies nothing of it.
    everything(200, { CidrBlock: "10.0.64.0/21" }),
    entry(2, "10.0.64.0/21", [22, 22], { RuleAction: "deny" }),
  ];
  expect(judge([...denied, ...ENTRIES])).toMatchObject([
    {
      status: "pass",
      detail: [
        "acl-data",
        "rule 1 denies all ports from 203.0.113.7/32 besides",
        "rule 200 denies all ports from 10.0.64.0/21 besides",
        "rule 2 denies 22/tcp from 10.0.64.0/21 besides",
      ].join("\n"),
    },
  ]);
});

it("fails where a data subnet has another network ACL", () => {
  const networkAcls = [
    acl("acl-default", "", ["subnet-b", "subnet-private"], [everything(100, { RuleAction: "allow" })]),
    acl("acl-data", "lightwave-django-prod-data", ["subnet-a"], [...ENTRIES]),
  ];
  expect(judge([], { networkAcls })).toMatchObject([
    {
      status: "fail",
      detail: `subnet-b (10.0.136.0/21) has acl-default, not the one named lightwave-django-prod-data\n${DEPLOY}`,
    },
  ]);
  expect(judge([], { networkAcls: [] })[0]?.detail).toContain(
    "subnet-a (10.0.128.0/21) has no network ACL, not the one named lightwave-django-prod-data",
  );
});

it("is skipped before the deployment, and silent where the environment wants no such network ACL", () => {
  expect(judge([], { subnets: [], networkAcls: [] })).toMatchObject([
    { status: "skipped", detail: "not deployed yet" },
  ]);
  const network = { ...allOptions.network, dataSubnetAcl: false };
  expect(
    judgeDataSubnetAcl(modelOf({ ...allOptions, network }), {
      name: "all-options",
      subnets,
      networkAcls: [],
    }),
  ).toEqual([]);
});
