// The workflow's plan, run by bash with a Terraform that only answers: what stops a deployment before anybody approves it.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Comes with jest, and without types.
const { safeLoad }: { safeLoad(text: string): Workflow } = require("js-yaml");

interface Workflow {
  readonly jobs: {
    readonly plan: { readonly steps: readonly { readonly name?: string; readonly run?: string }[] };
  };
}

const workflow = safeLoad(
  readFileSync(join(__dirname, "..", "..", ".github", "workflows", "deploy-environment.yml"), "utf8"),
);
const script = workflow.jobs.plan.steps.find(({ name }) => name === "Plan")?.run ?? "";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plan-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** @param codes what `terraform plan` ends with, by stack */
function plan(codes: Readonly<Record<string, number>>): { exitCode: number; summary: string } {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const cases = Object.entries(codes).map(
    ([stack, code]) => `*/${stack}) echo "plan of ${stack}"; exit ${code};;`,
  );
  writeFileSync(
    join(bin, "terraform"),
    `#!/bin/bash\n[ "$2" = init ] && exit 0\ncase "\${1#-chdir=}" in ${cases.join(" ")} esac\n`,
  );
  chmodSync(join(bin, "terraform"), 0o755);
  const summary = join(folder, "summary.md");
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    STACKS: "django security-group-rules",
    GITHUB_STEP_SUMMARY: summary,
  };
  let exitCode = 0;
  try {
    // As GitHub runs a step whose shell is bash.
    execFileSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], { cwd: folder, env });
  } catch (error) {
    exitCode = error instanceof Error && "status" in error ? Number(error.status) : -1;
  }
  return { exitCode, summary: readFileSync(summary, "utf8") };
}

const NOTE = "Cannot be planned before the changes of django are deployed, where it needs them.";

it("passes where nothing, or something, would change", () => {
  const { exitCode, summary } = plan({ django: 0, "security-group-rules": 2 });
  expect(exitCode).toBe(0);
  expect(summary).toBe(
    "## django\n```\nplan of django\n```\n## security-group-rules\n```\nplan of security-group-rules\n```\n",
  );
});

it("passes where the second stack needs what the first is going to make, and says so", () => {
  const { exitCode, summary } = plan({ django: 2, "security-group-rules": 1 });
  expect(exitCode).toBe(0);
  expect(summary).toContain(`## security-group-rules\n${NOTE}\n\n\`\`\`\nplan of security-group-rules`);
});

it("fails where a stack can't be planned though the one before it stands, after the plans of all", () => {
  const { exitCode, summary } = plan({ django: 0, "security-group-rules": 1 });
  expect(exitCode).toBe(1);
  expect(summary).not.toContain(NOTE);
  expect(summary).toContain("plan of security-group-rules");
});

it("fails where the first can't be planned, and shows what the others say", () => {
  const { exitCode, summary } = plan({ django: 1, "security-group-rules": 0 });
  expect(exitCode).toBe(1);
  expect(summary).toContain("plan of django");
  expect(summary).toContain("plan of security-group-rules");
});
