// The AWS CLI, as people and their scripts use it beside Terraform.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { childEnvironment } from "./child-environment";

/** Runs `aws <args>` against the emulator. Resolves to the JSON that it prints. Throws where it fails. */
export async function awsCli(endpoint: string, ...args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)("aws", [...args, "--output", "json"], {
    env: childEnvironment(endpoint),
  });
  return stdout.trim() === "" ? undefined : JSON.parse(stdout);
}
