// Finds "${" and "%{" in the texts of an environment: Terraform would read what follows as an expression.
import type { Problem } from "./problem";
import { pathText, shown } from "./shown";

const REMEDY =
  'Write it without "${" and "%{": Terraform would read what follows as an expression of its own.';

/** What a container gets as it stands, escaped by `literal`: there the two are the shell's or the application's. */
const ESCAPED_FIELDS: readonly PropertyKey[] = ["environment", "entryPoint", "command", "oneOffCommands"];

/** Every text of an environment file, key or value, that Terraform would not take as it stands. */
export function interpolationProblems(input: unknown): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown, path: readonly PropertyKey[]): void => {
    if (isEscaped(path)) {
      return;
    }
    if (typeof value === "string" && isTemplate(value)) {
      problems.push({ path: pathText(path), value: shown(input, path), remedy: REMEDY });
    }
    // Nothing keeps a value that is computed from containing itself.
    if (typeof value !== "object" || value === null || seen.has(value)) {
      return;
    }
    seen.add(value);
    const list = Array.isArray(value);
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, list ? Number(key) : key];
      if (isTemplate(key)) {
        problems.push({ path: pathText(at), value: shown(input, at), remedy: REMEDY });
      }
      visit(inner, at);
    }
    // Only a value within itself is cut off: one that is used in two places is wrong in both.
    seen.delete(value);
  };
  visit(input, []);
  return problems;
}

function isTemplate(text: string): boolean {
  return text.includes("${") || text.includes("%{");
}

function isEscaped([section, , ...inService]: readonly PropertyKey[]): boolean {
  // A sidecar's fields are those of a container, too.
  const [field, inner] = inService[0] === "sidecars" ? inService.slice(2) : inService;
  return (
    section === "services" &&
    field !== undefined &&
    (ESCAPED_FIELDS.includes(field) || (field === "healthCheck" && inner === "command"))
  );
}
