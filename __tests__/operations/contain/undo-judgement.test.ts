// Whether a change can be undone, for every state of the journal and of the account.
import type { NetworkAclEntry } from "@aws-sdk/client-ec2";
import type { BlockEntry, Scale, ScaleEntry } from "../../../src/operations/contain/journal";
import { entryText, judge, scaleText } from "../../../src/operations/contain/undo-judgement";

const shared = { id: "1", at: "2026-01-01T00:00:00.000Z", by: "arn" };
const blocked: BlockEntry = {
  ...shared,
  state: "done",
  action: "block-ip",
  networkAclId: "acl-1",
  ruleNumber: 7,
  before: null,
  after: { cidr: "203.0.113.7/32", protocol: "-1", ruleAction: "deny" },
};
const ON = { dynamicScalingIn: false, dynamicScalingOut: false, scheduledScaling: false };
const OFF = { dynamicScalingIn: true, dynamicScalingOut: true, scheduledScaling: true };
const scaled: ScaleEntry = {
  ...shared,
  state: "done",
  action: "scale-down",
  cluster: "cluster",
  service: "web",
  before: { desiredCount: 2, suspended: ON },
  after: { desiredCount: 0, suspended: OFF },
};
const intended = { state: "intended" } as const;

const ours: NetworkAclEntry = {
  RuleNumber: 7,
  CidrBlock: "203.0.113.7/32",
  Protocol: "-1",
  RuleAction: "deny",
  Egress: false,
};

describe("a deny entry", () => {
  it.each<[string, BlockEntry, NetworkAclEntry | null, object]>([
    ["as it was made", blocked, ours, { kind: "undo" }],
    ["gone", blocked, null, { kind: "changed", forced: "nothing" }],
    [
      "another one now",
      blocked,
      { ...ours, CidrBlock: "203.0.113.9/32" },
      { kind: "changed", forced: "undo" },
    ],
    ["allowing now", blocked, { ...ours, RuleAction: "allow" }, { kind: "changed", forced: "undo" }],
    ["intended and made", { ...blocked, ...intended }, ours, { kind: "undo" }],
    ["intended and never made", { ...blocked, ...intended }, null, { kind: "nothing" }],
    [
      "intended, and another has its number",
      { ...blocked, ...intended },
      { ...ours, Protocol: "6" },
      { kind: "changed" },
    ],
  ])("%s", (_, entry, found, verdict) => {
    expect(judge(entry, { entry: found })).toMatchObject(verdict);
  });

  it("says what is there now", () => {
    expect(judge(blocked, { entry: { ...ours, Protocol: "6", CidrBlock: "0.0.0.0/0" } }).present).toBe(
      "the rule is: deny protocol 6 from 0.0.0.0/0",
    );
    expect(judge(blocked, undefined)).toEqual({
      kind: "changed",
      present: "acl-1 does not exist",
      forced: "nothing",
    });
  });
});

describe("a scaled service", () => {
  it.each<[string, ScaleEntry, Scale, object]>([
    ["as it was left", scaled, scaled.after, { kind: "undo" }],
    ["scaled since", scaled, { desiredCount: 1, suspended: OFF }, { kind: "changed", forced: "undo" }],
    ["with autoscaling resumed since", scaled, { desiredCount: 0, suspended: ON }, { kind: "changed" }],
    ["returned by somebody", scaled, scaled.before, { kind: "changed" }],
    ["without its scalable target", scaled, { desiredCount: 0, suspended: null }, { kind: "changed" }],
    ["intended and done", { ...scaled, ...intended }, scaled.after, { kind: "undo" }],
    [
      "intended and half done",
      { ...scaled, ...intended },
      { desiredCount: 2, suspended: OFF },
      { kind: "undo" },
    ],
    ["half returned", { ...scaled, ...intended }, { desiredCount: 0, suspended: ON }, { kind: "undo" }],
    ["intended and never begun", { ...scaled, ...intended }, scaled.before, { kind: "nothing" }],
    [
      "intended, and scaled since",
      { ...scaled, ...intended },
      { desiredCount: 5, suspended: OFF },
      { kind: "changed" },
    ],
  ])("%s", (_, entry, scale, verdict) => {
    expect(judge(entry, { scale })).toMatchObject(verdict);
  });

  it("is gone", () => {
    expect(judge(scaled, undefined)).toEqual({
      kind: "changed",
      present: "web does not exist",
      forced: "nothing",
    });
  });
});

it("speaks of changes in words", () => {
  expect(entryText(blocked)).toBe("denied 203.0.113.7/32: rule 7 of acl-1");
  expect(entryText(scaled)).toBe("scaled web down from 2 tasks, autoscaling on");
  expect(scaleText({ desiredCount: 1, suspended: null })).toBe("1 task, no autoscaling");
  expect(scaleText({ desiredCount: 0, suspended: OFF })).toBe("0 tasks, autoscaling suspended");
  expect(
    scaleText({ desiredCount: 3, suspended: { ...ON, dynamicScalingOut: true, scheduledScaling: true } }),
  ).toBe("3 tasks, scaling out and scheduled scaling suspended");
});
