// The command line of `traffic` and `traffic-docs`, run as a script would run it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const scratch = mkdtempSync(join(tmpdir(), "ops-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function node(program: string, args: readonly string[], environment: string | undefined) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "dist", program), ...args], {
    cwd: scratch,
    encoding: "utf8",
    env: { ...process.env, ...(environment === undefined ? {} : { ENVIRONMENT: environment }) },
  });
  return { status, stdout, stderr };
}

const ops = (args: readonly string[], environment?: string) =>
  node(join("src", "cli", "main.js"), args, environment);

beforeAll(() => {
  const { status } = spawnSync(process.execPath, [join(root, "tools", "build.mjs")]);
  expect(status).toBe(0);
});

describe("traffic", () => {
  it("prints allowed flows and denied pairs as JSON", () => {
    const { status, stdout } = ops(["traffic", "--json"], "helloapi");
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
  ])("prints %s", (format, expected) => {
    const { status, stdout } = ops(["traffic", "--format", format], "helloapi");
    expect(status).toBe(0);
    expect(stdout).toMatch(expected);
  });

  it("shows every way from one peer to another, and says by its exit code whether there is one", () => {
    const way = ops(["traffic", "--path", "internet:postgres"], "realtime-platform");
    expect(way.status).toBe(0);
    expect(way.stdout.trim().split("\n")).toEqual([
      "internet -> alb (80/tcp, 443/tcp) -> api (3001/tcp) -> postgres (5432/tcp)",
      "internet -> alb (80/tcp, 443/tcp) -> realtime (3002/tcp) -> postgres (5432/tcp)",
    ]);
    const none = ops(["traffic", "--path", "internet:workers"], "realtime-platform");
    expect(none.status).toBe(1);
    expect(none.stdout).toContain("There is no way from internet to workers");
  });

  it("reads synth output instead of the environment", () => {
    expect(node("main.js", [], "pdf-excel-prod").status).toBe(0);
    const { status, stdout } = ops(["traffic", "--from", "cdktf.out", "--json"]);
    expect(status).toBe(0);
    const { allowed } = JSON.parse(stdout);
    expect(allowed).toContainEqual({
      source: "10.0.0.0/16",
      destination: "postgres",
      port: "5432/tcp",
      description: "PostgreSQL from VPC",
    });
    const way = ops(["traffic", "--from", "cdktf.out", "--path", "internet:postgres"]);
    expect(way.stdout).toContain(
      "internet -> alb (80/tcp, 443/tcp) -> backend (8000/tcp) -> postgres (5432/tcp)",
    );
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
    [["trafic"], /unknown command/],
  ])("answers %j with exit code 2 and what is wrong", (args, message) => {
    const { status, stderr } = ops(args, "helloapi");
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  it("lists the known environments for an unknown one", () => {
    const { status, stderr } = ops(["traffic"], "nowhere");
    expect(status).toBe(2);
    expect(stderr).toContain(
      "Known: ecs-webapp, helloapi, lightwave-prod, pdf-excel-prod, realtime-platform",
    );
  });

  it("explains itself", () => {
    const { status, stdout } = ops(["traffic", "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain("--path <source:destination>");
  });
});

describe("traffic-docs", () => {
  it("finds the committed pages up to date", () => {
    const { status, stdout } = ops(["traffic-docs", "--check", "--folder", join(root, "docs", "traffic")]);
    expect(stdout).toContain("is up to date");
    expect(status).toBe(0);
  });

  it("notices a page that is out of date, missing or left over, and mends it", () => {
    const folder = join(scratch, "pages");
    expect(ops(["traffic-docs", "--folder", folder]).status).toBe(0);
    expect(readdirSync(folder)).toHaveLength(5);
    writeFileSync(join(folder, "helloapi.md"), "old");
    writeFileSync(join(folder, "gone.md"), "left over");
    const check = ops(["traffic-docs", "--check", "--json", "--folder", folder]);
    expect(check.status).toBe(1);
    expect(JSON.parse(check.stdout).outOfDate).toEqual(["helloapi.md", "gone.md"]);
    expect(readFileSync(join(folder, "helloapi.md"), "utf8")).toBe("old");
    expect(ops(["traffic-docs", "--folder", folder]).status).toBe(0);
    expect(ops(["traffic-docs", "--check", "--folder", folder]).status).toBe(0);
  });
});
