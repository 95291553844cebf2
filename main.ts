// The app: one environment, named by the variable ENVIRONMENT, becomes stacks of Terraform.

import { DEFAULT_ENVIRONMENT, loadEnvironment, UnknownEnvironmentError } from "./src/environments";
import { EnvironmentError } from "./src/schema/problem";
import { addPlatform } from "./src/stacks/platform";
import { annotations } from "./src/terraform/annotations";
import { createApp, InvalidAppError, synthesize } from "./src/terraform/synthesize";

try {
  const environment = loadEnvironment(process.env.ENVIRONMENT || DEFAULT_ENVIRONMENT);
  const app = createApp({ hcl: process.argv.includes("--hcl") });
  addPlatform(app, environment);
  synthesize(app, environment.name);
  // The CDKTF CLI, which sets this variable, prints annotations itself.
  if (process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS === undefined) {
    for (const { level, path, message } of annotations(app)) {
      console.error(`[${level}] ${path}: ${message}`);
    }
    console.log(`Synthesized ${environment.name} to ${app.outdir}/stacks.`);
  }
} catch (error) {
  const explained = [EnvironmentError, UnknownEnvironmentError, InvalidAppError];
  if (!(error instanceof Error && explained.some((kind) => error instanceof kind))) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
