// Runs a program of this project, built anew where something has changed: node tools/run.js <program> [arguments]
// CommonJS, as everything in programs: on every run, Node.js loads that in less time than ES modules.
const { built } = require("./programs/build.js");
const { BUILD_FOLDER, PROGRAMS } = require("./programs/programs.js");
const { start } = require("./programs/start.js");

async function run(name, args) {
  const program = PROGRAMS[name];
  if (program === undefined) {
    console.error(`Which program? ${Object.keys(PROGRAMS).join(", ")}.`);
    process.exit(2);
  }
  const { refusals, ...build } = await built(name).catch((error) => {
    if (!String(error?.path).startsWith(BUILD_FOLDER)) {
      throw error;
    }
    console.error(
      `The build folder cannot be used (${error.message}): remove ${BUILD_FOLDER}, or make it writable.`,
    );
    return process.exit(program.refusal);
  });
  if (refusals.length > 0) {
    console.error(refusals.join("\n"));
    process.exit(program.refusal);
  }
  start(name, build, args);
}

const [name, ...args] = process.argv.slice(2);
run(name, args);
