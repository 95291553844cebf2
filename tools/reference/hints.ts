// Puts each field's comment back beside it in the declarations of the package: the compiler leaves them out of inferred types.
import { parse } from "@babel/parser";

/** What the schema of an environment as a whole is called. */
const ROOT = "environmentSchema";

interface Insertion {
  readonly at: number;
  readonly comment: string;
}

/**
 * The declarations with a documentation comment before each field that has one.
 * @param declarations the text of schema/environment.d.ts
 * @param commentsOf a field's comments by its path, without marks for keys and entries: `services.routes.priority`
 * @throws where the declarations have no field with a comment
 */
export function withHints(declarations: string, commentsOf: (path: string) => readonly string[]): string {
  const { program } = parse(declarations, {
    sourceType: "module",
    plugins: [["typescript", { dts: true }]],
  });
  const insertions: Insertion[] = [];
  const visit = (node: unknown, path: string): void => {
    if (Array.isArray(node)) {
      for (const inner of node) {
        visit(inner, path);
      }
    } else if (isNode(node)) {
      const key = node.type === "TSPropertySignature" && isNode(node.key) ? node.key.name : undefined;
      const at = typeof key === "string" ? `${path}.${key}` : path;
      const comment = typeof key === "string" ? commentsOf(at.slice(1)).join(" ") : "";
      if (comment !== "" && typeof node.start === "number") {
        insertions.push({ at: node.start, comment });
      }
      for (const [name, inner] of Object.entries(node)) {
        if (!name.endsWith("Comments") && name !== "loc") {
          visit(inner, at);
        }
      }
    }
  };
  for (const statement of program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : undefined;
    for (const { id } of declaration?.type === "VariableDeclaration" ? declaration.declarations : []) {
      if (id.type === "Identifier" && id.name === ROOT) {
        visit(id.typeAnnotation, "");
      }
    }
  }
  if (insertions.length === 0) {
    throw new Error(`The declarations of ${ROOT} have no field that the schema's source describes.`);
  }
  return insertions
    .sort((one, other) => other.at - one.at)
    .reduce(
      (text, { at, comment }) => `${text.slice(0, at)}/** ${comment} */ ${text.slice(at)}`,
      declarations,
    );
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> & { readonly type: string } {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
