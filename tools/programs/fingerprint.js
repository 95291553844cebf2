// Tells whether anything has changed that a build was made from, by content: dates mean nothing after a checkout.
const { createHash } = require("node:crypto");
const { readdirSync, readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { LOADED_BY_NAME, ROOT } = require("./programs.js");

/** What every build depends on: the compilers, all packages (as locked, and as installed), and this tool itself. */
const ALWAYS = [
  "package.json",
  "package-lock.json",
  "node_modules/.package-lock.json",
  "node_modules/typescript/package.json",
  "node_modules/esbuild/package.json",
  "tsconfig.json",
  ...readdirSync(__dirname).map((file) => `tools/programs/${file}`),
];

const hashes = new Map();

function hashed(path, read) {
  const known = hashes.get(path);
  if (known !== undefined) {
    return known;
  }
  let hash = "absent";
  try {
    hash = createHash("sha256").update(read()).digest("base64");
  } catch {
    // Absent is a state like any other.
  }
  hashes.set(path, hash);
  return hash;
}

/** Forgets what was read: for files that may have changed since. */
function readAnew() {
  hashes.clear();
}

/**
 * One text for the state of these files, and for which other files lie beside them: a new one may take the place of
 * another in an import.
 * @param files paths within the project
 */
function fingerprint(files) {
  const all = [...new Set([...ALWAYS, ...files])].sort();
  // A folder whose files are loaded by name counts even while it is empty: the first file in it is one more.
  const folders = [...new Set([...LOADED_BY_NAME, ...files.map((file) => dirname(file))])].sort();
  // A bundle has its sources' folders in it, so that it holds for where the project is now.
  const summary = createHash("sha256").update(`${ROOT}\n`);
  for (const file of all) {
    summary.update(`${file} ${hashed(file, () => readFileSync(join(ROOT, file)))}\n`);
  }
  for (const folder of folders) {
    summary.update(`${folder}/ ${hashed(`${folder}/`, () => names(join(ROOT, folder)))}\n`);
  }
  return summary.digest("base64");
}

function names(folder) {
  return readdirSync(folder)
    .filter((name) => /\.(ts|js|json|mjs|cjs)$/.test(name))
    .sort()
    .join("\n");
}

module.exports = { readAnew, fingerprint };
