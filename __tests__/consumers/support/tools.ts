// The tools that take the output over, as tools/consumers/install.js has put them into its cache.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectFolder } from "../../e2e/support/project";
import { findProviderMirror } from "../../e2e/support/provider-source";

const { programs }: { readonly programs: Readonly<Record<string, string>> } = require(
  join(projectFolder(), "tools", "consumers", "install.js"),
);

/** The path of a tool's program. @throws Error with what to run where it is not there */
export function toolPath(name: "tofu" | "terragrunt" | "tflint" | "python" | "node22" | "node24"): string {
  const path = programs[name];
  if (path === undefined || !existsSync(path)) {
    throw new Error(
      `${name} is not installed: run "node tools/consumers/install.js", as npm run test:consumers does.`,
    );
  }
  return path;
}

/**
 * A mirror of the AWS provider under the name by which OpenTofu asks for it.
 * @returns the folder; `undefined` where Terraform itself asks a registry, as OpenTofu does then
 */
export function openTofuMirror(): string | undefined {
  const mirror = findProviderMirror();
  if (mirror === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "opentofu-mirror-"));
  const from = join(mirror, "registry.terraform.io", "hashicorp");
  const to = join(folder, "registry.opentofu.org", "hashicorp");
  mkdirSync(to, { recursive: true });
  for (const provider of readdirSync(from)) symlinkSync(join(from, provider), join(to, provider));
  return folder;
}

/** A PATH on which a tool comes first. */
export function pathWith(tool: Parameters<typeof toolPath>[0], path: string): string {
  return `${dirname(toolPath(tool))}:${path}`;
}
