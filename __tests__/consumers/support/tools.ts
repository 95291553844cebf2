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
export function toolPath(
  name: "tofu" | "terragrunt" | "tflint" | "trivy" | "python" | "checkov" | "node22" | "node24",
): string {
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
  linkPackages(
    join(mirror, "registry.terraform.io", "hashicorp"),
    join(folder, "registry.opentofu.org", "hashicorp"),
  );
  return folder;
}

/** A package, packed or in a folder that is called after the platform, may be a link; the folders above it may not. */
function linkPackages(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory() && !/^[a-z]+_[a-z0-9]+$/.test(entry.name)) linkPackages(source, target);
    else symlinkSync(source, target);
  }
}

/** A PATH on which a tool comes first. */
export function pathWith(tool: Parameters<typeof toolPath>[0], path: string): string {
  return `${dirname(toolPath(tool))}:${path}`;
}
