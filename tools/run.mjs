// Runs a program of this project, built anew where something has changed: node tools/run.mjs <program> [arguments]
import { built } from "./programs/build.mjs";
import { BUILD_FOLDER, PROGRAMS } from "./programs/programs.mjs";
import { start } from "./programs/start.mjs";

const [name, ...args] = process.argv.slice(2);
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
