// `npm run demo`: the way from an environment file to rules in EC2, made visible on this machine, for free. With --keep, the
// platform stays up, so that the operations can be tried on it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { OperatorConsole } from "../../src/cli/operator-console";
import { together } from "../../src/cli/progress";
import { clock, DeploymentProgress } from "./support/deployment-progress";
import { ec2Client, findVpc, type ObservedRule, securityGroupRules } from "./support/ec2";
import { type Emulator, startEmulator } from "./support/emulator";
import { type KeptPlatform, keepPlatform } from "./support/kept-platform";
import { leftovers } from "./support/leftovers";
import { createOutsideSecrets } from "./support/outside-secrets";
import { requirePrerequisites } from "./support/prerequisites";
import { project, projectFolder } from "./support/project";
import { EACH_ITS_OWN } from "./support/shared-provider";
import { createWorkspace, type Workspace } from "./support/workspace";

// The SDK would tell of the Node.js versions of its future releases in the midst of the steps.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const HELP = `npm run demo [-- --keep]

Starts an AWS emulator on this machine, deploys both stacks of an environment to it with the real Terraform, prints the security
group rules as the EC2 API reports them, and removes everything again. Costs nothing, and needs no AWS account.

  --keep   leave the platform up until Ctrl-C, and say how to operate it from another terminal

The variable ENVIRONMENT chooses the environment; without it, cdktf.json does.`;

/** Milliseconds between two looks at the clock: on a terminal, and where each is a line of its own. */
const TICK = { terminal: 1_000, file: 30_000 };

const console = new OperatorConsole(process, process.env);
const { results } = console;
const started = Date.now();

const interruption = new AbortController();
process.on("SIGINT", () => interruption.abort(new Error("Interrupted.")));
process.on("SIGTERM", () => interruption.abort(new Error("Interrupted.")));
const { signal } = interruption;

/** What Terraform prints is heard by the step that is under way. */
let progress = new DeploymentProgress();

/**
 * One step: while it lasts, a line says since when, how much of it is done, and what is being done.
 * @param work returns what to say of it at its end
 */
async function step(title: string, work: () => Promise<string>): Promise<void> {
  const began = Date.now();
  progress = new DeploymentProgress();
  const isTerminal = console.terminal !== undefined;
  await together(
    console,
    [
      {
        title,
        run: async (says, ended) => {
          // Of a longer line, a terminal would have to be told to clear two.
          const width = (console.terminal?.columns || 80) - title.length - 6;
          const tell = () => says(`${clock(Date.now() - began)}; ${progress.state}`.slice(0, width));
          const ticking = setInterval(tell, isTerminal ? TICK.terminal : TICK.file);
          if (isTerminal) {
            tell();
          }
          const interrupted = new Promise<never>((_, reject) => {
            ended.addEventListener("abort", () => reject(ended.reason), { once: true });
          });
          try {
            const said = await Promise.race([work(), interrupted]);
            says([clock(Date.now() - began), said].filter(Boolean).join("; "));
          } finally {
            clearInterval(ticking);
          }
        },
      },
    ],
    { signal, isGood: () => true },
  );
}

async function readRules({ endpoint }: Emulator, name: string): Promise<readonly ObservedRule[]> {
  const client = ec2Client(endpoint);
  try {
    const vpc = await findVpc(client, project.load(name).names.vpc);
    return vpc === undefined ? [] : await securityGroupRules(client, vpc);
  } finally {
    client.destroy();
  }
}

function showRules(name: string, rules: readonly ObservedRule[]): void {
  results.say("");
  results.say(`Security group rules of ${name}, as the EC2 API reported them:`);
  results.table(
    ["Group", "Direction", "Peer", "Port", "Why"],
    rules.map(({ group, direction, peer, fromPort, toPort, protocol, description = "" }) => {
      const range = fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
      return [group, direction, peer, protocol === "-1" ? "all" : `${range}/${protocol}`, description];
    }),
  );
}

/** What the demo has made so far. */
interface Made {
  emulator?: Emulator;
  workspace?: Workspace;
  kept?: KeptPlatform;
}

/** From nothing to a deployed platform that a second plan leaves as it is. */
async function raise(name: string, made: Made): Promise<{ emulator: Emulator; workspace: Workspace }> {
  const environment = project.load(name);
  await step("Start the AWS emulator", async () => {
    made.emulator = await startEmulator();
    return made.emulator.endpoint;
  });
  const emulator = existing(made.emulator);
  const stacks = ["django", "security-group-rules"];
  console.say(`$ TF_VAR_health_check_grace_seconds=600 npx cdktf deploy ${stacks.join(" ")}`);
  await step(`Deploy ${name}`, async () => {
    await createOutsideSecrets(emulator.endpoint, environment);
    made.workspace = await createWorkspace({
      emulator,
      environment: name,
      provider: EACH_ITS_OWN,
      variables: { TF_VAR_health_check_grace_seconds: "600" },
      app: `node ${JSON.stringify(join(projectFolder(), "tools", "run.js"))} app`,
      onOutput: (text) => progress.hear(text),
    });
    const { state } = environment;
    if (state.backend === "s3" && state.createBucket) {
      await made.workspace.deploy(["state-backend"]);
    }
    await made.workspace.deploy(stacks);
    return `${progress.count} resources`;
  });
  const workspace = existing(made.workspace);
  let rules: readonly ObservedRule[] = [];
  await step("Read the rules back from the EC2 API", async () => {
    rules = await readRules(emulator, name);
    return `${rules.length} rules`;
  });
  await step("Plan again", async () => {
    for (const stack of stacks) {
      const { exitCode } = await workspace.plan(stack);
      if (exitCode !== 0) {
        throw new Error(`Terraform would change something in ${stack}.`);
      }
    }
    return "no changes";
  });
  showRules(name, rules);
  return { emulator, workspace };
}

async function takeDown({
  emulator,
  workspace,
}: {
  emulator: Emulator;
  workspace: Workspace;
}): Promise<void> {
  console.say("$ npx cdktf destroy security-group-rules django");
  await step("Take it down", async () => {
    await workspace.deploy(["django"], "--var", "deletion_protection=false");
    progress = new DeploymentProgress();
    await workspace.destroy(["security-group-rules", "django"]);
    const left = await leftovers(emulator.endpoint);
    if (left.length > 0) {
      throw new Error(`Left behind: ${left.join(", ")}`);
    }
    return `${progress.count} resources, and nothing is left`;
  });
}

/** The last screen, where nothing stays. */
function sayWhatIsNext(name: string): void {
  const lines = [
    "",
    `All of ${name} was made, planned again without a change, and removed: ${clock(Date.now() - started)}.`,
    "What to do next:",
    "  npm run demo -- --keep       keep it, and operate it",
    "  npm run -s ops -- traffic    who may reach whom, and why",
    "  docs/make-it-yours.md        from here to an environment of your own",
    "  docs/deployment.md           from there to AWS",
  ];
  for (const line of lines) {
    results.say(line);
  }
}

/** The last screen, where it stays: what to type in another terminal. */
function sayHowToOperate(name: string, { shell }: KeptPlatform, stage: string): void {
  const lines = [
    "",
    `${name} stays up until Ctrl-C. In another terminal, in this folder:`,
    "",
    ...shell,
    "",
    "npm run -s ops -- wait && npm run -s ops -- verify",
    "npm run -s ops -- discover",
    "aws ec2 describe-security-group-rules --output table",
    "",
    "docs/operations.md has the other commands. The tests of the operations run on it, too:",
    `OPERATIONS_STAGE=${stage} npm run test:e2e -- --testPathPatterns 'operations.test'`,
  ];
  for (const line of lines) {
    results.say(line);
  }
}

async function untilInterrupted(): Promise<void> {
  while (!signal.aborted) {
    await sleep(60_000, undefined, { signal }).catch(() => undefined);
  }
  console.say("Taking it down.");
}

/** What a step before this one has made. */
function existing<Value>(value: Value | undefined): Value {
  if (value === undefined) {
    throw new Error("An earlier step did not finish.");
  }
  return value;
}

async function demonstrate(name: string, keep: boolean, made: Made): Promise<void> {
  await requirePrerequisites();
  const raised = await raise(name, made);
  if (!keep) {
    await takeDown(raised);
    sayWhatIsNext(name);
    return;
  }
  const { folder } = raised.workspace;
  const environment = project.load(name);
  made.kept = await keepPlatform(raised.emulator, { name, environment, output: join(folder, "cdktf.out") });
  const stage = join(folder, "stage.json");
  writeFileSync(stage, JSON.stringify({ endpoint: raised.emulator.endpoint, folder }));
  sayHowToOperate(name, made.kept, stage);
  await untilInterrupted();
}

/** @returns the exit code */
async function main(): Promise<number> {
  const made: Made = {};
  try {
    const { values } = parseArgs({ options: { keep: { type: "boolean" }, help: { type: "boolean" } } });
    if (values.help) {
      results.document(HELP);
      return 0;
    }
    await demonstrate(project.choose(process.env.ENVIRONMENT), values.keep === true, made);
    return 0;
  } catch (error) {
    if (signal.aborted) {
      console.say("Interrupted: everything is removed.");
      return 130;
    }
    console.say(error instanceof Error ? error.message : String(error));
    const isUsage =
      error instanceof Error && "code" in error && error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION";
    return isUsage ? 2 : 1;
  } finally {
    await made.workspace?.dispose();
    await made.kept?.stop();
    await made.emulator?.stop();
  }
}

void main().then((exitCode) => process.exit(exitCode));
