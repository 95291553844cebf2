// Measures what the budgets are about: time and memory of a synth, and what a service costs. It never fails.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = (path) => join(root, "dist", path);
const RUNS = 5;

/** Runs a Node program in a process of its own: seconds, and the most memory that it held, in MiB. */
function measure(program, variables = {}) {
  const report = `process.on("exit", () => console.log("\\n" + process.resourceUsage().maxRSS));`;
  const started = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", `${report}${program}`], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...variables },
  });
  if (status !== 0) {
    throw new Error(stderr);
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  return { seconds, mebibytes: Number(stdout.trim().split("\n").at(-1)) / 1024, stdout };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function show(what, seconds, mebibytes, budget) {
  const memory = mebibytes === undefined ? "" : `, ${mebibytes.toFixed(0)} MiB`;
  console.log(`${what.padEnd(44)} ${seconds.toFixed(2)} s${memory.padEnd(12)} ${budget}`);
}

const scratch = mkdtempSync(join(tmpdir(), "bench-"));
try {
  execFileSync(process.execPath, [join(root, "tools", "build.mjs")]);

  const app = `require(${JSON.stringify(dist("main.js"))})`;
  const apps = Array.from({ length: RUNS }, () => measure(app, { CDKTF_OUTDIR: join(scratch, "app") }));
  show(
    "the app alone, both stacks (median of 5)",
    median(apps.map(({ seconds }) => seconds)),
    Math.max(...apps.map(({ mebibytes }) => mebibytes)),
    "budget 0.8 s, 160 MiB",
  );

  const synths = Array.from({ length: RUNS }, () => {
    const started = process.hrtime.bigint();
    execFileSync("npm", ["run", "synth"], {
      cwd: root,
      env: { ...process.env, CDKTF_OUTDIR: join(scratch, "synth") },
      stdio: "pipe",
    });
    return Number(process.hrtime.bigint() - started) / 1e9;
  });
  show("npm run synth, warm (median of 5)", median(synths), undefined, "budget 2.5 s");

  const started = process.hrtime.bigint();
  // Whether the tests pass is not the question here.
  spawnSync("npm", ["test"], { cwd: root, stdio: "ignore" });
  show("npm test (once)", Number(process.hrtime.bigint() - started) / 1e9, undefined, "budget 15 s");

  console.log("\nservices   synth     each");
  for (const services of [1, 25, 50, 100, 200]) {
    const out = JSON.stringify(join(scratch, `services-${services}`));
    const program = `
      const { defineEnvironment } = require(${JSON.stringify(dist("src/validation/define-environment.js"))});
      const { addPlatform } = require(${JSON.stringify(dist("src/stacks/platform.js"))});
      const { createApp, synthesize } = require(${JSON.stringify(dist("src/terraform/synthesize.js"))});
      const service = { image: "bench/worker:1", cpu: 256, memory: 512, connectsTo: ["postgres", "redis"] };
      const services = Object.fromEntries(Array.from({ length: ${services} }, (_, i) => ["worker-" + i, service]));
      const started = process.hrtime.bigint();
      const environment = defineEnvironment({
        name: "bench", region: "eu-west-1", services, database: {}, cache: {},
        network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
        quotas: { rulesPerSecurityGroup: 1000 },
      });
      const app = createApp({ outdir: ${out} });
      addPlatform(app, environment);
      synthesize(app, environment.name);
      console.log(Number(process.hrtime.bigint() - started) / 1e6);
    `;
    const runs = Array.from({ length: 3 }, () => Number(measure(program).stdout.split("\n")[0]));
    const milliseconds = median(runs);
    console.log(
      `${String(services).padStart(8)} ${milliseconds.toFixed(0).padStart(6)} ms ${(milliseconds / services).toFixed(1).padStart(6)} ms`,
    );
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
