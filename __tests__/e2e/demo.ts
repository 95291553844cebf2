// `npm run demo`: the way from an environment file to rules in EC2, made visible on this machine, for free. With --keep, the
// platform stays up, so that the operations can be tried on it.
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { Listr } from "listr2";
import { UnknownEnvironmentError } from "../../src/project/environments";
import { childEnvironment } from "./support/child-environment";
import { ec2Client, findVpc, type ObservedRule, securityGroupRules } from "./support/ec2";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { createOutsideSecrets } from "./support/outside-secrets";
import { MissingPrerequisites, requirePrerequisites } from "./support/prerequisites";
import { project, projectFolder } from "./support/project";
import { createWorkspace, type Workspace } from "./support/workspace";

interface Context {
  emulator?: Emulator;
  workspace?: Workspace;
  rules: readonly ObservedRule[];
}

const {
  values: { keep = false },
} = parseArgs({ options: { keep: { type: "boolean" } } });
const name = chosenEnvironment();

function chosenEnvironment(): string {
  try {
    return project.choose(process.env.ENVIRONMENT);
  } catch (error) {
    if (!(error instanceof UnknownEnvironmentError)) {
      throw error;
    }
    console.error(error.message);
    return process.exit(1);
  }
}

/** What a task has made, for the tasks after it. */
function made<Value>(value: Value | undefined): Value {
  if (value === undefined) {
    throw new Error("An earlier step did not finish.");
  }
  return value;
}

async function readRules({ endpoint }: Emulator): Promise<readonly ObservedRule[]> {
  const client = ec2Client(endpoint);
  try {
    const vpc = await findVpc(client, project.load(name).names.vpc);
    return vpc === undefined ? [] : await securityGroupRules(client, vpc);
  } finally {
    client.destroy();
  }
}

function rulesTable(rules: readonly ObservedRule[]): string {
  const table = new Table({
    head: ["Group", "Direction", "Peer", "Port", "Why"],
    style: { head: [], border: [] },
  });
  for (const { group, direction, peer, fromPort, toPort, protocol, description } of rules) {
    const range = fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
    const port = protocol === "-1" ? "all" : `${range}/${protocol}`;
    table.push([group, direction, peer, port, description ?? ""]);
  }
  return table.toString();
}

/** Deploys, and shows Terraform's latest line while it does. */
const tasks = new Listr<Context>(
  [
    {
      title: "Start the AWS emulator",
      task: async (context, task) => {
        context.emulator = await startEmulator();
        task.title = `Start the AWS emulator, at ${context.emulator.endpoint}`;
      },
    },
    {
      title: `Deploy ${name}: TF_VAR_health_check_grace_seconds=600 npx cdktf deploy django security-group-rules`,
      task: async (context, task) => {
        const environment = project.load(name);
        const { state } = environment;
        await createOutsideSecrets(made(context.emulator).endpoint, environment);
        context.workspace = await createWorkspace({
          emulator: made(context.emulator),
          environment: name,
          variables: { TF_VAR_health_check_grace_seconds: "600" },
          app: `node ${JSON.stringify(join(projectFolder(), "tools", "run.mjs"))} app`,
          onOutput: (text) => {
            const lines = text.split("\n").filter((line) => line.trim() !== "");
            task.output = lines.at(-1)?.trim() ?? task.output;
          },
        });
        if (state.backend === "s3" && state.createBucket) {
          await context.workspace.deploy(["state-backend"]);
        }
        await context.workspace.deploy(["django", "security-group-rules"]);
      },
    },
    {
      title: "Read the rules back from the EC2 API",
      task: async (context) => {
        context.rules = await readRules(made(context.emulator));
      },
    },
    {
      title: "Plan again: no changes",
      task: async (context) => {
        for (const stack of ["django", "security-group-rules"]) {
          const { exitCode } = await made(context.workspace).plan(stack);
          if (exitCode !== 0) {
            throw new Error(`Terraform would change something in ${stack}.`);
          }
        }
      },
    },
    {
      title: "Take it down: npx cdktf destroy security-group-rules django",
      enabled: () => !keep,
      task: async (context) => {
        const workspace = made(context.workspace);
        await workspace.deploy(["django"], "--var", "deletion_protection=false");
        await workspace.destroy(["security-group-rules", "django"]);
        const left = await leftovers(made(context.emulator).endpoint);
        if (left.length > 0) {
          throw new Error(`Left behind: ${left.join(", ")}`);
        }
      },
    },
  ],
  {
    concurrent: false,
    rendererOptions: { collapseErrors: false },
    fallbackRendererCondition: () => !process.stdout.isTTY,
  },
);

/** What to type in another terminal to operate what stays up. */
function kept({ endpoint }: Emulator, { folder }: Workspace): string {
  const stage = join(folder, "stage.json");
  writeFileSync(stage, JSON.stringify({ endpoint, folder }));
  const variables = childEnvironment(endpoint);
  const names = ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"];
  return [
    `\n${name} stays up until Ctrl-C. In another terminal:`,
    `  export ENVIRONMENT=${name} CDKTF_OUTDIR=${join(folder, "cdktf.out")}`,
    `  export ${names.map((variable) => `${variable}=${variables[variable]}`).join(" ")}`,
    "  npm run -s ops -- discover",
    "The tests of the operations run on it, too:",
    `  OPERATIONS_STAGE=${stage} npm run test:e2e -- --testPathPatterns 'operations.test'`,
  ].join("\n");
}

async function main(): Promise<void> {
  const context: Context = { rules: [] };
  try {
    await requirePrerequisites();
    await tasks.run(context);
  } catch (error) {
    process.exitCode = 1;
    // Listr has shown what else went wrong, at the step where it did.
    if (error instanceof MissingPrerequisites) {
      console.error(error.message);
    }
  } finally {
    if (context.rules.length > 0) {
      console.log(
        `\nSecurity group rules of ${name}, as the EC2 API reported them:\n${rulesTable(context.rules)}`,
      );
    }
    if (keep && process.exitCode === undefined) {
      console.log(kept(made(context.emulator), made(context.workspace)));
      await once(process, "SIGINT");
    }
    await context.workspace?.dispose();
    await context.emulator?.stop();
  }
}

void main();
