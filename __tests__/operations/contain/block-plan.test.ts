// Where a deny entry goes in a network ACL.
import type { NetworkAclEntry } from "@aws-sdk/client-ec2";
import fc from "fast-check";
import { freeRuleNumber, planAcl } from "../../../src/operations/contain/block-plan";

function entry(
  RuleNumber: number,
  RuleAction: "allow" | "deny",
  more: NetworkAclEntry = {},
): NetworkAclEntry {
  return { RuleNumber, RuleAction, CidrBlock: "0.0.0.0/0", Protocol: "-1", Egress: false, ...more };
}

const LAST = entry(32_767, "deny");

describe("freeRuleNumber", () => {
  it.each<[string, NetworkAclEntry[], number | undefined]>([
    ["the first in a VPC's default network ACL", [entry(100, "allow"), LAST], 1],
    ["the first after those that deny", [entry(1, "deny"), entry(2, "deny"), entry(100, "allow")], 3],
    ["a gap", [entry(1, "deny"), entry(3, "deny"), entry(100, "allow")], 2],
    ["the first of an empty one", [], 1],
    ["none where the first rule allows", [entry(1, "allow"), LAST], undefined],
    ["none where all before are taken", [entry(1, "deny"), entry(2, "allow")], undefined],
    ["one that an outbound rule has", [entry(1, "deny", { Egress: true }), entry(2, "allow")], 1],
    ["none that an IPv6 rule has", [ipv6(1), entry(3, "allow")], 2],
  ])("chooses %s", (_, entries, expected) => {
    expect(freeRuleNumber(entries)).toBe(expected);
  });

  it("is always free, allowed by AWS, and before everything that allows", () => {
    const entries = fc.uniqueArray(
      fc
        .tuple(
          fc.integer({ min: 1, max: 40 }),
          fc.constantFrom<["allow", "deny"]>("allow", "deny"),
          fc.boolean(),
        )
        .map(([number, action, Egress]) => entry(number, action, { Egress })),
      { selector: ({ RuleNumber, Egress }) => `${RuleNumber} ${Egress}`, maxLength: 40 },
    );
    fc.assert(
      fc.property(entries, (given) => {
        const number = freeRuleNumber(given);
        const ingress = given.filter(({ Egress }) => !Egress);
        const fits = (candidate: number) =>
          ingress.every(
            ({ RuleNumber = 0, RuleAction }) =>
              RuleNumber !== candidate && (RuleAction === "deny" || candidate < RuleNumber),
          );
        // All rules have numbers up to 40, so that one of these fits if any does.
        const possible = Array.from({ length: 41 }, (_, index) => index + 1).filter(fits);
        expect(number).toBe(possible[0]);
      }),
    );
  });
});

describe("planAcl", () => {
  const plan = (entries: NetworkAclEntry[], quota = 20) =>
    planAcl({ NetworkAclId: "acl-1", Entries: entries }, "203.0.113.7/32", quota);

  it.each<[string, NetworkAclEntry[], number]>([
    ["the same block", [entry(7, "deny", { CidrBlock: "203.0.113.7/32" }), entry(100, "allow")], 7],
    ["a wider block", [entry(8, "deny", { CidrBlock: "203.0.113.0/24" }), entry(100, "allow")], 8],
    ["everything, where nothing is allowed", [LAST], 32_767],
  ])("finds the address blocked by a rule for %s", (_, entries, ruleNumber) => {
    expect(plan(entries)).toEqual({ networkAclId: "acl-1", status: "blocked-already", ruleNumber });
  });

  it.each<[string, NetworkAclEntry]>([
    ["comes after one that allows", entry(200, "deny", { CidrBlock: "203.0.113.7/32" })],
    ["is for one protocol", entry(7, "deny", { CidrBlock: "203.0.113.7/32", Protocol: "6" })],
    ["is for a part of the block", entry(7, "deny", { CidrBlock: "203.0.113.8/32" })],
    ["is outbound", entry(7, "deny", { CidrBlock: "203.0.113.7/32", Egress: true })],
  ])("blocks the address all the same where the rule %s", (_, other) => {
    expect(plan([other, entry(100, "allow"), LAST])).toEqual({
      networkAclId: "acl-1",
      status: "to-block",
      ruleNumber: 1,
    });
  });

  it("keeps within the quota, which counts inbound IPv4 rules and the last one", () => {
    const others = Array.from({ length: 18 }, (_, index) => entry(100 + index, "allow"));
    const besides = [entry(1, "deny", { Egress: true }), ipv6(200)];
    expect(plan([...others, LAST, ...besides])).toMatchObject({ status: "to-block" });
    const full = [...others, entry(150, "allow"), LAST, ...besides];
    expect(plan(full)).toEqual({
      networkAclId: "acl-1",
      status: "impossible",
      reason:
        'acl-1 has 20 inbound IPv4 rules, and AWS\'s quota "Rules per network ACL" (L-2AEEBF1A) is 20: remove one, or have ' +
        "the quota raised and say so in quotas.rulesPerNetworkAcl.",
    });
    expect(plan(full, 40)).toMatchObject({ status: "to-block" });
  });

  it("says where there is no number left", () => {
    expect(plan([entry(1, "allow"), LAST])).toEqual({
      networkAclId: "acl-1",
      status: "impossible",
      reason:
        "acl-1 has no free rule number below 1, where its first rule that allows something stands: give that rule a higher " +
        "number first.",
    });
  });
});

function ipv6(RuleNumber: number): NetworkAclEntry {
  return { RuleNumber, RuleAction: "allow", Ipv6CidrBlock: "::/0", Protocol: "-1", Egress: false };
}
