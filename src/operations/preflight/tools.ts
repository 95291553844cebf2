// The checks on this machine: the tools that a deployment runs.
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { PlannedCheck } from "./planned-check";
import { judgeCdktf, judgeNode, judgeTerraform, type TerraformFacts } from "./tools-judgement";

/** Milliseconds to print a version: Terraform takes a second on a slow disk. */
const VERSION_TIMEOUT = 30_000;

export interface ToolsProps {
  /** The process's environment variables: Terraform is found by PATH, and TERRAFORM_BINARY_NAME names it as for cdktf. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Whether Node.js, Terraform and cdktf are here and new enough. */
export function toolChecks({ variables, signal }: ToolsProps): PlannedCheck[] {
  const binary = variables.TERRAFORM_BINARY_NAME || "terraform";
  return [
    {
      id: "tool:node",
      title: "Node.js is new enough",
      find: () => judgeNode(process.versions.node, packageJson().engines?.node),
    },
    {
      id: "tool:terraform",
      title: "Terraform is new enough",
      find: async () => judgeTerraform(binary, await askTerraform(binary, { variables, signal })),
    },
    {
      id: "tool:cdktf",
      title: "The CDKTF CLI is that of the library",
      find: () => judgeCdktf(versionOf("cdktf-cli"), versionOf("cdktf")),
    },
  ];
}

async function askTerraform(binary: string, { variables, signal }: ToolsProps): Promise<TerraformFacts> {
  try {
    const { stdout } = await promisify(execFile)(binary, ["version", "-json"], {
      // It would ask its maker for news.
      env: { ...variables, CHECKPOINT_DISABLE: "1" },
      signal,
      timeout: VERSION_TIMEOUT,
    });
    return { found: true, output: stdout };
  } catch (error) {
    signal.throwIfAborted();
    const { code }: { code?: unknown } = Object(error);
    return code === "ENOENT" ? { found: false } : { found: true, output: "" };
  }
}

interface PackageJson {
  readonly version?: string;
  readonly engines?: { readonly node?: string };
}

/** This project's, wherever it is compiled to. */
function packageJson(): PackageJson {
  let folder = __dirname;
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** The version of an installed package; `undefined` where it is not installed. */
function versionOf(name: string): string | undefined {
  try {
    const { version }: PackageJson = require(`${name}/package.json`);
    return version;
  } catch {
    return undefined;
  }
}
