// Files beside a stack's configuration that Terraform would read with it, and what they may do to the stack.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, type Json } from "./hcl/json";
import { expressionTokens, TemplateSyntaxError, type Token } from "./hcl/tokens";
import { isWritten, JSON_FILE } from "./written-files";

/** A file in a stack's folder that no synth has written, and that Terraform reads. */
export interface StrayFile {
  readonly name: string;
  /**
   * `override`: what the stack says may be something else because of it. `values`: its variables may have other values.
   * `json`, `hcl`: it adds to the stack.
   */
  readonly kind: "override" | "values" | "json" | "hcl";
  readonly text: string;
}

/** "Files and configuration structure", "Override files" and "Variable definitions files" in Terraform's documentation. */
const KINDS: readonly (readonly [RegExp, StrayFile["kind"]])[] = [
  [/(^|_)override\.tf(\.json)?$/, "override"],
  [/^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/, "values"],
  [/\.tf\.json$/, "json"],
  [/\.tf$/, "hcl"],
];

/** The stray files of a stack's folder, by name. */
export function strayFiles(folder: string): StrayFile[] {
  const files = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  // Beside JSON, what begins as a synth's file may be anybody's: nothing reads what it says.
  const isHcl = !existsSync(join(folder, JSON_FILE));
  const isSynthesized = (name: string) => name === JSON_FILE || (isHcl && isWritten(folder, name));
  return files
    .filter((file) => !file.isDirectory() && !/^\.|~$|^#.*#$/.test(file.name) && !isSynthesized(file.name))
    .flatMap(({ name }) => {
      const [, kind] = KINDS.find(([pattern]) => pattern.test(name)) ?? [];
      return kind === undefined ? [] : [{ name, kind, text: readFileSync(join(folder, name), "utf8") }];
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Blocks that make nothing: settings, names, lookups, and what is known of the state. */
const MAKE_NOTHING: readonly string[] = [
  "//",
  "terraform",
  "provider",
  "variable",
  "locals",
  "output",
  "data",
  "ephemeral",
  "check",
  "import",
  "moved",
  "removed",
];

/** Of these, what other blocks of the stack may depend on. */
const DEPENDED_ON: readonly string[] = ["variable", "locals", "data", "ephemeral"];

/** Whether a file may make, or change, what its stack makes. What cannot be read may. */
export function mayAddResources({ name, kind, text }: StrayFile): boolean {
  if (kind === "values") {
    return false;
  }
  const found = name.endsWith(".json") ? blocksOfJson(text) : blocksOfHcl(text);
  const changes = (block: string) => kind === "override" && DEPENDED_ON.includes(block);
  return found === undefined || found.some((block) => !MAKE_NOTHING.includes(block) || changes(block));
}

function blocksOfJson(text: string): string[] | undefined {
  try {
    const config: Json = JSON.parse(text);
    return isObject(config) ? Object.keys(config) : undefined;
  } catch {
    return undefined;
  }
}

/** The first words of the blocks of a file. */
function blocksOfHcl(text: string): string[] | undefined {
  let tokens: readonly Token[];
  try {
    tokens = expressionTokens(text);
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return undefined;
    throw error;
  }
  const found: string[] = [];
  let depth = 0;
  let isBetween = true;
  for (const { kind, text: word } of tokens) {
    if (depth === 0 && isBetween && kind === "identifier") {
      found.push(word);
      isBetween = false;
    }
    if (/^open[[({TQ]/.test(kind)) depth += 1;
    if (/^close[[({TQ]/.test(kind)) depth -= 1;
    if (depth === 0 && kind === "close{") isBetween = true;
  }
  return found;
}
