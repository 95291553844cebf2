// What `contain undo` asks about, and what it need not ask about.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NetworkAcl } from "@aws-sdk/client-ec2";
import { runOps } from "../../support/run-ops";

const mockAcls: NetworkAcl[] = [];

jest.mock("../../../src/operations/aws/session", () => ({
  AwsSession: {
    open: async () => ({
      accountId: "123456789012",
      region: "us-east-1",
      caller: "arn:aws:iam::123456789012:user/ann",
      explain: () => undefined,
      close: () => undefined,
    }),
  },
}));
jest.mock("../../../src/operations/live/network-acls", () => ({ networkAcls: async () => mockAcls }));

const folder = mkdtempSync(join(tmpdir(), "undo-"));
const journal = join(folder, "journal.json");
afterAll(() => rmSync(folder, { recursive: true }));

const RULE = { Egress: false, RuleNumber: 1, CidrBlock: "203.0.113.7/32", Protocol: "-1" };

/** What the journal says of one entry, and which entries the network ACL has. */
function given(state: string, ...Entries: NonNullable<NetworkAcl["Entries"]>): void {
  const entry = {
    id: "1",
    at: "2026-01-01T00:00:00.000Z",
    by: "arn:aws:iam::123456789012:user/ann",
    state,
    action: "block-ip",
    networkAclId: "acl-1",
    ruleNumber: 1,
    before: null,
    after: { cidr: "203.0.113.7/32", protocol: "-1", ruleAction: "deny" },
  };
  writeFileSync(journal, JSON.stringify({ account: "123456789012", region: "us-east-1", entries: [entry] }));
  mockAcls.splice(0, mockAcls.length, { NetworkAclId: "acl-1", Entries });
}

/** Without a terminal, so that a question ends the command. */
const undo = (...options: readonly string[]) => runOps(["contain", "undo", "--journal", journal, ...options]);
const state = () => JSON.parse(readFileSync(journal, "utf8")).entries[0].state;

it("asks before it changes the account", async () => {
  given("done", { ...RULE, RuleAction: "deny" });
  const { status, stderr } = await undo();
  expect(status).toBe(2);
  expect(stderr).toContain("there is no terminal to ask on");
  expect(state()).toBe("done");
});

it("does not ask where a change never happened: it says so, and notes it", async () => {
  given("intended");
  const { status, stdout } = await undo();
  expect(status).toBe(0);
  expect(stdout).toMatch(new RegExp(`^There is nothing to undo; that is noted in ${journal}\\.\n$`));
  expect(state()).toBe("undone");
  expect(await undo()).toEqual({ status: 0, stdout: `Nothing is open in ${journal}.\n`, stderr: "" });
});

it("tells a script the same", async () => {
  given("intended");
  const { status, stdout } = await undo("--json");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, entries: [{ id: "1", outcome: "nothing-to-undo" }] });
});

it("notes nothing in a dry run", async () => {
  given("intended");
  const { status, stdout } = await undo("--dry-run");
  expect(status).toBe(0);
  expect(stdout).toMatch(/\nThere is nothing to undo\.\n$/);
  expect(state()).toBe("intended");
});

it("neither asks nor is content where somebody has changed all of it", async () => {
  given("done");
  const { status, stdout } = await undo();
  expect(status).toBe(1);
  expect(stdout).toContain("Nothing was done.\nEntry 1 (denied 203.0.113.7/32: rule 1 of acl-1) was left");
  expect(state()).toBe("done");
});
