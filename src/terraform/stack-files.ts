// The files of one stack beside the one that cdktf writes: HCL by topic, what is no JSON, a child module's README.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest, TerraformStack } from "cdktf";
import { BaseStack } from "./base-stack";
import { filesOf } from "./hcl/files";
import { renderBlocks } from "./hcl/render";
import { moduleReadme } from "./module-readme";
import { HCL_FILE, marked, README_FILE } from "./written-files";

/**
 * Gives a stack that cdktf has written all its files, in one format. cdktf's App and its stacks decide about the format separately:
 * a stack heeds only `SYNTH_HCL_OUTPUT`, so that the App's `hclOutput` alone would put JSON into `cdk.tf`.
 * @throws Error where that variable says something else than the App
 */
export function completeFiles(stack: TerraformStack, manifest: Manifest): void {
  const { synthesizedStackPath, stackMetadataPath, workingDirectory } = manifest.forStack(stack);
  const metadataFile = join(manifest.outdir, stackMetadataPath);
  const wroteHcl = existsSync(metadataFile);
  const write = (files: ReadonlyMap<string, string>) => {
    for (const [name, text] of files)
      writeFileSync(join(manifest.outdir, workingDirectory, name), marked(name, text));
  };
  if (manifest.hclOutput && !wroteHcl) {
    const { hcl, metadata } = stack.toHclTerraform();
    writeFileSync(join(manifest.outdir, synthesizedStackPath), hcl);
    writeFileSync(metadataFile, JSON.stringify(metadata, null, 2));
  }
  if (!manifest.hclOutput && wroteHcl) {
    throw new Error(
      'Set SYNTH_HCL_OUTPUT to "true": with any other value cdktf\'s app and stacks disagree on the format',
    );
  }
  if (!(stack instanceof BaseStack)) return;
  if (stack.isChildModule) {
    write(new Map([[README_FILE, `${moduleReadme(stack.node.id, stack.toTerraform())}\n`]]));
  }
  if (manifest.hclOutput) write(stack.toHclFiles());
  else write(unreadableApart(join(manifest.outdir, synthesizedStackPath)));
}

/**
 * Takes out of a file of JSON what Checkov cannot read there, and then reads nothing at all without a word: a text in the block
 * `terraform`, and a list of blocks that have no name. What CDKTF's command reads stays.
 * @returns the files that say it instead
 */
function unreadableApart(file: string): ReadonlyMap<string, string> {
  const { moved = [], ...config } = JSON.parse(readFileSync(file, "utf8"));
  const { required_version, ...terraform } = config.terraform;
  writeFileSync(file, JSON.stringify({ ...config, terraform }, null, 2));
  const apart = renderBlocks({ terraform: { required_version }, moved }, () => ({}));
  const files = new Map(filesOf(apart, () => undefined));
  files.delete(HCL_FILE);
  return files;
}
