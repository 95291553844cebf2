// The commands `traffic` and `traffic-docs`: what they print, and how they end.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addPlatform } from "../../src/stacks/platform";
import { createApp, synthesize } from "../../src/terraform/synthesize";
import { runOps } from "../support/run-ops";
import { systems } from "../support/systems";

const scratch = mkdtempSync(join(tmpdir(), "ops-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const run = (args: readonly string[], environment?: string) =>
  runOps(args, environment === undefined ? {} : { ENVIRONMENT: environment });

describe("traffic", () => {
  it("prints allowed flows and denied pairs as JSON", async () => {
    const { status, stdout } = await run(["traffic", "--json"], "helloapi");
    const { environment, allowed, denied } = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(environment).toBe("helloapi");
    expect(allowed).toContainEqual({
      source: "api",
      destination: "postgres",
      port: "5432/tcp",
      description: "PostgreSQL from API",
    });
    expect(denied).toContainEqual({
      source: "internet",
      destination: "postgres",
      reason: "postgres accepts connections from api only",
    });
  });

  it.each([
    ["markdown", /^# Traffic of helloapi[\s\S]*\| alb \| api \| 8000\/tcp \| API from ALB \|/],
    ["mermaid", /^flowchart LR[\s\S]*-->\|"8000\/tcp"\|/],
    ["dot", /^digraph traffic \{[\s\S]*label="8000\/tcp"/],
    ["svg", /<svg [\s\S]*8000\/tcp[\s\S]*<\/svg>/],
    ["table", /│ alb +│ api +│ 8000\/tcp/],
  ])("prints %s", async (format, expected) => {
    const { status, stdout } = await run(["traffic", "--format", format], "helloapi");
    expect(status).toBe(0);
    expect(stdout).toMatch(expected);
  });

  it("shows every way from one peer to another, and says by its exit code whether there is one", async () => {
    const way = await run(["traffic", "--path", "internet:postgres"], "realtime-platform");
    expect(way.status).toBe(0);
    expect(way.stdout.trim().split("\n")).toEqual([
      "internet -> alb (80/tcp, 443/tcp) -> api (3001/tcp) -> postgres (5432/tcp)",
      "internet -> alb (80/tcp, 443/tcp) -> realtime (3002/tcp) -> postgres (5432/tcp)",
    ]);
    const none = await run(["traffic", "--path", "internet:workers"], "realtime-platform");
    expect(none.status).toBe(1);
    expect(none.stdout).toContain("There is no way from internet to workers");
  });

  it("reads synth output instead of the environment", async () => {
    const environment = systems.load("pdf-excel-prod");
    const out = join(scratch, "cdktf.out");
    const app = createApp({ outdir: out });
    addPlatform(app, environment);
    synthesize(app, environment.name);
    const { status, stdout } = await run(["traffic", "--from", out, "--json"]);
    expect(status).toBe(0);
    const { allowed } = JSON.parse(stdout);
    expect(allowed).toContainEqual({
      source: "10.0.0.0/16",
      destination: "postgres",
      port: "5432/tcp",
      description: "Allow VPC internal access",
    });
    const way = await run(["traffic", "--from", out, "--path", "internet:postgres"]);
    expect(way.stdout).toContain(
      "internet -> alb (80/tcp, 443/tcp) -> backend (8000/tcp) -> postgres (5432/tcp)",
    );
    // With an environment named beside it, it has to be that one's.
    const others = await run(["traffic", "--from", out, "--environment", "helloapi"]);
    expect(others.status).toBe(2);
    expect(others.stderr).toMatch(/holds the stacks of pdf-excel-prod, and not those of helloapi: run /);
    expect((await run(["traffic", "--from", out, "--environment", "pdf-excel-prod"])).status).toBe(0);
  });

  it.each([
    [
      ["traffic", "--path", "internet:mysql"],
      /one of internet, alb, api, postgres; "internet:mysql" has "mysql"/,
    ],
    [["traffic", "--path", "internet"], /source:destination/],
    [["traffic", "--from", "nowhere"], /Run "npm run synth" first/],
    [["traffic", "--format", "png"], /Allowed choices are table, markdown, mermaid, dot, svg/],
    [["traffic", "--json", "--format", "svg"], /cannot be used with/],
    [["traffic", "--path", "internet:alb", "--format", "svg"], /cannot be used with/],
    [["trafic"], /unknown command/],
  ])("answers %j with exit code 2 and what is wrong", async (args, message) => {
    const { status, stderr } = await run(args, "helloapi");
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  it("says which file is broken", async () => {
    const out = join(scratch, "broken");
    mkdirSync(join(out, "stacks", "django"), { recursive: true });
    writeFileSync(join(out, "stacks", "django", "cdk.tf.json"), "{");
    const { status, stderr } = await run(["traffic", "--from", out]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/cdk\.tf\.json is not JSON .*Run "npm run synth" again/);
  });

  it("shows what address blocks imply, too", async () => {
    const { stdout } = await run(["traffic"], "pdf-excel-prod");
    expect(stdout).toMatch(/Implied by address blocks[\s\S]*│ frontend +│ alb +│ 443\/tcp/);
  });

  it("lists the known environments for an unknown one", async () => {
    const { status, stderr } = await run(["traffic"], "nowhere");
    expect(status).toBe(2);
    expect(stderr).toContain(
      "Known: ecs-webapp, helloapi, lightwave-prod, pdf-excel-prod, realtime-platform",
    );
  });

  it("explains itself", async () => {
    const { status, stdout } = await run(["traffic", "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain("--path <source:destination>");
  });
});

describe("traffic-docs", () => {
  it("notices a page that is out of date, missing or left over, and mends it", async () => {
    const folder = join(scratch, "pages");
    expect((await run(["traffic-docs", "--folder", folder])).status).toBe(0);
    expect(readdirSync(folder)).toHaveLength(5);
    writeFileSync(join(folder, "helloapi.md"), "old");
    writeFileSync(join(folder, "gone.md"), "# Traffic of gone\n");
    writeFileSync(join(folder, "notes.md"), "# Somebody's own notes\n");
    const check = await run(["traffic-docs", "--check", "--json", "--folder", folder]);
    expect(check.status).toBe(1);
    expect(JSON.parse(check.stdout).outOfDate).toEqual(["helloapi.md", "gone.md"]);
    expect(readFileSync(join(folder, "helloapi.md"), "utf8")).toBe("old");
    expect((await run(["traffic-docs", "--folder", folder])).status).toBe(0);
    expect((await run(["traffic-docs", "--check", "--folder", folder])).status).toBe(0);
    expect(readdirSync(folder)).toContain("notes.md");
    expect(readdirSync(folder)).not.toContain("gone.md");
  });
});
