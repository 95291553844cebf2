// The incident drill's journal, in a folder of its own.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BlockChange, Journal } from "../../../src/operations/contain/journal";
import { JournalError } from "../../../src/operations/contain/journal-error";

const folder = mkdtempSync(join(tmpdir(), "journal-"));
const file = join(folder, "incidents", "lightwave-prod.json");

afterEach(() => rmSync(join(folder, "incidents"), { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

function journal({ account = "123456789012", region = "us-east-1", caller = "arn:first" } = {}): Journal {
  return new Journal({ file, account, region, caller });
}

function block(ruleNumber: number): BlockChange {
  return {
    action: "block-ip",
    networkAclId: "acl-1",
    ruleNumber,
    before: null,
    after: { cidr: "203.0.113.7/32", protocol: "-1", ruleAction: "deny" },
  };
}

it("is empty, and no file, until something is intended", () => {
  expect(journal().entries()).toEqual([]);
  expect(existsSync(file)).toBe(false);
});

it("keeps who did what and when, and how far it came", () => {
  const first = journal().intend(block(1));
  const second = journal({ caller: "arn:second" }).intend(block(2));
  journal().mark(first, "done");
  journal({ caller: "arn:third" }).mark(second, "undone");
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
    account: "123456789012",
    region: "us-east-1",
    entries: [
      { ...block(1), id: "1", at: time, by: "arn:first", state: "done" },
      {
        ...block(2),
        id: "2",
        at: time,
        by: "arn:second",
        state: "undone",
        undone: { at: time, by: "arn:third" },
      },
    ],
  });
  expect(journal().entries()).toEqual(JSON.parse(readFileSync(file, "utf8")).entries);
});

it("is for its owner alone, and leaves no draft behind", () => {
  journal().intend(block(1));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, "incidents"))).toEqual(["lightwave-prod.json"]);
});

it("loses nothing of another command's at the same time", () => {
  const [one, other] = [journal(), journal()];
  const first = one.intend(block(1));
  other.intend(block(2));
  one.mark(first, "done");
  expect(journal().entries()).toMatchObject([
    { id: "1", state: "done" },
    { id: "2", state: "intended" },
  ]);
});

const ENTRY = { ...block(1), id: "1", at: "2026-01-01T00:00:00.000Z", by: "arn", state: "done" };
const OWNER = { account: "123456789012", region: "us-east-1" };

it.each<[string, unknown, RegExp]>([
  ["no JSON", "{", /cannot be read/],
  ["no journal", [], /is broken/],
  [
    "an unknown state",
    { ...OWNER, entries: [{ ...ENTRY, state: "half" }] },
    /is broken.*entries\[0\]\.state/s,
  ],
  [
    "an unknown action",
    { ...OWNER, entries: [{ ...ENTRY, action: "panic" }] },
    /is broken.*entries\[0\]\.action/s,
  ],
  ["one id twice", { ...OWNER, entries: [ENTRY, ENTRY] }, /is broken.*same id/s],
  [
    "another account",
    { ...OWNER, account: "210987654321", entries: [] },
    /of account 210987654321 in us-east-1/,
  ],
  ["another region", { ...OWNER, region: "eu-west-1", entries: [] }, /of account 123456789012 in eu-west-1/],
])("refuses a file with %s, and leaves it alone", (_, content, reason) => {
  journal().intend(block(1));
  const text = typeof content === "string" ? content : JSON.stringify(content);
  writeFileSync(file, text);
  for (const use of [() => journal().entries(), () => journal().intend(block(2))]) {
    expect(use).toThrow(JournalError);
    expect(use).toThrow(reason);
  }
  expect(readFileSync(file, "utf8")).toBe(text);
});

it("says where it cannot be written", () => {
  writeFileSync(join(folder, "file"), "");
  const blocked = new Journal({ ...OWNER, caller: "arn", file: join(folder, "file", "journal.json") });
  expect(() => blocked.intend(block(1))).toThrow(/cannot be written/);
});
