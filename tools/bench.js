// Measures what a synth costs, as ratios to the floor: what Node, cdktf, the provider and one security group cost in any
// project. All in one run, because only so the ratios hold on a machine that does other things as well. It never fails.
const { spawnSync } = require("node:child_process");
const { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { ENVIRONMENTS, ROOT } = require("./programs/programs.js");

const RUNS = 7;
const scratch = mkdtempSync(join(tmpdir(), "bench-"));
const run = ["tools/run.js"];

/** The floor's program: no project of CDKTF's can do with less. */
const FLOOR = `
  const { App, TerraformStack } = require("cdktf");
  const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
  const { SecurityGroup } = require("@cdktf/provider-aws/lib/security-group");
  const app = new App({ outdir: process.env.CDKTF_OUTDIR, stackTraces: false });
  const stack = new TerraformStack(app, "floor");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  new SecurityGroup(stack, "group", { name: "group" });
  app.synth();
`;

/** Runs a command in a process of its own: its seconds and its output. */
function measure(command, args, variables = {}) {
  const outdir = join(scratch, "cdktf.out");
  mkdirSync(outdir, { recursive: true });
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, CDKTF_OUTDIR: outdir, ...variables },
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) {
    throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  }
  return { seconds, stdout, stderr };
}

const node = (args, variables) => measure(process.execPath, args, variables);

/** The most memory that the app held, in MiB: Node says it as the process ends. */
function memory() {
  const report = join(scratch, "memory.cjs");
  writeFileSync(
    report,
    'process.on("exit", () => process.stderr.write("\\nmemory " + process.resourceUsage().maxRSS / 1024));',
  );
  return Number(/memory (.*)/.exec(node(["--require", report, ...run, "app"]).stderr)?.[1]);
}

function median(values) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

/** The environment's file with a comment more each time: a change as far as any tool can tell. */
function withChanges(path, action) {
  const source = readFileSync(path, "utf8");
  try {
    return Array.from({ length: RUNS }, (_, index) => {
      writeFileSync(path, `${source}// ${index}\n`);
      return action();
    });
  } finally {
    writeFileSync(path, source);
  }
}

function show(what, seconds, goal) {
  const cells = [what.padEnd(44), `${seconds.toFixed(2)} s`.padStart(8)];
  if (goal !== undefined) {
    cells.push(`${(seconds / floor).toFixed(1)} x the floor`.padStart(18), `  goal ${goal}`);
  }
  console.log(cells.join(""));
}

let floor;
try {
  const { context } = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8"));
  const variables = { ENVIRONMENT: process.env.ENVIRONMENT || context.environment };
  const app = () => node([...run, "app"], variables).seconds;
  const ops = () => measure("npm", ["run", "-s", "ops", "--", "traffic"], variables).seconds;
  const synth = () => measure("npm", ["run", "synth"], variables).seconds;
  // Builds what is to be measured.
  app();
  ops();

  // Each round measures everything once: what else the machine does then falls on all alike.
  const rounds = Array.from({ length: RUNS }, () => ({
    floor: node(["--eval", FLOOR]).seconds,
    app: app(),
    synth: synth(),
    ops: ops(),
  }));
  const medianOf = (what) => median(rounds.map((round) => round[what]));
  floor = medianOf("floor");
  show(`the floor (median of ${RUNS})`, floor);
  show(`the app alone, ${variables.ENVIRONMENT}`, medianOf("app"), "1.6");
  show("npm run synth, nothing changed", medianOf("synth"), "3");
  const path = join(ROOT, ENVIRONMENTS, `${variables.ENVIRONMENT}.ts`);
  show("npm run synth, the environment changed", median(withChanges(path, synth)), "6");
  show("npm run -s ops -- traffic, nothing changed", medianOf("ops"), "3");
  console.log(
    `${"the app's memory".padEnd(44)}${memory().toFixed(0).padStart(4)} MiB${"goal 100 MiB".padStart(32)}`,
  );

  console.log("\nservices    synth    each");
  for (const services of [25, 50, 100, 200]) {
    const times = Array.from({ length: 3 }, () => {
      const { stdout } = node([...run, "services", `${services}`, join(scratch, `services-${services}`)]);
      return Number(stdout);
    });
    const milliseconds = median(times);
    console.log(
      `${`${services}`.padStart(8)}${milliseconds.toFixed(0).padStart(6)} ms${(milliseconds / services).toFixed(1).padStart(6)} ms`,
    );
  }
} catch (error) {
  // A measurement that fails is for people to look at, not a reason to stop a pipeline.
  console.error(error.message);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
