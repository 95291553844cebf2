// The operations' command line: `npm run ops -- <command>`.
import { INTERRUPTED, ops } from "./ops";

const interruption = new AbortController();
// The second Ctrl-C ends the process at once, as anywhere. A listener that went after the first would leave the progress
// display's alone, which restores the cursor and ends the process if nobody else listens.
process.on("SIGINT", () => {
  if (interruption.signal.aborted) {
    process.exit(INTERRUPTED);
  }
  interruption.abort();
});

// The SDK would tell everybody about the Node.js versions of its future releases; package.json pins the present one.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

ops(process.argv.slice(2), {
  variables: process.env,
  streams: process,
  interrupted: interruption.signal,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
