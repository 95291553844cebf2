// A copy of the project that a test may build, run and write into, with the documented systems for its environments.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** Where an environment file of the project finds what it imports. */
export const DEFINE = "../validation/define-environment";

/** Where the documented systems find it, which stand among the tests. */
export const SYSTEMS_IMPORT = "../../src/validation/define-environment";

/** @param files further environments: name to text */
export function copyProject(folder: string, files: Readonly<Record<string, string>>): void {
  const settings = readdirSync(root).filter((file) =>
    /^(main\.ts|tsconfig.*\.json|package\.json)$/.test(file),
  );
  for (const part of ["src", "tools", ...settings]) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  // Whatever is in there is the user's.
  const environments = join(folder, "src", "environments");
  rmSync(environments, { recursive: true, force: true });
  mkdirSync(environments);
  const systems = join(__dirname, "..", "systems");
  for (const file of readdirSync(systems)) {
    const text = readFileSync(join(systems, file), "utf8");
    writeFileSync(join(environments, file), text.replace(SYSTEMS_IMPORT, DEFINE));
  }
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(environments, `${name}.ts`), text);
  }
}
