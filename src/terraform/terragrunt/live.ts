// The folder live/<environment>: a conventional root of Terragrunt, and a unit for each child module, in their order.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Environment } from "../../model/environment";
import { makeFolder, replaceFile } from "../replace-file";
import { COMMON_INPUTS, rootText } from "./root";
import { hasOwnInputs, inputsText, type Module, type UnitProps, unitText } from "./unit";

/** How each file that a synth overwrites begins. */
const MARK = "# Written by `npm run synth -- --terragrunt`, which overwrites it.\n";

/** Whose deployment comes before that of `django`: the images have to be there. */
const BEFORE_DJANGO = ["registry"];

/** Thrown where no units are written, and why. */
export class UnitsError extends Error {
  override readonly name = "UnitsError";
}

/** @throws UnitsError where the stacks have what Terragrunt generates */
export function refuseRootModules({
  name,
  terraformModule,
}: Pick<Environment, "name" | "terraformModule">): void {
  if (terraformModule === "root") {
    throw new UnitsError(
      `Units of Terragrunt are for child modules, and the stacks of ${name} have a provider and a backend of their own, which ` +
        'Terraform refuses beside those that Terragrunt generates. Write terraformModule: "child" into the environment file.',
    );
  }
}

/** The files that a synth overwrites: the root, and each unit. */
const ROOT_FILE = "root.hcl";
const unitFile = (id: string) => join(id, "terragrunt.hcl");

export interface UnitsProps {
  /** The environment's name. */
  readonly environment: string;
  /** Identifiers of the stacks. */
  readonly modules: readonly string[];
  /** The folder that units stand in, for all environments. */
  readonly live: string;
}

/**
 * Asked before anything is written.
 * @throws UnitsError where a file of the units' names is somebody else's
 */
export function refuseOthersUnits({ environment, modules, live }: UnitsProps): void {
  const others = [ROOT_FILE, ...modules.map(unitFile)]
    .map((file) => join(live, environment, file))
    .filter((file) => existsSync(file) && !isOurs(file));
  if (others.length > 0) {
    throw new UnitsError(
      `Nothing was written: ${others.join(" and ")} ${others.length === 1 ? "is yours, and a unit" : "are yours, and units"} of Terragrunt would be called so. Move what is there.`,
    );
  }
}

export interface LiveProps {
  readonly environment: Pick<Environment, "name" | "region" | "account" | "state">;
  /** The stacks, as child modules, in the order in which they are deployed. */
  readonly modules: readonly Module[];
  /** The folder of the synth's output that holds the modules. */
  readonly stacks: string;
  /** The folder that units stand in, for all environments. */
  readonly live: string;
}

/**
 * Writes the root and the units. A unit's `inputs.yaml` is its users': it is written where there is none, and left alone.
 * @returns a sentence for each unit of a stack that is no more
 */
export function writeLive({ environment, modules, stacks, live }: LiveProps): string[] {
  const folder = join(live, environment.name);
  const { name, region, account, state } = environment;
  const written = new Map([[ROOT_FILE, rootText({ name, region, account, state, modules })]]);
  const once = new Map<string, string>();
  for (const module of modules) {
    const props: UnitProps = {
      module,
      all: modules,
      source: relative(join(folder, module.id), stacks).split("\\").join("/"),
      after:
        module.id === "django" ? modules.map(({ id }) => id).filter((id) => BEFORE_DJANGO.includes(id)) : [],
      common: COMMON_INPUTS,
    };
    written.set(unitFile(module.id), unitText(props));
    if (hasOwnInputs(props)) once.set(join(module.id, "inputs.yaml"), inputsText(props));
  }
  for (const [file, text] of written) write(join(folder, file), `${MARK}\n${text}\n`);
  for (const [file, text] of once) {
    if (!existsSync(join(folder, file))) write(join(folder, file), text);
  }
  return leftUnits(folder, modules).map(
    (unit) =>
      `[warn] ${unit} is the unit of a stack that ${name} no longer has: "terragrunt run --all apply" would destroy all that it ` +
      'holds. Where that is meant, run "terragrunt destroy" there. Then remove the folder.',
  );
}

/** The units that a synth has written for other stacks. */
function leftUnits(folder: string, modules: readonly Module[]): string[] {
  const present = modules.map(({ id }) => id);
  return readdirSync(folder)
    .filter((id) => !present.includes(id) && isOurs(join(folder, unitFile(id))))
    .map((id) => join(folder, id));
}

function isOurs(file: string): boolean {
  return existsSync(file) && readFileSync(file, "utf8").startsWith(MARK);
}

function write(file: string, text: string): void {
  makeFolder(join(file, ".."));
  replaceFile(file, text);
}
