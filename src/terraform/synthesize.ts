// Synthesizes an app so that an error leaves the output folder as it was, and a change of format leaves no stale file.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Manifest, TerraformResource, TerraformStack } from "cdktf";
import { addressOf, DuplicateAddressError, duplicateAddresses, elementsOf } from "./addresses";
import { annotations } from "./annotations";
import { BaseStack, TERRAFORM_VERSION } from "./base-stack";
import { droppedNotice, IMPORT_FILE, keepImports } from "./import-blocks";
import { claim, disclaim } from "./owner";
import { makeFolder, replaceFile } from "./replace-file";
import { completeFiles } from "./stack-files";
import { isWritten, writtenFiles } from "./written-files";

/** Thrown where what would be written is not what the app promises; nothing has been written then. */
export class InvalidAppError extends Error {
  override readonly name = "InvalidAppError";

  /** @param problems a sentence each, at least one */
  constructor(readonly problems: readonly string[]) {
    super(`Nothing was written, because the stacks are not in order:\n  ${problems.join("\n  ")}`);
  }
}

export interface AppOptions {
  /**
   * The output folder.
   *
   * @default - the variable `CDKTF_OUTDIR`, which the CDKTF CLI sets, or else `cdktf.out`
   */
  readonly outdir?: string | undefined;
  /**
   * Whether to write HCL (`cdk.tf`) rather than JSON (`cdk.tf.json`). The variable `SYNTH_HCL_OUTPUT`, which the
   * CDKTF CLI sets, wins.
   *
   * @default false
   */
  readonly hcl?: boolean | undefined;
}

/** An app whose output doesn't depend on the machine: cdktf would keep stack traces, with their paths, by default. */
export function createApp(options: AppOptions = {}): App {
  if (options.outdir !== undefined) makeFolder(options.outdir);
  return new App({
    stackTraces: false,
    // CDK Terrain, CDKTF's continuation, wants to be told, and would refuse what older versions do not know. CDKTF does not ask.
    context: { targetVersions: { terraform: TERRAFORM_VERSION, opentofu: TERRAFORM_VERSION } },
    ...(options.outdir !== undefined && { outdir: options.outdir }),
    ...(options.hcl !== undefined && { hclOutput: options.hcl }),
  });
}

/** What a synth did to what was there before. */
export interface Synthesis {
  /** Whose output it was; `undefined` where it was the same owner's, or nobody's. */
  readonly replaced: string | undefined;
  /** A sentence for each import block that could not be kept. */
  readonly notices: readonly string[];
}

/**
 * Does what `app.synth()` does, but into a folder of its own first: what can fail (aspects, validations, error
 * annotations, rendering) has failed before the output folder is touched.
 *
 * @param owner whose output it is: the environment's name
 * @throws what `app.synth()` throws, and an error for error annotations even where cdktf-cli would have them passed on
 */
export function synthesize(app: App, owner: string): Synthesis {
  const staging = mkdtempSync(join(tmpdir(), "cdktf-synth-"));
  try {
    const manifest = stage(app, staging);
    refuseToOverwrite(manifest, app.outdir);
    // Whose it is stands there only while all of it is: whatever ends this in between leaves a folder that is nobody's.
    const others = disclaim(app.outdir, owner).filter((holder) => holder !== owner);
    if (others.length > 0) forget(app.outdir);
    publish(manifest, app.outdir);
    const notices = keepImportsInto(app);
    claim(app.outdir, owner);
    return { replaced: others.length > 0 ? others.join(" and ") : undefined, notices };
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** The steps of cdktf's `App.synth`, with a session that writes elsewhere. */
function stage(app: App, folder: string): Manifest {
  const manifest = new Manifest(app.manifest.version, folder, app.hclOutput);
  const stacks = app.node.findAll().filter(TerraformStack.isStack);
  for (const stack of stacks) stack.prepareStack();
  // Of all stacks at once: rendering would stop at the first.
  const duplicates = stacks.flatMap(duplicateAddresses);
  if (duplicates.length > 0) throw new DuplicateAddressError(duplicates);
  for (const stack of stacks) {
    renderOnce(stack);
    stack.synthesizer.synthesize({ outdir: folder, skipValidation: app.skipValidation, manifest });
    completeFiles(stack, manifest);
  }
  const problems = app.skipValidation ? [] : app.node.validate();
  if (problems.length > 0) throw new InvalidAppError(problems);

  const errors = annotations(app).filter(({ level }) => level === "error");
  if (errors.length > 0) {
    throw new Error(
      `The app has errors:\n  ${errors.map(({ path, message }) => `[${path}] ${message}`).join("\n  ")}`,
    );
  }
  return manifest;
}

/**
 * From here on, whoever reads a stack (its file, the policies, the proof of the traffic) reads one and the same rendering:
 * it is what takes most of a synth's time.
 */
function renderOnce(stack: TerraformStack): void {
  // Of the class, not what an earlier synth of the same app has left here.
  Reflect.deleteProperty(stack, "toTerraform");
  const render = stack.toTerraform.bind(stack);
  let config: ReturnType<TerraformStack["toTerraform"]>;
  stack.toTerraform = () => {
    config ??= render();
    return config;
  };
}

/** @throws InvalidAppError where somebody else's file is called as one that would be written */
function refuseToOverwrite(staged: Manifest, outdir: string): void {
  const problems = Object.values(staged.stacks).flatMap(({ workingDirectory }) => {
    const folder = join(outdir, workingDirectory);
    return readdirSync(join(staged.outdir, workingDirectory))
      .filter((name) => existsSync(join(folder, name)) && !isWritten(folder, name))
      .map(
        (name) =>
          `${join(folder, name)} is no synth's, and a synth writes a file of this name there. Give yours another name.`,
      );
  });
  if (problems.length > 0) throw new InvalidAppError(problems);
}

/**
 * Where another environment's output was, Terraform remembers that one's state in each stack's folder and would offer to
 * copy it over ours: it must forget that, and so starts afresh. Nor is there anything of the other's to take over.
 */
function forget(outdir: string): void {
  const stacks = join(outdir, Manifest.stacksFolder);
  for (const stack of existsSync(stacks) ? readdirSync(stacks) : []) {
    // Not a state, despite its name: which backend `terraform init` has set up.
    rmSync(join(stacks, stack, ".terraform", "terraform.tfstate"), { force: true });
    rmSync(join(stacks, stack, IMPORT_FILE), { force: true });
  }
}

/**
 * Terraform fails on an import into a resource that is no more; one that is called otherwise now is imported as that.
 * @returns what to say of the blocks that are gone
 */
function keepImportsInto(app: App): string[] {
  return app.node
    .findAll()
    .filter(TerraformStack.isStack)
    .flatMap((stack) => {
      const folder = join(app.outdir, app.manifest.forStack(stack).workingDirectory);
      // Terraform takes such blocks in a root module alone.
      if (stack instanceof BaseStack && stack.isChildModule) {
        return keepImports(folder, () => undefined).map(
          ({ id }) =>
            `[warn] ${join(folder, IMPORT_FILE)} no longer imports ${id}: a child module can import nothing.`,
        );
      }
      // Hardly ever is there one, so that nothing is worked out before it is asked for.
      let present: ((address: string) => string | undefined) | undefined;
      const presentAddress = (address: string) => {
        present ??= presentAddresses(stack);
        return present(address);
      };
      return keepImports(folder, presentAddress).map((block) =>
        droppedNotice(block, join(folder, IMPORT_FILE)),
      );
    });
}

/** What a resource of a stack is called now, by this address or by its former one; `undefined` where it is no more. */
function presentAddresses(stack: TerraformStack): (address: string) => string | undefined {
  const addresses = new Set(elementsOf(stack).filter(TerraformResource.isTerraformResource).map(addressOf));
  const moves = stack instanceof BaseStack ? stack.moves() : [];
  const moved = new Map(moves.map(({ from, to }) => [from, to]));
  return (address) => (addresses.has(address) ? address : moved.get(address));
}

/** Moves staged files over, and removes the configuration that they replace. */
function publish(staged: Manifest, outdir: string): void {
  const stacks = join(outdir, Manifest.stacksFolder);
  makeFolder(stacks);
  for (const { workingDirectory } of Object.values(staged.stacks)) {
    const folder = join(outdir, workingDirectory);
    copyFolder(join(staged.outdir, workingDirectory), folder);
    const present = readdirSync(join(staged.outdir, workingDirectory));
    for (const file of writtenFiles(folder).filter((name) => !present.includes(name)))
      rmSync(join(folder, file));
  }
  // The folder of a stack that is no more may still hold its state, so only what would be applied goes.
  for (const left of readdirSync(stacks).filter((name) => staged.stacks[name] === undefined)) {
    for (const file of writtenFiles(join(stacks, left))) rmSync(join(stacks, left, file));
  }
  const manifest = JSON.stringify(
    staged.buildManifest(),
    (key, value) => (key === "stacktrace" ? undefined : value),
    2,
  );
  replaceFile(join(outdir, Manifest.fileName), manifest);
}

function copyFolder(from: string, to: string): void {
  makeFolder(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) copyFolder(source, target);
    else replaceFile(target, readFileSync(source));
  }
}
