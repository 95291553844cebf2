// Two commands of the drill at the same time, each with a plan from before the other's change; and the undoing of both.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NetworkAclEntry } from "@aws-sdk/client-ec2";
import { block, planBlock } from "../../../src/operations/contain/block-ip";
import { type BlockChange, Journal, type Scale } from "../../../src/operations/contain/journal";
import { planScaleDown, scaleDown } from "../../../src/operations/contain/scale-down";
import { planUndo, undo } from "../../../src/operations/contain/undo";
import lightwave from "../../systems/lightwave-prod";

/** An account with one network ACL and one service, which refuses what EC2 refuses. */
const mockAccount = {
  entries: [] as NetworkAclEntry[],
  scale: { desiredCount: 2, suspended: null } as Scale,
};

jest.mock("../../../src/operations/live/security-groups", () => ({ vpcsNamed: async () => ["vpc-1"] }));
jest.mock("../../../src/operations/live/network-acls", () => ({
  networkAcls: async () => [{ NetworkAclId: "acl-1", Associations: [{}], Entries: [...mockAccount.entries] }],
}));
jest.mock("../../../src/operations/contain/network-acls", () => ({
  addEntry: async (_: unknown, { ruleNumber, after }: BlockChange) => {
    if (mockAccount.entries.some(({ RuleNumber }) => RuleNumber === ruleNumber)) {
      throw Object.assign(new Error(`The entry ${ruleNumber} exists.`), {
        name: "NetworkAclEntryAlreadyExists",
      });
    }
    mockAccount.entries.push(entryOf(ruleNumber, after.cidr));
  },
  removeEntry: async (_: unknown, { ruleNumber }: BlockChange) => {
    mockAccount.entries = mockAccount.entries.filter(({ RuleNumber }) => RuleNumber !== ruleNumber);
  },
}));
jest.mock("../../../src/operations/contain/scaling", () => ({
  scaleOf: async () => mockAccount.scale,
  setDesiredCount: async (_: unknown, __: unknown, desiredCount: number) => {
    mockAccount.scale = { ...mockAccount.scale, desiredCount };
  },
  setSuspension: async () => undefined,
}));

function entryOf(RuleNumber: number, CidrBlock: string): NetworkAclEntry {
  return { RuleNumber, CidrBlock, Protocol: "-1", RuleAction: "deny", Egress: false };
}

const aws = {} as Parameters<typeof block>[0];
const folder = mkdtempSync(join(tmpdir(), "at-once-"));
afterAll(() => rmSync(folder, { recursive: true }));

let file = 0;
let journal: Journal;
beforeEach(() => {
  file += 1;
  journal = new Journal({
    file: join(folder, `${file}.json`),
    account: "123456789012",
    region: "us-east-1",
    caller: "arn:aws:iam::123456789012:user/ann",
  });
  mockAccount.entries = [
    { RuleNumber: 100, CidrBlock: "0.0.0.0/0", Protocol: "-1", RuleAction: "allow", Egress: false },
  ];
  mockAccount.scale = { desiredCount: 2, suspended: null };
});

const open = () => journal.entries().filter(({ state }) => state !== "undone");

/** Undoes all that is open, the newest first; how each was found. */
async function undoAll(): Promise<string[]> {
  const found: string[] = [];
  for (const item of await planUndo(aws, [...open()].reverse(), false)) {
    found.push((await undo(aws, item, false, journal)).kind);
  }
  return found;
}

describe("two block-ip", () => {
  const first = "203.0.113.7/32";
  const second = "203.0.113.9/32";

  it("of two addresses get two numbers, and the undoing ends clean", async () => {
    const before = [...mockAccount.entries];
    const plans = await Promise.all([planBlock(aws, lightwave, first), planBlock(aws, lightwave, second)]);
    expect(plans.map(({ networkAcls }) => networkAcls)).toEqual([
      [{ networkAclId: "acl-1", status: "to-block", ruleNumber: 1 }],
      [{ networkAclId: "acl-1", status: "to-block", ruleNumber: 1 }],
    ]);
    const ended = [];
    for (const plan of plans) {
      ended.push(await block(aws, lightwave, plan, journal));
    }
    expect(
      ended.flat().map(({ status, ...rest }) => [status, "ruleNumber" in rest && rest.ruleNumber]),
    ).toEqual([
      ["to-block", 1],
      ["to-block", 2],
    ]);
    expect(mockAccount.entries).toEqual([...before, entryOf(1, first), entryOf(2, second)]);
    expect(open().map(({ state }) => state)).toEqual(["done", "done"]);

    expect(await undoAll()).toEqual(["undo", "undo"]);
    expect(mockAccount.entries).toEqual(before);
    expect(open()).toEqual([]);
  });

  it("of the same address leave one rule, and the second finds it denied already", async () => {
    const plans = [await planBlock(aws, lightwave, first), await planBlock(aws, lightwave, first)];
    for (const plan of plans) {
      await block(aws, lightwave, plan, journal);
    }
    expect(mockAccount.entries.filter(({ RuleAction }) => RuleAction === "deny")).toEqual([
      entryOf(1, first),
    ]);
    expect(await undoAll()).toEqual(["undo"]);
    expect(open()).toEqual([]);
  });

  it("where there is no number left, the second says why not", async () => {
    mockAccount.entries = [{ ...entryOf(2, "0.0.0.0/0"), RuleAction: "allow" }];
    const plans = [await planBlock(aws, lightwave, first), await planBlock(aws, lightwave, second)];
    const ended = [];
    for (const plan of plans) {
      ended.push(...(await block(aws, lightwave, plan, journal)));
    }
    expect(ended[1]).toEqual({
      networkAclId: "acl-1",
      status: "impossible",
      reason:
        "acl-1 has no free rule number below 2, where its first rule that allows something stands: give that rule a higher number first.",
    });
    expect(await undoAll()).toEqual(["undo"]);
  });

  it("keeps what EC2 refuses for another reason as it was", async () => {
    const plan = await planBlock(aws, lightwave, first);
    const push = jest.spyOn(mockAccount.entries, "push").mockImplementation(() => {
      throw Object.assign(new Error("Too many."), { name: "NetworkAclEntryLimitExceeded" });
    });
    await expect(block(aws, lightwave, plan, journal)).rejects.toThrow("Too many.");
    push.mockRestore();
    expect(await undoAll()).toEqual(["nothing"]);
    expect(open()).toEqual([]);
  });
});

describe("two scale-down", () => {
  const id = { cluster: "shop", service: "web" };
  const known = () => new Set(journal.entries().map(({ id: entry }) => entry));

  it("are one: the second finds the service changed, and the undoing brings back the first's", async () => {
    const knownThen = known();
    const [one, other] = [await planScaleDown(aws, id), await planScaleDown(aws, id)];
    if (one === undefined || other === undefined) {
      throw new Error("The service is there.");
    }
    expect(await scaleDown(aws, one, journal, knownThen)).toBe(true);
    expect(await scaleDown(aws, other, journal, knownThen)).toBe(false);
    expect(open()).toHaveLength(1);
    expect(await undoAll()).toEqual(["undo"]);
    expect(mockAccount.scale.desiredCount).toBe(2);
  });

  it("are one where the first has noted what it is about to do", async () => {
    const knownThen = known();
    const plan = await planScaleDown(aws, id);
    if (plan === undefined) {
      throw new Error("The service is there.");
    }
    const { before, after } = plan;
    await journal.intend({ action: "scale-down", ...id, before, after });
    expect(await scaleDown(aws, plan, journal, knownThen)).toBe(false);
    expect(open()).toHaveLength(1);
  });
});

it("what two undo at the same time is undone once, and is no change of somebody's", async () => {
  await block(aws, lightwave, await planBlock(aws, lightwave, "203.0.113.7/32"), journal);
  const plans = [await planUndo(aws, open(), false), await planUndo(aws, open(), false)];
  const kinds = [];
  for (const [item] of plans) {
    kinds.push(item && (await undo(aws, item, false, journal)).kind);
  }
  expect(kinds).toEqual(["undo", "nothing"]);
});
