// Which live rules are Terraform's to take over, judged from facts.

import { Peer } from "../../../src/model/traffic/peer";
import { Port } from "../../../src/model/traffic/port";
import type { SecurityGroupRule } from "../../../src/model/traffic/rules";
import { judgeAdoption } from "../../../src/operations/adopt/adoption";
import type { LiveRule } from "../../../src/operations/live/security-groups";
import { compareRules } from "../../../src/operations/rules/compare";
import { GROUP_IDS, liveRule } from "../live-rules";

const RULE = "postgres-from-django-5432-tcp";
const ADDRESS = `aws_vpc_security_group_ingress_rule.${RULE}`;

const declared: SecurityGroupRule = {
  direction: "ingress",
  group: "postgres",
  peer: Peer.group("django"),
  port: Port.tcp(5432),
  description: "PostgreSQL from Django",
  holder: "security-group-rules",
  flow: RULE,
};

interface Facts {
  readonly rules?: readonly SecurityGroupRule[];
  readonly live?: readonly LiveRule[];
  readonly managed?: Readonly<Record<string, string>>;
  readonly changeDescriptions?: boolean;
}

function judge({ rules = [declared], live = [], managed = {}, changeDescriptions = false }: Facts) {
  return judgeAdoption({
    comparison: compareRules(rules, GROUP_IDS, live),
    groupIds: GROUP_IDS,
    managed: new Map(Object.entries(managed)),
    changeDescriptions,
  });
}

const NOTHING = {
  imports: [],
  alreadyManaged: [],
  otherDescription: [],
  wider: [],
  blocked: [],
  missing: [],
};

it("imports a rule that is declared, live, and in no state", () => {
  expect(judge({ live: [liveRule()] })).toEqual({
    ...NOTHING,
    imports: [{ rule: RULE, address: ADDRESS, id: "sgr-1" }],
  });
});

it("imports an egress rule to its own kind of resource", () => {
  const egress: SecurityGroupRule = {
    ...declared,
    direction: "egress",
    group: "alb",
    peer: Peer.group("django"),
    port: Port.tcp(8000),
  };
  const live = liveRule({ groupId: "sg-alb", direction: "egress", fromPort: 8000, toPort: 8000 });
  expect(judge({ rules: [egress], live: [live] }).imports).toEqual([
    {
      rule: "alb-to-django-8000-tcp",
      address: "aws_vpc_security_group_egress_rule.alb-to-django-8000-tcp",
      id: "sgr-1",
    },
  ]);
});

it("leaves alone what is Terraform's already", () => {
  expect(
    judge({ live: [liveRule({ description: "changed since" })], managed: { [ADDRESS]: "sgr-1" } }),
  ).toEqual({
    ...NOTHING,
    alreadyManaged: [{ rule: RULE, address: ADDRESS, id: "sgr-1" }],
  });
});

it("says what the next deployment makes", () => {
  expect(judge({})).toEqual({ ...NOTHING, missing: [RULE] });
});

it("reports another description, and imports such a rule only where it may be changed", () => {
  const live = [liveRule({ description: "" })];
  const otherDescription = [{ rule: RULE, id: "sgr-1", live: "", declared: "PostgreSQL from Django" }];
  expect(judge({ live })).toEqual({ ...NOTHING, otherDescription });
  expect(judge({ live, changeDescriptions: true })).toEqual({
    ...NOTHING,
    otherDescription,
    imports: [{ rule: RULE, address: ADDRESS, id: "sgr-1" }],
  });
});

it("reports a wider rule, and that the declared one is missing", () => {
  const live = [liveRule({ fromPort: 0, toPort: 65_535, description: "all of it" })];
  expect(judge({ live })).toEqual({
    ...NOTHING,
    wider: [{ rule: RULE, id: "sgr-1", traffic: "postgres <- django 0-65535/tcp", description: "all of it" }],
    missing: [RULE],
  });
});

it("does not call a rule wider that is declared itself", () => {
  const all: SecurityGroupRule = { ...declared, port: Port.tcpRange(0, 65_535), flow: "all" };
  const live = [liveRule({ fromPort: 0, toPort: 65_535 })];
  expect(judge({ rules: [declared, all], live }).wider).toEqual([]);
});

it("does not import into an address that the state has for another rule", () => {
  const { imports, blocked } = judge({ live: [liveRule()], managed: { [ADDRESS]: "sgr-old" } });
  expect(imports).toEqual([]);
  expect(blocked).toEqual([
    { rule: RULE, id: "sgr-1", reason: expect.stringContaining(`terraform state rm ${ADDRESS}`) },
  ]);
});

it("does not import a rule that the state has at another address", () => {
  const { imports, blocked } = judge({ live: [liveRule()], managed: { "aws_x.old": "sgr-1" } });
  expect(imports).toEqual([]);
  expect(blocked).toEqual([
    { rule: RULE, id: "sgr-1", reason: expect.stringContaining(`terraform state mv aws_x.old ${ADDRESS}`) },
  ]);
});

it("has nothing to do with rules that the stack django holds", () => {
  expect(judge({ rules: [{ ...declared, holder: "django" }], live: [liveRule()] })).toEqual(NOTHING);
});
