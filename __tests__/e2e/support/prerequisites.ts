// Says all at once what this machine lacks for the tests and the demo that run the real Terraform.

import { execFile } from "node:child_process";

const TERRAFORM_AT_LEAST = [1, 11] as const;
const MOTO_AT_LEAST = [5, 2] as const;

/** Thrown with a message that names everything missing and how to install it. */
export class MissingPrerequisites extends Error {
  constructor(readonly missing: readonly string[]) {
    super(
      [
        "This needs the real Terraform and an AWS emulator, but:",
        ...missing.map((line) => `  - ${line}`),
      ].join("\n"),
    );
    this.name = "MissingPrerequisites";
  }
}

/**
 * Throws MissingPrerequisites unless terraform, python3 and moto are all found and new enough.
 *
 * @param variables the environment variables to look with: their PATH is searched
 */
export async function requirePrerequisites(variables: NodeJS.ProcessEnv = process.env): Promise<void> {
  const problems = await Promise.all([terraformProblem(variables), pythonProblem(variables)]);
  const missing = problems.filter((problem) => problem !== undefined);
  if (missing.length > 0) {
    throw new MissingPrerequisites(missing);
  }
}

/** Throws MissingPrerequisites unless the AWS CLI is found, which only some tests need. */
export async function requireAwsCli(variables: NodeJS.ProcessEnv = process.env): Promise<void> {
  const { failed } = await output("aws", ["--version"], variables);
  if (failed) {
    throw new MissingPrerequisites([
      "aws, the AWS CLI, was not found on the PATH; install it with: python3 -m pip install awscli",
    ]);
  }
}

const INSTALL_TERRAFORM =
  "install Terraform 1.11 or newer: https://developer.hashicorp.com/terraform/install";
const INSTALL_MOTO = `install it with: python3 -m pip install 'moto[server]>=${MOTO_AT_LEAST.join(".")}'`;

const PRINT_MOTO_VERSION =
  "import importlib.metadata, moto.moto_server.werkzeug_app; print(importlib.metadata.version('moto'))";

async function terraformProblem(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { failed, stdout } = await output("terraform", ["version", "-json"], env);
  if (failed) {
    return `terraform was not found on the PATH; ${INSTALL_TERRAFORM}`;
  }
  // A warning about the CLI configuration can come before the JSON.
  const version = /"terraform_version":\s*"([^"]+)"/.exec(stdout)?.[1];
  if (version === undefined) {
    return `terraform does not say which version it is; ${INSTALL_TERRAFORM}`;
  }
  return isAtLeast(version, TERRAFORM_AT_LEAST) ? undefined : `terraform is ${version}; ${INSTALL_TERRAFORM}`;
}

async function pythonProblem(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const python = await output("python3", ["--version"], env);
  if (python.failed) {
    return `python3 was not found on the PATH; install it (https://www.python.org/downloads/), then moto's server; ${INSTALL_MOTO}`;
  }
  const moto = await output("python3", ["-c", PRINT_MOTO_VERSION], env);
  if (moto.failed) {
    return `python3 has no moto with its server (the AWS emulator); ${INSTALL_MOTO}`;
  }
  return isAtLeast(moto.stdout.trim(), MOTO_AT_LEAST)
    ? undefined
    : `python3 has moto ${moto.stdout.trim()}, which is too old; ${INSTALL_MOTO}`;
}

function output(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ failed: boolean; stdout: string }> {
  return new Promise((resolve) => {
    execFile(command, args, { env }, (error, stdout) => resolve({ failed: error !== null, stdout }));
  });
}

/** Whether a version such as `1.11.4` or `5.2.0.dev1` is at least the given major and minor. */
function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [itsMajor = 0, itsMinor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  return itsMajor > major || (itsMajor === major && itsMinor >= minor);
}
