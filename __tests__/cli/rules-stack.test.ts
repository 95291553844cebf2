// `adopt` and `rollback` refuse what they cannot work on before they ask AWS or Terraform anything.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { ops } from "../../src/cli/ops";
import { systems } from "../support/systems";

const scratch = mkdtempSync(join(tmpdir(), "rules-stack-"));
const output = join(scratch, "cdktf.out");
const stack = join(output, "stacks", "security-group-rules");

beforeAll(() => mkdirSync(stack, { recursive: true }));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs one command for lightwave-prod, and keeps what it says is wrong. */
async function run(args: readonly string[], variables: Record<string, string> = {}) {
  const said = jest.spyOn(console, "error").mockImplementation(() => undefined);
  try {
    const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
    const status = await ops(args, {
      variables,
      environments: systems,
      streams,
      interrupted: new AbortController().signal,
    });
    return { status, said: said.mock.calls.flat().join("\n") };
  } finally {
    said.mockRestore();
  }
}

describe.each(["adopt", "rollback"])("%s", (command) => {
  it("says what to run where nothing is synthesized", async () => {
    const { status, said } = await run([command, "--output", join(scratch, "nothing")]);
    expect(status).toBe(2);
    expect(said).toMatch(
      /^Nothing is synthesized in .*: run "ENVIRONMENT=lightwave-prod npm run synth" first/,
    );
  });

  it("looks in the folder that CDKTF_OUTDIR names", async () => {
    const { status, said } = await run([command], { CDKTF_OUTDIR: "elsewhere" });
    expect(status).toBe(2);
    expect(said).toContain("Nothing is synthesized in elsewhere/stacks/security-group-rules");
  });

  it.each(["cdk.tf.json", "cdk.tf"])("refuses another environment's %s", async (file) => {
    writeFileSync(join(output, "environment"), "helloapi\n");
    writeFileSync(join(stack, file), "");
    try {
      const { status, said } = await run([command, "--output", output]);
      expect(status).toBe(2);
      expect(said).toMatch(/holds the stacks of helloapi, and not those of lightwave-django-prod: run /);
    } finally {
      rmSync(join(stack, file));
    }
  });
});

describe("rollback", () => {
  it("lists the rules stack's flows for an unknown one", async () => {
    const { status, said } = await run(["rollback", "--flow", "postgres-from-nobody-5432-tcp"]);
    expect(status).toBe(2);
    expect(said).toBe(
      'There is no flow "postgres-from-nobody-5432-tcp". Those of the rules stack: ' +
        "django-from-alb-8000-tcp, postgres-from-django-5432-tcp, redis-from-django-6379-tcp.",
    );
  });

  it("refuses a flow that the stack django holds, with the reason", async () => {
    const { status, said } = await run(["rollback", "--flow", "alb-from-internet-443-tcp"]);
    expect(status).toBe(2);
    expect(said).toMatch(/held by the stack django, and a rollback leaves all other stacks alone/);
  });
});
