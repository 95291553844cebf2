// `checklist --live`, against what Terraform has deployed.
import { beHealthy } from "./healthy-platform";
import { PlatformFaults } from "./platform-faults";
import type { Stage } from "./stage";

const MET = [
  "https",
  "http-redirect",
  "debug-off",
  "database-private",
  "database-encrypted",
  "cache-encrypted",
  "backups",
  "logs",
  "security-groups",
  "network-acls",
  "image-pinned",
  "multi-az",
  "deletion-protection",
  "autoscaling",
];

const CONFIRM = ["csrf", "response-headers", "non-root", "patches", "penetration-test", "load-test"];

export function describeChecklist(stage: () => Stage): void {
  describe("checklist", () => {
    beforeEach(() => beHealthy(stage().proxy));

    it("answers from the account of lightwave-prod, and leaves the rest to a person", async () => {
      const { exitCode, json } = await stage().ops("checklist", "--live", "--json");
      expect(json).toMatchObject({
        command: "checklist",
        account: "123456789012",
        ok: true,
        source: "account",
        output: null,
        items: expect.arrayContaining([
          ...MET.map((id) => expect.objectContaining({ id, state: "met" })),
          expect.objectContaining({ id: "secrets", state: "confirm" }),
          expect.objectContaining({ id: "waf", state: "confirm" }),
          ...CONFIRM.map((id) => expect.objectContaining({ id, state: "confirm" })),
          expect.objectContaining({
            id: "database-private",
            where: ["account/aws_db_instance.lightwave-django-prod"],
          }),
        ]),
      });
      expect(exitCode).toBe(0);
    });

    it("ends with 1 where somebody has let the Internet in", async () => {
      const faults = await PlatformFaults.of(stage().emulator.endpoint);
      const list = await faults.createPrefixList("0.0.0.0/1", "128.0.0.0/1");
      const rule = await faults.admit("redis-sg", 6379, { prefixList: list });
      try {
        const { exitCode, json } = await stage().ops("checklist", "--live", "--json");
        expect(json).toMatchObject({
          items: expect.arrayContaining([
            expect.objectContaining({
              id: "security-groups",
              state: "not met",
              where: ["undeclared:redis"],
              detail: expect.stringContaining("could reach redis on 6379/tcp"),
            }),
          ]),
        });
        expect(exitCode).toBe(1);
      } finally {
        await faults.revoke("redis-sg", rule);
        await faults.deletePrefixList(list);
        faults.close();
      }
    });

    it("prints Markdown on standard output", async () => {
      const { exitCode, stdout } = await stage().ops("checklist", "--live", "--markdown");
      expect(stdout).toMatch(/^# Security checklist of lightwave-django-prod\n\nFrom the account\.\n/);
      expect(stdout).toContain("- [x] **database-encrypted**: ");
      expect(exitCode).toBe(0);
    });
  });
}
