// The command `module-moves`: a moved block for each resource of a stack, whichever format it was written in.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addPlatform } from "../../src/stacks/platform";
import { createApp, synthesize } from "../../src/terraform/synthesize";
import { runOps } from "../support/run-ops";
import { systems } from "../support/systems";

const scratch = mkdtempSync(join(tmpdir(), "module-moves-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const run = (...args: string[]) => runOps(["module-moves", ...args], { ENVIRONMENT: "helloapi" });

describe.each(["json", "hcl"])("of %s", (format) => {
  const output = join(scratch, format);

  beforeAll(() => {
    const environment = systems.load("helloapi");
    const app = createApp({ outdir: output, hcl: format === "hcl" });
    addPlatform(app, environment);
    synthesize(app, environment.name);
  });

  it("says of each resource that it is the module's", async () => {
    const { status, stdout } = await run("security-group-rules", "--output", output);
    expect(status).toBe(0);
    // As docs/traffic/helloapi.md lists them.
    expect(stdout.match(/^ {2}from = .*$/gm)?.map((line) => line.slice(9))).toEqual([
      "aws_vpc_security_group_egress_rule.alb-to-api-8000-tcp",
      "aws_vpc_security_group_ingress_rule.api-from-alb-8000-tcp",
      "aws_vpc_security_group_ingress_rule.postgres-from-api-5432-tcp",
    ]);
    expect(stdout).toContain(
      [
        "moved {",
        "  from = aws_vpc_security_group_ingress_rule.postgres-from-api-5432-tcp",
        "  to   = module.security_group_rules.aws_vpc_security_group_ingress_rule.postgres-from-api-5432-tcp",
        "}",
      ].join("\n"),
    );
    const { stdout: ofDjango } = await run("django", "--output", output, "--module", "shop", "--json");
    expect(JSON.parse(ofDjango)).toContainEqual({ from: "aws_vpc.main", to: "module.shop.aws_vpc.main" });
  });

  it("says where there is no such stack, and what is no name", async () => {
    const none = await run("registry", "--output", output);
    expect([none.status, none.stderr]).toEqual([
      2,
      expect.stringContaining('There is no stack "registry" in'),
    ]);
    const misnamed = await run("django", "--output", output, "--module", "1 shop");
    expect([misnamed.status, misnamed.stderr]).toEqual([
      2,
      expect.stringContaining(
        '"1 shop" is no name of a module: write letters, digits, underscores and hyphens.',
      ),
    ]);
  });
});
