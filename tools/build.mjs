// Builds programs without running them, and says all that the compiler has to say: node tools/build.mjs [program ...]
import { built } from "./programs/build.mjs";

const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : ["app", "ops"]) {
  const { problems, refusals } = await built(name);
  const words = [...refusals, ...Object.values(problems)];
  if (words.length > 0) {
    console.error(words.join("\n"));
    process.exit(1);
  }
}
