// The pages on restoring: their commands are a shell's, and name all that RDS would otherwise take from nowhere.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const pages = ["restore.md", "second-region.md"];

function commands(page: string): string {
  const text = readFileSync(join(__dirname, "..", "..", "docs", page), "utf8");
  return [...text.matchAll(/^```sh(?: \w+)?\n([\s\S]*?)^```$/gm)].map(([, code]) => code).join("\n");
}

it.each(pages)("a shell reads the commands of %s", (page) => {
  expect(commands(page)).not.toBe("");
  const { status, stderr } = spawnSync("bash", ["-n"], { input: commands(page), encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

// RestoreDBInstanceFromDBSnapshot API reference: what is not named is the default VPC's or RDS's own.
it.each([
  "--db-subnet-group-name",
  "--vpc-security-group-ids",
  "--db-parameter-group-name",
  "--no-publicly-accessible",
  "--deletion-protection",
  "--multi-az",
])("a restore names %s", (option) => {
  const [, restore = ""] =
    /aws rds restore-db-instance-from-db-snapshot ([\s\S]*?[^\\])\n/.exec(commands("restore.md")) ?? [];
  expect(restore).toContain(option);
});

it("no other page restores without them", () => {
  const incident = readFileSync(join(__dirname, "..", "..", "docs", "incident-response.md"), "utf8");
  expect(incident).not.toContain("aws rds restore-db-instance");
  expect(incident).toContain("(restore.md)");
});

it("the way to a switch goes by a plan that may not delete the database", () => {
  const all = commands("restore.md");
  const check = all.indexOf('index("delete")');
  expect(check).toBeGreaterThan(all.indexOf("-out=switch.tfplan"));
  expect(all.indexOf("apply -input=false switch.tfplan")).toBeGreaterThan(check);
});
