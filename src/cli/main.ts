#!/usr/bin/env node
// The operations' command line: `npm run ops -- <command>`.
import { ConfigurationError } from "../project/configuration";
import { Environments } from "../project/environments";
import { printable } from "../project/printable";
import { ops } from "./ops";
import { USAGE } from "./outcomes";

const interruption = new AbortController();
// Not with `once`: where nobody listens any more, signal-exit, which comes with listr2, ends the process there and then.
const interrupt = () => {
  if (interruption.signal.aborted) {
    // The second Ctrl-C ends the process at once, as anywhere; 130 is what shells report for it.
    process.exit(130);
  }
  interruption.abort();
};
process.on("SIGINT", interrupt);
// A pipeline that is cancelled leaves no task running either.
process.on("SIGTERM", interrupt);

// The SDK would tell everybody about the Node.js versions of its future releases; package.json pins the present one.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough, such as head, is no error.
  if (error.code !== "EPIPE") {
    console.error(`Standard output cannot be written: ${error.message}.`);
    process.exit(USAGE);
  }
});

async function run(): Promise<number> {
  try {
    return await ops(process.argv.slice(2), {
      variables: process.env,
      environments: Environments.ofProject(process.cwd()),
      streams: process,
      interrupted: interruption.signal,
    });
  } catch (error) {
    if (error instanceof ConfigurationError) {
      console.error(printable(error.message));
      return USAGE;
    }
    throw error;
  }
}

run().then((exitCode) => {
  // Nothing that is still under way (a pause between two attempts, say) keeps the process; what was printed goes out first.
  process.stdout.write("", () => process.stderr.write("", () => process.exit(exitCode)));
});
