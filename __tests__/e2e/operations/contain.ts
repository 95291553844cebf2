// `contain` and its undo, which must return the account to where it was.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeContainSearches } from "./contain-searches";
import { type Drill, startDrill } from "./drill";
import { beHealthy } from "./healthy-platform";
import type { Stage } from "./stage";

const OPEN = ["100 allow -1 0.0.0.0/0", "32767 deny -1 0.0.0.0/0"];

export function describeContain(stage: () => Stage): void {
  describe("contain", () => {
    let drill: Drill;
    let folder: string;
    let journal: string;

    beforeEach(() => {
      beHealthy(stage().proxy);
      drill = startDrill(stage().emulator.endpoint);
      folder = mkdtempSync(join(tmpdir(), "contain-"));
      journal = join(folder, "journal.json");
    });

    afterEach(async () => {
      await drill.tidyNetworkAcls();
      drill.dispose();
      rmSync(folder, { recursive: true });
    });

    const contain = (...args: readonly string[]) =>
      stage().ops("contain", ...args, "--journal", journal, "--json");
    const entries = (): { id: string; state: string }[] => JSON.parse(readFileSync(journal, "utf8")).entries;

    it("blocks an address at every network ACL that a subnet has, before what is allowed; undo takes all back", async () => {
      const second = await drill.makeNetworkAcl({ withSubnet: true });
      await drill.addEntry(second, { RuleNumber: 1, CidrBlock: "198.51.100.0/24", RuleAction: "deny" });
      await drill.addEntry(second, { RuleNumber: 3, CidrBlock: "0.0.0.0/0", RuleAction: "allow" });
      const unused = await drill.makeNetworkAcl({ withSubnet: false });
      const before = await drill.describe();
      const [original, data] = await drill.platformAcls();

      const blocked = await contain("block-ip", "203.0.113.7", "--yes");
      expect(blocked).toMatchObject({
        exitCode: 0,
        json: {
          command: "contain block-ip",
          ok: true,
          cidr: "203.0.113.7/32",
          networkAcls: [
            { networkAclId: original, status: "blocked", ruleNumber: 1 },
            { networkAclId: data, status: "blocked", ruleNumber: 1 },
            { networkAclId: second, status: "blocked", ruleNumber: 2 },
          ],
          refusals: [],
          journal,
        },
      });
      expect(await drill.ingress(original)).toEqual(["1 deny -1 203.0.113.7/32", ...OPEN]);
      expect((await drill.ingress(data))[0]).toBe("1 deny -1 203.0.113.7/32");
      expect(await drill.ingress(second)).toEqual([
        "1 deny -1 198.51.100.0/24",
        "2 deny -1 203.0.113.7/32",
        "3 allow -1 0.0.0.0/0",
      ]);
      expect(await drill.ingress(unused)).toEqual([]);

      const undone = await contain("undo", "--yes");
      expect(undone).toMatchObject({ exitCode: 0, json: { ok: true } });
      expect(await drill.describe()).toEqual(before);
      expect(entries().map(({ state }) => state)).toEqual(["undone", "undone", "undone"]);
    });

    it("blocks an address once: the second time says so and does nothing", async () => {
      await contain("block-ip", "203.0.113.7", "--yes");
      const blocked = await drill.describe();
      const again = await contain("block-ip", "203.0.113.7", "--yes");
      expect(again).toMatchObject({
        exitCode: 0,
        json: { networkAcls: [{ status: "blocked-already" }, { status: "blocked-already" }] },
      });
      expect(again.stderr).toContain("denied already");
      expect(await drill.describe()).toEqual(blocked);
      expect(entries()).toHaveLength(2);
      await contain("undo", "--yes");
    });

    it("blocks nowhere where one network ACL has no rule number left before what it allows", async () => {
      const second = await drill.makeNetworkAcl({ withSubnet: true });
      await drill.addEntry(second, { RuleNumber: 1, CidrBlock: "0.0.0.0/0", RuleAction: "allow" });
      const before = await drill.describe();
      const { exitCode, json } = await contain("block-ip", "203.0.113.7", "--yes");
      expect(exitCode).toBe(1);
      expect(json).toMatchObject({
        ok: false,
        refusals: [expect.stringContaining(`${second} has no free rule number below 1`)],
      });
      expect(await drill.describe()).toEqual(before);
      expect(existsSync(journal)).toBe(false);
    });

    it("scales a service down with its autoscaling, and undo returns both", async () => {
      const before = await drill.describe();
      const down = await contain("scale-down", "django", "--yes");
      expect(down).toMatchObject({
        exitCode: 0,
        json: { ok: true, service: "django", status: "scaled-down" },
      });
      expect(await drill.describe()).toMatchObject({
        services: [{ desiredCount: 0 }],
        targets: [
          {
            MinCapacity: 2,
            MaxCapacity: 10,
            SuspendedState: {
              DynamicScalingInSuspended: true,
              DynamicScalingOutSuspended: true,
              ScheduledScalingSuspended: true,
            },
          },
        ],
      });
      expect(await contain("scale-down", "django", "--yes")).toMatchObject({
        exitCode: 0,
        json: { status: "down-already" },
      });
      expect(entries()).toHaveLength(1);
      expect(await contain("undo", "--yes")).toMatchObject({ exitCode: 0, json: { ok: true } });
      expect(await drill.describe()).toEqual(before);
    });

    it("undoes what an interruption has cut in two, wherever it did", async () => {
      const before = await drill.describe();
      const { proxy } = stage();
      const never = () => new Promise<never>(() => undefined);
      // Done in the account, and the answer is lost.
      proxy.answer("ec2:CreateNetworkAclEntry", (_, forward) => forward().then(never));
      const block = await contain("block-ip", "203.0.113.7", "--yes", "--timeout", "10s");
      expect(block).toMatchObject({ exitCode: 3, json: { error: { kind: "timed-out" } } });
      // Begun, and never done.
      proxy.answer("ec2:CreateNetworkAclEntry", never);
      await contain("block-ip", "203.0.113.9", "--yes", "--timeout", "10s");
      // Half of it done.
      proxy.answer("ecs:UpdateService", never);
      await contain("scale-down", "django", "--yes", "--timeout", "10s");
      beHealthy(proxy);
      expect(entries().map(({ state }) => state)).toEqual(["intended", "intended", "intended"]);
      // Tried again, at the rule number that the second one did not come to, and where neither has come to.
      const again = await contain("block-ip", "203.0.113.9", "--yes");
      expect(again).toMatchObject({
        exitCode: 0,
        json: { networkAcls: [{ ruleNumber: 2 }, { ruleNumber: 1 }] },
      });

      const undone = await contain("undo", "--yes");
      expect(undone).toMatchObject({
        exitCode: 0,
        json: {
          entries: [
            { id: "5", outcome: "undone" },
            { id: "4", outcome: "undone" },
            { id: "3", outcome: "undone" },
            { id: "2", outcome: "nothing-to-undo" },
            { id: "1", outcome: "undone" },
          ],
        },
      });
      expect(await drill.describe()).toEqual(before);
    });

    it("leaves what somebody has changed meanwhile, unless forced", async () => {
      const before = await drill.describe();
      await contain("block-ip", "203.0.113.7", "--yes");
      await contain("scale-down", "django", "--yes");
      const [original] = await drill.platformAcls();
      await drill.removeEntry(original, 1);
      await drill.scaleTo(1);
      const { exitCode, json, stderr } = await contain("undo", "--yes");
      expect(exitCode).toBe(1);
      expect(json).toMatchObject({
        ok: false,
        entries: [
          { id: "3", outcome: "changed-meanwhile", present: "1 task, autoscaling suspended" },
          { id: "2", outcome: "undone" },
          { id: "1", outcome: "changed-meanwhile", present: "there is no such rule" },
        ],
      });
      expect(stderr).toContain("changed meanwhile");
      expect(await drill.desiredCount()).toBe(1);
      expect(entries().map(({ state }) => state)).toEqual(["done", "undone", "done"]);

      const forced = await contain("undo", "--force", "--yes");
      expect(forced).toMatchObject({
        exitCode: 0,
        json: { entries: [{ outcome: "undone" }, { outcome: "nothing-to-undo" }] },
      });
      expect(await drill.describe()).toEqual(before);
    });

    it("undoes single entries of the journal in the environment's own place", async () => {
      const place = join("incidents", "lightwave-prod.json");
      const file = join(stage().workspace.folder, place);
      rmSync(file, { force: true });
      const before = await drill.describe();
      for (const address of ["203.0.113.7", "203.0.113.9"]) {
        const { stdout } = await stage().ops("contain", "block-ip", address, "--yes");
        expect(stdout).toContain(`Noted in ${place}`);
      }
      expect(await stage().ops("contain", "undo", "7", "--yes")).toMatchObject({
        exitCode: 2,
        stderr: `Nothing open in ${place} has the id 7. Open: 4, 3, 2, 1.\n`,
      });
      for (const id of ["1", "2", "3"]) {
        await stage().ops("contain", "undo", id, "--yes");
      }
      const { json } = await stage().ops("contain", "undo", "--dry-run", "--json");
      expect(json).toMatchObject({ journal: place, entries: [{ id: "4", outcome: "to-undo" }] });
      await stage().ops("contain", "undo", "--yes");
      expect(await drill.describe()).toEqual(before);
      const { stdout } = await stage().ops("contain", "undo");
      expect(stdout).toBe(`Nothing is open in ${place}.\n`);
      rmSync(file);
    });

    it.each([
      ["in a dry run", ["--dry-run"], 0],
      ["where there is nobody to ask", [], 2],
    ])("changes nothing %s", async (_, options, exitCode) => {
      const before = await drill.describe();
      for (const command of [
        ["block-ip", "203.0.113.7"],
        ["scale-down", "django"],
      ]) {
        const run = await stage().ops("contain", ...command, "--journal", journal, ...options);
        expect(run.exitCode).toBe(exitCode);
        expect(run.stderr).toContain("othing was done");
      }
      expect(existsSync(journal)).toBe(false);
      expect(await drill.describe()).toEqual(before);

      await contain("scale-down", "django", "--yes");
      const down = await drill.describe();
      const noted = readFileSync(journal, "utf8");
      expect(await stage().ops("contain", "undo", "--journal", journal, ...options)).toMatchObject({
        exitCode,
      });
      expect(await drill.describe()).toEqual(down);
      expect(readFileSync(journal, "utf8")).toBe(noted);
      await contain("undo", "--yes");
    });

    it.each([
      ["is broken", "{", /cannot be read/],
      ["is another document", "{}", /is broken/],
      [
        "is another account's",
        JSON.stringify({ account: "210987654321", region: "us-east-1", entries: [] }),
        /of account 210987654321 in us-east-1, and this is account 123456789012/,
      ],
    ])("does nothing where the journal %s", async (_, content, reason) => {
      writeFileSync(journal, content);
      const before = await drill.describe();
      for (const command of [["block-ip", "203.0.113.7"], ["scale-down", "django"], ["undo"]]) {
        const run = await stage().ops("contain", ...command, "--journal", journal, "--yes");
        expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(reason) });
      }
      expect(readFileSync(journal, "utf8")).toBe(content);
      expect(await drill.describe()).toEqual(before);
    });

    it.each([
      [
        "an address of the VPC",
        ["block-ip", "10.0.1.5"],
        "10.0.1.5/32 and the VPC's own 10.0.0.0/16 overlap",
      ],
      ["the whole Internet", ["block-ip", "0.0.0.0/0"], "overlap"],
      ["what is no block", ["block-ip", "203.0.113.7/24"], "Write the block's first address: 203.0.113.0/24"],
      ["an unknown service", ["scale-down", "web"], 'There is no service "web". Known: django.'],
      ["an unknown service's log", ["logs", "web"], 'There is no service "web". Known: django.'],
      ["a broken pattern", ["logs", "django", "--pattern", "("], "Invalid regular expression"],
      ["more than CloudTrail's history", ["changes", "--since", "91d"], "reaches back 90 days"],
      ["a command that is not there", ["panic"], "unknown command 'panic'"],
    ])("refuses %s", async (_, args, reason) => {
      const run = await stage().ops("contain", ...args);
      expect(run).toMatchObject({ exitCode: 2, stdout: "" });
      expect(run.stderr).toContain(reason);
    });

    describeContainSearches(stage, () => drill);
  });
}
