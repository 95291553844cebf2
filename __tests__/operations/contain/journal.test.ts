// The incident drill's journal, in a folder of its own.
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type BlockChange, Journal, type JournalProps } from "../../../src/operations/contain/journal";
import { JournalError } from "../../../src/operations/contain/journal-error";

const folder = mkdtempSync(join(tmpdir(), "journal-"));
const file = join(folder, "incidents", "lightwave-prod.json");

afterEach(() => rmSync(join(folder, "incidents"), { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

function journal({
  account = "123456789012",
  region = "us-east-1",
  caller = "arn:first",
  ...rest
}: Partial<JournalProps> = {}): Journal {
  return new Journal({ file, account, region, caller, ...rest });
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

it("keeps who did what and when, and how far it came", async () => {
  const first = await journal().intend(block(1));
  const second = await journal({ caller: "arn:second" }).intend(block(2));
  await journal().mark(first, "done");
  await journal({ caller: "arn:third" }).mark(second, "undone");
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

it("is for its owner alone, and leaves no draft behind", async () => {
  await journal().intend(block(1));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, "incidents"))).toEqual(["lightwave-prod.json"]);
});

it("loses nothing of another command's at the same time", async () => {
  const [one, other] = [journal(), journal()];
  const first = await one.intend(block(1));
  await other.intend(block(2));
  await one.mark(first, "done");
  expect(journal().entries()).toMatchObject([
    { id: "1", state: "done" },
    { id: "2", state: "intended" },
  ]);
});

it("waits for a command that is writing, and loses nothing of what it writes", async () => {
  await journal().intend(block(1));
  // What the other one is about to write was read before; its draft is there, and not yet the journal.
  const draft = `${file}.draft`;
  const before = JSON.parse(readFileSync(file, "utf8"));
  const entries = [...before.entries, { ...before.entries[0], id: "2" }];
  writeFileSync(draft, JSON.stringify({ ...before, entries }));
  const intending = journal().intend(block(3));
  await sleep(60);
  expect(journal().entries()).toHaveLength(1);
  renameSync(draft, file);
  expect(await intending).toMatchObject({ id: "3", ruleNumber: 3 });
  expect(journal().entries()).toMatchObject([{ id: "1" }, { id: "2" }, { id: "3", ruleNumber: 3 }]);
});

it("does not wait for ever for a command that was cut off while it wrote, and leaves what it finds", async () => {
  await journal().intend(block(1));
  const text = readFileSync(file, "utf8");
  writeFileSync(`${file}.draft`, "half");
  await expect(journal({ patience: 40 }).intend(block(2))).rejects.toThrow(
    `The journal ${file} is being written by another command, or one was cut off while it did. If none is running, ` +
      `remove ${file}.draft.`,
  );
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(readFileSync(`${file}.draft`, "utf8")).toBe("half");
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
])("refuses a file with %s, and leaves it alone", async (_, content, reason) => {
  await journal().intend(block(1));
  const text = typeof content === "string" ? content : JSON.stringify(content);
  writeFileSync(file, text);
  for (const use of [async () => journal().entries(), () => journal().intend(block(2))]) {
    await expect(use).rejects.toThrow(JournalError);
    await expect(use).rejects.toThrow(reason);
  }
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(readdirSync(join(folder, "incidents"))).toEqual(["lightwave-prod.json"]);
});

it("says where it cannot be written", async () => {
  writeFileSync(join(folder, "file"), "");
  const blocked = new Journal({ ...OWNER, caller: "arn", file: join(folder, "file", "journal.json") });
  await expect(blocked.intend(block(1))).rejects.toThrow(JournalError);
  await expect(blocked.intend(block(1))).rejects.toThrow(/cannot be written/);
});
