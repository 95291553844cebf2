// `adopt` and `rollback` refuse what they cannot work on before they ask AWS or Terraform anything.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { ops } from "../../src/cli/ops";
import { isSynthesized } from "../../src/cli/synth-output";
import type { Environment } from "../../src/model/environment";
import { addPlatform } from "../../src/stacks/platform";
import { createApp, synthesize } from "../../src/terraform/synthesize";
import { systems } from "../support/systems";

const scratch = mkdtempSync(join(tmpdir(), "rules-stack-"));
const output = join(scratch, "cdktf.out");
const stack = join(output, "stacks", "security-group-rules");

beforeAll(() => mkdirSync(stack, { recursive: true }));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs one command for lightwave-prod, and keeps what it says is wrong. */
async function run(args: readonly string[], variables: Record<string, string> = {}) {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const status = await ops(args, {
    variables,
    environments: systems,
    streams,
    interrupted: new AbortController().signal,
  });
  return { status, said: String(streams.stderr.read() ?? "").trimEnd() };
}

describe.each(["adopt", "rollback"])("%s", (command) => {
  it("says what to run where nothing is synthesized", async () => {
    const { status, said } = await run([command, "--output", join(scratch, "nothing")]);
    expect(status).toBe(2);
    expect(said).toMatch(
      /^Nothing is synthesized in .*: run "ENVIRONMENT=lightwave-prod npm run synth" first/,
    );
  });

  it("is for stacks with a state of their own", async () => {
    const environment: Environment = {
      ...systems.load("lightwave-prod"),
      terraformModule: "child",
      state: { backend: "none" },
    };
    const folder = join(scratch, "modules");
    const app = createApp({ outdir: folder });
    addPlatform(app, environment);
    synthesize(app, environment.name);
    const load = jest.spyOn(systems, "load").mockReturnValue(environment);
    try {
      const { status, said } = await run([command, "--output", folder]);
      expect(status).toBe(2);
      expect(said).toContain("child modules (terraformModule), which have no state of their own");
    } finally {
      load.mockRestore();
    }
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

describe.each(["json", "hcl"])("what a folder of %s says is compared with the environment:", (format) => {
  const folder = join(scratch, format);
  const environment = systems.load("lightwave-prod");

  beforeAll(() => {
    const app = createApp({ outdir: folder, hcl: format === "hcl" });
    addPlatform(app, environment);
    synthesize(app, environment.name);
  });

  // Tests say that it is another's, or unfinished.
  beforeEach(() => {
    writeFileSync(join(folder, "environment"), "lightwave-django-prod\n");
    rmSync(join(folder, "environment.unfinished"), { force: true });
  });

  it("the right one", () => expect(isSynthesized(folder, environment, "", "--output")).toBe(true));

  it("another's state", () => {
    const elsewhere: Environment = {
      ...environment,
      state: {
        backend: "s3",
        bucket: "states",
        region: "eu-west-1",
        createBucket: false,
        protectBucket: true,
      },
    };
    expect(() => isSynthesized(folder, elsewhere, "", "--output")).toThrow(
      "and not s3://states/lightwave-django-prod/security-group-rules.tfstate (eu-west-1).",
    );
  });

  it.each(["adopt", "rollback", "checklist"])(
    "%s refuses stacks of another than it names",
    async (command) => {
      writeFileSync(join(folder, "environment"), "helloapi\n");
      const { status, said } = await run(
        [command, command === "checklist" ? "--from" : "--output", folder, "--environment", "helloapi"],
        // Nothing gets as far as asking AWS.
        { AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_ACCESS_KEY_ID: "none", AWS_SECRET_ACCESS_KEY: "none" },
      );
      expect(said).toContain("says that it holds the stacks of helloapi, and what is in them says otherwise");
      expect(said).toContain(
        "stacks/security-group-rules: its resources are tagged as those of lightwave-django-prod, and not of helloapi.",
      );
      expect(said).toContain(
        "its state is the file ../../../terraform.lightwave-django-prod.security-group-rules.tfstate, and not the file " +
          "../../../terraform.helloapi.security-group-rules.tfstate.",
      );
      expect(said).toMatch(
        /it works on lightwave-django-prod-vpc, .*lightwave-django-prod-redis-sg, and not on .*helloapi.*vpc/,
      );
      expect(status).toBe(2);
    },
  );

  describe.each(["adopt", "rollback"])("%s", (command) => {
    it.each<[string, Record<string, string>]>([
      ["by a variable", { TF_WORKSPACE: "blue" }],
      ["by hand", {}],
    ])("refuses a workspace that was selected %s", async (_, variables) => {
      const terraform = join(folder, "stacks", "security-group-rules", ".terraform");
      mkdirSync(terraform, { recursive: true });
      writeFileSync(join(terraform, "environment"), "TF_WORKSPACE" in variables ? "default" : "blue");
      try {
        const { status, said } = await run([command, "--output", folder], variables);
        expect(said).toMatch(
          /^Terraform has the workspace "blue" selected in .*, and this is for "default", whose state/,
        );
        expect(said).toContain("say --workspace blue if you mean that one");
        expect(status).toBe(2);
        // Asked for, it goes on: no credentials here.
        const asked = await run([command, "--output", folder, "--workspace", "blue"], variables);
        expect(asked.said).not.toContain("workspace");
      } finally {
        rmSync(terraform, { recursive: true });
      }
    });
  });

  it("rollback refuses what an unfinished synth has left", async () => {
    rmSync(join(folder, "environment"));
    writeFileSync(join(folder, "environment.unfinished"), "helloapi\nlightwave-django-prod\n");
    const { status, said } = await run(["rollback", "--output", folder]);
    expect(said).toMatch(
      /^A synth has not come to its end in ".*", which may hold stacks of helloapi and of lightwave-django-prod: run /,
    );
    expect(status).toBe(2);
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
