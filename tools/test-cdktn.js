// npm run test:cdktn: this project with CDK Terrain in the place of CDKTF, on the newest Node.js, in a folder of its own: it is
// installed, its types and its unit tests hold, and every documented system comes out with the same HCL, byte for byte.
const { spawnSync } = require("node:child_process");
const { mkdtempSync, readdirSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { delimiter, dirname, join } = require("node:path");
const { newestNode } = require("./consumers/install");
const { switchTo } = require("./to-cdktn");

const ROOT = dirname(__dirname);
const SYSTEMS = ["lightwave-prod", "realtime-platform", "pdf-excel-prod", "ecs-webapp", "helloapi"];

/** @throws Error where it fails */
function run(what, command, args, cwd, variables = {}) {
  const began = Date.now();
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...variables },
  });
  if (error || status !== 0) {
    throw new Error(
      `${what} failed${error ? `: ${error.message}` : `.\n${stdout.slice(-10_000)}${stderr.slice(-10_000)}`}`,
    );
  }
  console.log(`${String(Math.round((Date.now() - began) / 1000)).padStart(6)} s  ${what}`);
}

/** The HCL of a synth, by its paths; `metadata.json` beside it is for the command alone. */
function contents(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith(".tf"),
  );
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length), readFileSync(path, "utf8")];
    }),
  );
}

/** Where two synths differ: paths. */
function differences(one, other) {
  const [left, right] = [contents(one), contents(other)];
  return [...new Set([...left.keys(), ...right.keys()])].filter((path) => left.get(path) !== right.get(path));
}

function main() {
  const folder = mkdtempSync(join(tmpdir(), "cdktn-"));
  try {
    switchTo(folder);
    const PATH = `${newestNode()}${delimiter}${process.env.PATH}`;
    const node = spawnSync("node", ["--version"], {
      encoding: "utf8",
      env: { ...process.env, PATH },
    }).stdout.trim();
    run("npm install", "npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], folder);
    run("types", "npm", ["run", "typecheck"], folder, { PATH });
    run(`unit tests on Node.js ${node}`, "npm", ["test"], folder, { PATH });
    for (const system of SYSTEMS) {
      const output = (name) => join(folder, "compared", name, system);
      for (const [name, project] of Object.entries({ cdktf: ROOT, cdktn: folder })) {
        run(`${system} with ${name}`, "npm", ["run", "synth", "--", "--hcl"], project, {
          ENVIRONMENT: system,
          CDKTF_OUTDIR: output(name),
          ...(name === "cdktn" && { PATH }),
        });
      }
      const different = differences(output("cdktf"), output("cdktn"));
      if (different.length > 0 || contents(output("cdktn")).size < 10) {
        throw new Error(`The HCL of ${system} is not the same: ${different.join(", ") || "there is none"}.`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
