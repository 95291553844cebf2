// The type check of a program's part: made when something has changed, and remembered, with all that the compiler said.
const { existsSync, readFileSync, rmSync } = require("node:fs");
const { isAbsolute, join, relative } = require("node:path");
const { fingerprint } = require("./fingerprint.js");
const { readDocument, readSealed, sealOf, write, writeDocument } = require("./kept.js");
const { buildFolder, isEnvironment, ROOT, sourcesIn } = require("./programs.js");

const FILE = "types.json";
/** What the compiler itself keeps, so that it looks only at what a change can reach. */
const COMPILERS_OWN = "types.tsbuildinfo";

/** The last check of a part, `{ problems: [{ file, words }] }`, if it still holds; `file` is absent for settings. */
function lastCheck({ name }) {
  const known = readDocument(join(buildFolder(name), FILE));
  return known !== undefined && fingerprint(known.files) === known.fingerprint ? known : undefined;
}

/**
 * Checks a part.
 * @param name its build folder's
 * @param folder where all its sources are, if it may be empty: of that, the compiler would complain
 */
async function check({ name, tsconfig, folder: sources }) {
  const folder = buildFolder(name);
  const own = join(folder, COMPILERS_OWN);
  if (readSealed(own, readDocument(join(folder, FILE))?.seal) === undefined) {
    rmSync(own, { force: true });
  }
  const problems = [];
  const empty = sources !== undefined && sourcesIn(sources).length === 0;
  const files = empty ? [] : await checked(tsconfig, own, problems);
  // Where a file is no TypeScript at all, the compiler says nothing of the others: an environment's must not hide theirs.
  const unread = problems.filter(
    ({ file, words }) => isEnvironment(file) && /: error TS1\d{3}: /.test(words),
  );
  if (unread.length > 0 && unread.length === problems.length) {
    const others = join(folder, "tsconfig.json");
    const exclude = [...new Set(unread.map(({ file }) => join(ROOT, file)))];
    write(others, JSON.stringify({ extends: join(ROOT, tsconfig), exclude }));
    await checked(others, own, problems);
  }
  const inputs = [tsconfig, ...files.map((file) => relative(ROOT, file))];
  const result = { files: inputs, fingerprint: fingerprint(inputs), problems };
  writeDocument(join(folder, FILE), {
    ...result,
    seal: existsSync(own) ? sealOf(readFileSync(own)) : undefined,
  });
  return result;
}

/** Runs the compiler, adds what it says, and returns the files of ours that it has read. */
async function checked(tsconfig, own, problems) {
  const { output, failed } = await compiler([
    ...["-p", tsconfig, "--noEmit", "--incremental", "--tsBuildInfoFile", own],
    ...["--pretty", "false", "--listFiles"],
  ]);
  const lines = output.split("\n").filter((line) => line !== "");
  const said = problemsIn(lines.filter((line) => !isAbsolute(line)));
  if (failed && said.length === 0) {
    throw new Error(`The compiler failed:\n${output}`);
  }
  problems.push(...said);
  return lines.filter((line) => isAbsolute(line) && !line.includes("/node_modules/"));
}

/** What the compiler says, by file: a problem's first line names where it is, the lines after it are indented. */
function problemsIn(lines) {
  const problems = [];
  for (const line of lines) {
    const last = problems.at(-1);
    if (line.startsWith(" ") && last !== undefined) {
      last.words += `\n${line}`;
    } else {
      problems.push({ file: /^(.+?)\(\d+,\d+\): /.exec(line)?.[1], words: line });
    }
  }
  return problems;
}

function compiler(args) {
  const { spawn } = require("node:child_process");
  const command = [join(ROOT, "node_modules", "typescript", "bin", "tsc"), ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const take = (text) => {
      output += text;
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.on("error", reject);
    child.on("close", (code) => resolve({ output, failed: code !== 0 }));
  });
}

module.exports = { lastCheck, check };
