// The app: the platform of one environment, and what your team adds to it.
import { runApp } from "./src/app";
import { extend } from "./src/extensions";

process.exitCode = runApp({ process, extend });
