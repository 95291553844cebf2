// The app: one environment, named by the variable ENVIRONMENT or else by cdktf.json, becomes stacks of Terraform.

import { ConfigurationError } from "./src/project/configuration";
import { Environments, UnknownEnvironmentError } from "./src/project/environments";
import { EnvironmentError } from "./src/schema/problem";
import { addPlatform } from "./src/stacks/platform";
import { annotations } from "./src/terraform/annotations";
import { createApp, InvalidAppError, synthesize } from "./src/terraform/synthesize";

try {
  const environment = Environments.ofProject(process.cwd()).load(process.env.ENVIRONMENT);
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
  const explained = [ConfigurationError, EnvironmentError, UnknownEnvironmentError, InvalidAppError];
  if (!(error instanceof Error && explained.some((kind) => error instanceof kind))) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
