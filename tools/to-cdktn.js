// node tools/to-cdktn.js <folder>: copies this project into a folder with CDK Terrain, CDKTF's continuation, in the place of CDKTF.
// docs/decisions/cdktf-pinned.md has the steps after it.
const { execFileSync } = require("node:child_process");
const { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname, join, resolve } = require("node:path");

const ROOT = dirname(__dirname);

/** By what each package is replaced, and with which version. CDK Terrain 0.24 takes no newer constructs. */
const PACKAGES = {
  cdktf: ["cdktn", "0.24.0"],
  "cdktf-cli": ["cdktn-cli", "0.24.0"],
  "@cdktf/provider-aws": ["@cdktn/provider-aws", "25.7.0"],
  "@cdktf/hcl2json": ["@cdktn/hcl2json", "0.24.0"],
  constructs: ["constructs", "10.7.2"],
};

/** Names that are nothing but packages'. */
const UNMISTAKABLE = /(?<=["'`/])(cdktf-cli|@cdktf\/provider-aws|@cdktf\/hcl2json)(?=["'`/])/g;
/** The package `cdktf` where it is imported, or its version asked for: elsewhere the word is a tag's value, a command, a file's name. */
const IMPORTED =
  /(?<=(?:\bfrom|\bimport|\bimport\(|\brequire\(|\bresolve\(|\bversionOf\()\s*["'])cdktf(?=["'/])/g;

/** The text of a source file with the other names. */
function renamed(text) {
  return text.replace(UNMISTAKABLE, (name) => PACKAGES[name][0]).replace(IMPORTED, PACKAGES.cdktf[0]);
}

/** `package.json` with the other packages. */
function withOtherPackages(text) {
  const {
    dependencies = {},
    devDependencies = {},
    peerDependencies = {},
    scripts,
    ...rest
  } = JSON.parse(text);
  const replaced = (packages, exact) =>
    Object.fromEntries(
      Object.entries(packages).map(([name, range]) => {
        const [other, version] = PACKAGES[name] ?? [name, range];
        return PACKAGES[name] ? [other, exact ? version : `^${version}`] : [name, range];
      }),
    );
  return {
    ...rest,
    // The command is called after the package.
    scripts: { ...scripts, cdktf: scripts.cdktf.replace(/cdktf$/, "cdktn") },
    dependencies: replaced(dependencies, true),
    peerDependencies: replaced(peerDependencies, false),
    devDependencies: replaced(devDependencies, true),
  };
}

/** @param folder a new one, or an empty one */
function switchTo(folder) {
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
  })
    .toString()
    .split("\0")
    .filter((file) => file !== "" && file !== "package-lock.json" && existsSync(join(ROOT, file)));
  for (const file of files) {
    const target = join(folder, file);
    mkdirSync(dirname(target), { recursive: true });
    const isSource = /\.(ts|js|json)$/.test(file) && !file.includes("fixtures/");
    if (file === "package.json") write(target, withOtherPackages(read(file)));
    else if (isSource) writeFileSync(target, renamed(read(file)));
    else cpSync(join(ROOT, file), target);
  }
}

const read = (file) => readFileSync(join(ROOT, file), "utf8");
const write = (file, value) => writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

module.exports = { switchTo };

if (require.main === module) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    console.error("Name a folder that does not exist yet: node tools/to-cdktn.js ../with-cdk-terrain");
    process.exit(1);
  }
  if (existsSync(folder)) {
    console.error(`${folder} is there already: name one that does not exist yet.`);
    process.exit(1);
  }
  switchTo(resolve(folder));
  console.log(`Copied to ${resolve(folder)}. There: npm install, npm run synth, npm test.`);
}
