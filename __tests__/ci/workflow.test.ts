// The workflows of GitHub Actions that deploy, and what they install: what they call is there, they hold no key, and are quiet until set up.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEPLOYED_STACKS } from "../../src/ci/permissions/state";
import { isObject, type Json, type JsonObject } from "../../src/reachability/terraform-config";

const root = join(__dirname, "..", "..");
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");

// Comes with jest, and without types.
const { safeLoad }: { safeLoad(text: string): Json } = require("js-yaml");

const text = read(".github", "workflows", "deploy-environment.yml");
const workflow = record(safeLoad(text));
const callerText = read(".github", "workflows", "deploy.yml");
const caller = record(safeLoad(callerText));
const [staging, production] = ["staging", "production"].map((stage) => record(record(caller.jobs)[stage]));
const jobs = record(workflow.jobs);
const [plan, deploy] = [record(jobs.plan), record(jobs.deploy)];
const environment = record(workflow.env);

function record(value: Json | undefined): JsonObject {
  if (!isObject(value)) {
    throw new Error(`Expected an object, found ${JSON.stringify(value)}`);
  }
  return value;
}

function steps(job: JsonObject): JsonObject[] {
  return Array.isArray(job.steps) ? job.steps.map(record) : [];
}

const commands = [plan, deploy].flatMap((job) => steps(job).flatMap(({ run }) => (run ? [String(run)] : [])));

describe("deploy-environment.yml", () => {
  it("runs npm scripts that there are, and operations that help lists", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const called = commands.join("\n");
    const npm = [...called.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, script]) => script ?? "");
    expect([...new Set(npm)].sort()).toEqual(["ops", "synth"]);
    expect(npm.filter((script) => !(script in scripts))).toEqual([]);
    const operations = [...called.matchAll(/ops -- ([\w-]+)/g)].map(([, operation]) => operation ?? "");
    expect(operations).toEqual(["preflight", "cache-user", "wait", "verify"]);
    const help = read("help");
    expect(operations.filter((operation) => !new RegExp(`^ {4}${operation} `, "m").test(help))).toEqual([]);
  });

  it("deploys the stacks that the deploy role is for, in their order, before it waits and verifies", () => {
    expect(String(environment.STACKS).split(" ")).toEqual([...DEPLOYED_STACKS]);
    const order = ["preflight", "cdktf deploy", "ops -- cache-user", "ops -- wait", "ops -- verify"].map(
      (part) => commands.findIndex((command) => command.includes(part)),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  it("deploys the environment that it is called for, which GitHub's approvals are for", () => {
    const name = "${{ inputs.environment }}";
    expect(environment.ENVIRONMENT).toBe(name);
    expect(deploy.environment).toBe(name);
    expect(deploy.concurrency).toEqual({ group: `deploy-${name}`, "cancel-in-progress": false });
  });

  it("does nothing where the roles are not named, nor for a fork's pull request", () => {
    expect(plan.if).toContain("inputs.plan-role != ''");
    expect(plan.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
    expect(deploy.if).toContain("inputs.deploy-role != ''");
    expect(deploy.if).toContain("github.ref == 'refs/heads/main'");
  });

  it("shows the plan of what is on main before it asks for approval", () => {
    expect(deploy.needs).toBe("plan");
    expect(plan.if).not.toContain("github.event_name == 'pull_request'");
    expect(plan.environment).toBeUndefined();
  });

  it("pins Terraform and the providers, and installs packages without running anything of theirs", () => {
    for (const job of [plan, deploy]) {
      const runs = steps(job).flatMap(({ run }) => (run ? [String(run)] : []));
      expect(runs.filter((run) => run.includes("npm ci"))).toEqual(["npm ci --ignore-scripts"]);
      expect(runs[0]).toContain("test -f .terraform.lock.hcl ||");
      const terraform = steps(job).find(({ uses }) => String(uses).startsWith("hashicorp/setup-terraform@"));
      expect(terraform?.with).toMatchObject({ terraform_version: "1.11.4" });
    }
    expect(commands.filter((command) => command.includes(" init "))).toEqual([
      expect.stringContaining("-lockfile=readonly"),
    ]);
  });

  it("takes its credentials by OIDC, from the role that each job is for, and keeps no key", () => {
    expect(workflow.permissions).toEqual({});
    for (const [job, input] of [
      [plan, "plan-role"],
      [deploy, "deploy-role"],
    ] as const) {
      expect(job.permissions).toEqual({ contents: "read", "id-token": "write" });
      const roles = steps(job).flatMap((step) =>
        String(step.uses).startsWith("aws-actions/") ? [record(step.with)["role-to-assume"]] : [],
      );
      expect(roles).toEqual([`\${{ inputs.${input} }}`]);
    }
    expect(text + callerText).not.toMatch(
      /secrets\.|aws-access-key-id|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY/,
    );
  });

  it("pins each action to a commit, with its version beside it", () => {
    const uses = [...text.matchAll(/uses: (.*)$/gm)].map(([, action]) => action ?? "");
    expect(uses).toHaveLength(8);
    expect(uses.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual(
      [],
    );
  });
});

describe("deploy.yml", () => {
  const given = (job: JsonObject | undefined) => record(job?.with);

  it("runs on pull requests and pushes to main, and by hand", () => {
    // YAML 1.1, which this parser speaks, takes the word "on" for a truth.
    expect(caller.true ?? caller.on).toEqual({
      pull_request: { branches: ["main"] },
      push: { branches: ["main"] },
      workflow_dispatch: null,
    });
  });

  it("calls the other for each stage, with all that it asks for, and lets it do no more than it says itself", () => {
    const { workflow_call } = record(workflow.true ?? workflow.on);
    const inputs = Object.keys(record(record(workflow_call).inputs));
    expect(caller.permissions).toEqual({});
    for (const job of [staging, production]) {
      expect(job?.uses).toBe("./.github/workflows/deploy-environment.yml");
      expect(Object.keys(given(job))).toEqual(inputs);
      expect(job?.permissions).toEqual({ contents: "read", "id-token": "write" });
    }
  });

  it("deploys staging where the repository names one, with roles of its own", () => {
    expect(staging?.if).toBe("vars.STAGING_ENVIRONMENT != ''");
    expect(given(staging)).toMatchObject({
      environment: "${{ vars.STAGING_ENVIRONMENT }}",
      "plan-role": "${{ vars.STAGING_AWS_PLAN_ROLE_ARN }}",
      "deploy-role": "${{ vars.STAGING_AWS_DEPLOY_ROLE_ARN }}",
    });
  });

  it("deploys production after staging, or alone where there is none; not after a staging that failed or has no role", () => {
    expect(production?.needs).toBe("staging");
    expect(String(production?.if).replaceAll(/\s+/g, " ")).toBe(
      "!cancelled() && (needs.staging.result == 'success' || needs.staging.result == 'skipped') && " +
        "(vars.STAGING_ENVIRONMENT == '' || vars.STAGING_AWS_DEPLOY_ROLE_ARN != '')",
    );
    expect(String(given(production).environment)).toMatch(
      /^\$\{\{ vars\.PLATFORM_ENVIRONMENT \|\| '[a-z0-9-]+' \}\}$/,
    );
    expect(given(production)).toMatchObject({
      "plan-role": "${{ vars.AWS_PLAN_ROLE_ARN }}",
      "deploy-role": "${{ vars.AWS_DEPLOY_ROLE_ARN }}",
    });
  });
});

describe("package-lock.json", () => {
  it("has the hash of each package, for other platforms, too", () => {
    const { packages } = JSON.parse(read("package-lock.json"));
    const unchecked = Object.entries<Record<string, unknown>>(packages).filter(
      ([path, { integrity, inBundle }]) =>
        path !== "" && inBundle !== true && !/^sha512-[\w+/]{86}==$/.test(String(integrity)),
    );
    expect(Object.keys(packages).length).toBeGreaterThan(500);
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });
});
