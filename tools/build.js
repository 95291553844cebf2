// Builds programs without running them, and says all that the compiler has to say: node tools/build.js [program ...]
const { built } = require("./programs/build.js");

async function build(names) {
  for (const name of names) {
    const { problems, refusals } = await built(name);
    const words = [...refusals, ...Object.values(problems)];
    if (words.length > 0) {
      console.error(words.join("\n"));
      process.exit(1);
    }
  }
}

const names = process.argv.slice(2);
build(names.length > 0 ? names : ["app", "ops"]);
