// The operations' command line: `npm run ops -- <command>`.
import { ops } from "./ops";

ops(process.argv.slice(2), process.env).then((exitCode) => {
  process.exitCode = exitCode;
});
