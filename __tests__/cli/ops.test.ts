// What holds for every command that `npm run ops -- --help` lists: its help, and its answer to a mistake.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OPERATIONS } from "../../src/operations/command-policies";
import { runOps } from "../support/run-ops";

/** Every command below one, as typed: `discover`, or `group command`. */
async function listed(group: readonly string[] = []): Promise<string[][]> {
  const { stdout } = await runOps([...group, "--help"]);
  const lines = /^Commands:\n((?: {2}.*\n)+)/m.exec(stdout)?.[1] ?? "";
  const names = [...lines.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name = ""]) => name);
  const children: string[][] = [];
  for (const name of names.filter((name) => name !== "help")) {
    children.push(...(await listed([...group, name])));
  }
  return children.length === 0 ? [[...group]] : children;
}

let known: Promise<readonly string[][]> | undefined;

/** Every command; each test asks for them. */
function commands(): Promise<readonly string[][]> {
  known ??= listed();
  return known;
}

/** Those that operate an account. */
async function operating(): Promise<string[][]> {
  const found: string[][] = [];
  for (const command of await commands()) {
    const { stdout } = await runOps([...command, "--help"]);
    if (stdout.includes("--timeout")) {
      found.push(command);
    }
  }
  return found;
}

let knownOperations: Promise<readonly string[][]> | undefined;

function operations(): Promise<readonly string[][]> {
  knownOperations ??= operating();
  return knownOperations;
}

it("finds the commands", async () => {
  expect(await commands()).toEqual(
    expect.arrayContaining([["traffic"], ["traffic-docs"], ["discover"], ["wait"]]),
  );
  expect(await operations()).toEqual(expect.arrayContaining([["discover"], ["wait"]]));
});

it("has a command for each row of the table of permissions, and each has its line in help", async () => {
  const found = (await operations()).map((command) => command.join(" "));
  expect(found.sort()).toEqual([...OPERATIONS].sort());
  const help = readFileSync(join(__dirname, "..", "..", "help"), "utf8");
  for (const command of OPERATIONS) {
    const [group = "", ...drill] = command.split(" ");
    expect(help).toMatch(new RegExp(`^ {4}${group} .*${drill.join(" ")}`, "m"));
  }
});

it("every command explains itself, with examples of itself", async () => {
  for (const command of await commands()) {
    const { status, stdout, stderr } = await runOps([...command, "--help"]);
    expect({ command, status, stderr }).toEqual({ command, status: 0, stderr: "" });
    expect(stdout).toContain(`\nExamples:\n  npm run -s ops -- ${command.join(" ")}`);
    expect(stdout).toContain("--json");
  }
});

it("every operation says which options all of them have, and how it ends", async () => {
  for (const command of await operations()) {
    const { stdout } = await runOps([...command, "--help"]);
    for (const option of ["--environment <name>", "--json", "--yes", "--dry-run", "--timeout <duration>"]) {
      expect(stdout).toContain(option);
    }
    expect(stdout).toContain("Exit codes: 0 ");
  }
});

it.each([
  ["an unknown option", ["--colour"], /unknown option '--colour'/],
  ["a duration without a unit", ["--timeout", "30"], /Write a duration such as 90s, 30m, 24h or 7d\./],
  ["no duration", ["--timeout", "soon"], /Write a duration such as 90s, 30m, 24h or 7d\./],
  ["no time at all", ["--timeout", "0s"], /Write a duration such as 90s, 30m, 24h or 7d\./],
])("every operation answers %s with exit code 2", async (_, mistake, message) => {
  for (const command of await operations()) {
    const { status, stdout, stderr } = await runOps([...command, ...mistake]);
    expect({ command, status, stdout }).toEqual({ command, status: 2, stdout: "" });
    expect(stderr).toMatch(message);
  }
});

it.each([
  ["discover", ["discover", "--environment", "nowhere"], {}],
  ["wait", ["wait", "--json"], { ENVIRONMENT: "nowhere" }],
])("%s lists the known environments for an unknown one", async (_, args, variables) => {
  const { status, stdout, stderr } = await runOps(args, variables);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toBe(
    'There is no environment "nowhere". Known: ecs-webapp, helloapi, lightwave-prod, pdf-excel-prod, realtime-platform.\n' +
      "Set ENVIRONMENT to one of them, or add a file to src/environments.\n",
  );
});

it.each(["web", "constructor"])("contain lists the services for one that is not there: %s", async (key) => {
  expect(await runOps(["contain", "logs", key])).toEqual({
    status: 2,
    stdout: "",
    stderr: `There is no service "${key}". Known: django.\n`,
  });
});

it("takes an empty ENVIRONMENT for none", async () => {
  const { stdout } = await runOps(["discover", "--help"], { ENVIRONMENT: "" });
  expect(stdout).toContain('(default: "lightwave-prod")');
});

it.each([["-h"], ["contain", "undo", "-h"]])("explains itself for a short -h: %s", async (...args) => {
  const { status, stdout } = await runOps(args);
  expect(status).toBe(0);
  expect(stdout).toContain("Usage: npm run -s ops --");
});

it("does not know every command", async () => {
  const { status, stderr } = await runOps(["destroy-everything"]);
  expect(status).toBe(2);
  expect(stderr).toBe(
    "error: unknown command 'destroy-everything'\nnpm run -s ops -- --help says what there is.\n",
  );
});

it.each([
  [["trafic"], "(Did you mean traffic?)\nnpm run -s ops -- --help says"],
  [["traffic", "--jsn"], "(Did you mean --json?)\nnpm run -s ops -- traffic --help says"],
  [["contain", "undoo"], "(Did you mean undo?)\nnpm run -s ops -- contain --help says"],
])("names the nearest command or option, and where the others are listed: %s", async (args, words) => {
  const { status, stderr } = await runOps(args);
  expect(status).toBe(2);
  expect(stderr).toContain(words);
});

it("explains what there is where nothing is asked", async () => {
  const { status, stderr } = await runOps([]);
  expect(status).toBe(2);
  expect(stderr).toContain("Commands:");
});
