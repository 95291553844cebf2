// How the Terraform CLI is run: a small program stands in for it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformFailure } from "../../../src/operations/terraform/failure";
import { runTerraform, type TerraformSettings } from "../../../src/operations/terraform/run";

const folder = mkdtempSync(join(tmpdir(), "run-test-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program in place of Terraform. */
function run(program: string, settings: Partial<TerraformSettings> = {}, onLine?: (line: string) => void) {
  const script = join(folder, "plan");
  writeFileSync(script, program);
  return runTerraform(
    {
      binary: process.execPath,
      folder,
      variables: { GIVEN: "given" },
      signal: new AbortController().signal,
      ...settings,
    },
    [script, "-input=false"],
    onLine,
  );
}

/** Runs a program, and interrupts it as soon as it has said that it is there. */
function interrupted(program: string, settings: Partial<TerraformSettings> = {}) {
  const controller = new AbortController();
  const lines: string[] = [];
  const ended = run(program, { signal: controller.signal, ...settings }, (line) => {
    lines.push(line);
    if (line === "ready") {
      controller.abort(new Error("time is up"));
    }
  });
  return { ended, lines };
}

it("gives its standard output, as it comes and in the end, in the folder and with the variables", async () => {
  const lines: string[] = [];
  const output = await run(
    'console.log(process.cwd() === process.env.PWD_GIVEN); console.log(process.env.GIVEN); console.error("no")',
    { variables: { GIVEN: "given", PWD_GIVEN: folder } },
    (line) => lines.push(line),
  );
  expect(output).toBe("true\ngiven");
  expect(lines).toEqual(["true", "given"]);
});

it("fails with the last lines that it said on standard error", async () => {
  const program =
    'for (let i = 1; i <= 40; i++) console.error("line " + i); console.log("out"); process.exitCode = 1';
  const failure: unknown = await run(program).catch((error) => error);
  expect(failure).toBeInstanceOf(TerraformFailure);
  expect(failure).toMatchObject({ kind: "failed" });
  const lines = String(failure).split("\n");
  expect(lines[0]).toMatch(/^TerraformFailure: ".*plan" failed in .*run-test-.*\. It says:$/);
  expect(lines.slice(1)).toEqual(Array.from({ length: 30 }, (_, index) => `line ${index + 11}`));
});

it("says what to install where there is no such program", async () => {
  await expect(run("", { binary: "no-such-terraform" })).rejects.toMatchObject({
    kind: "not-installed",
    message: expect.stringMatching(
      /^"no-such-terraform" cannot be started \(ENOENT\): .*TERRAFORM_BINARY_NAME/,
    ),
  });
});

it("is interrupted once, and may finish what it does", async () => {
  const { ended, lines } = interrupted(`
    let interrupts = 0;
    process.on("SIGINT", () => {
      interrupts += 1;
      setTimeout(() => { console.log("stopped by " + interrupts); process.exit(0); }, 100);
    });
    setInterval(() => undefined, 1000);
    console.log("ready");
  `);
  await expect(ended).rejects.toThrow("time is up");
  expect(lines).toEqual(["ready", "stopped by 1"]);
});

it("is interrupted again when it takes too long", async () => {
  const { ended, lines } = interrupted(
    `
      let interrupts = 0;
      process.on("SIGINT", () => {
        interrupts += 1;
        if (interrupts === 2) { console.log("stopped by 2"); process.exit(1); }
      });
      setInterval(() => undefined, 1000);
      console.log("ready");
    `,
    { grace: 50 },
  );
  await expect(ended).rejects.toThrow("time is up");
  expect(lines).toEqual(["ready", "stopped by 2"]);
});

it("is not started when time is up already", async () => {
  const controller = new AbortController();
  controller.abort(new Error("time is up"));
  const lines: string[] = [];
  const ended = run('console.log("ready")', { signal: controller.signal }, (line) => lines.push(line));
  await expect(ended).rejects.toThrow("time is up");
  expect(lines).toEqual([]);
});
