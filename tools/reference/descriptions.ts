// Reads what the schema's source says of each field: the comment beside it, which editors show as a hint, too.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "@babel/parser";

type Statement = ReturnType<typeof parse>["program"]["body"][number];
type Declaration = Extract<Statement, { type: "VariableDeclaration" }>["declarations"][number];
type Expression = NonNullable<Declaration["init"]>;
type ObjectLiteral = Extract<Expression, { type: "ObjectExpression" }>;

/** The functions of src/schema/fields.ts that take an object's fields. */
const SECTIONS = ["section", "switchable"];

/** Where an environment as a whole is described. */
const ROOT = { file: join("src", "schema", "environment.ts"), name: "environmentSchema" };

/** One object of the schema as its source has it. */
interface Section {
  readonly fields: ReadonlyMap<string, SourceField>;
}

interface SourceField {
  /** The comment in one line; empty where there is none. */
  readonly comment: string;
  /** The objects that the field's value may be, or be made of. */
  readonly sections: readonly Section[];
}

/**
 * Reads the schema's source.
 * @param root the project's folder
 * @returns a function from a field's path, as `fieldList` has it, to its comments, in one line each: more than one where
 * several forms of an object have the field, none where nothing is said. Paths may be of objects that the schema does not
 * have.
 */
export function fieldComments(root: string): (path: string) => readonly string[] {
  const sections = new Source(root).sections(ROOT.file, ROOT.name);
  return (path) => {
    const keys = path.split(".").map((key) => key.replaceAll("[]", ""));
    let fields: SourceField[] = [];
    let within = sections;
    for (const key of keys.filter((one) => one !== "*")) {
      fields = within.flatMap((section) => section.fields.get(key) ?? []);
      within = fields.flatMap((field) => field.sections);
    }
    return [...new Set(fields.map(({ comment }) => comment))].filter((comment) => comment !== "");
  };
}

/** What the top of a source file declares or imports, by name. */
interface SourceFile {
  readonly values: ReadonlyMap<string, Expression>;
  readonly imports: ReadonlyMap<string, { readonly file: string; readonly name: string }>;
}

/** The source files of the schema, each read once. */
class Source {
  private readonly files = new Map<string, SourceFile>();
  private readonly known = new Map<ObjectLiteral, Section>();

  constructor(private readonly root: string) {}

  /** The objects that a name of a file stands for; none where it is not declared in the project. */
  sections(file: string, name: string): readonly Section[] {
    const { values, imports } = this.file(file);
    const value = values.get(name);
    if (value) {
      return this.within(value, file);
    }
    const imported = imports.get(name);
    return imported ? this.sections(imported.file, imported.name) : [];
  }

  private file(path: string): SourceFile {
    const read = this.files.get(path) ?? this.read(path);
    this.files.set(path, read);
    return read;
  }

  private read(path: string): SourceFile {
    const values = new Map<string, Expression>();
    const imports = new Map<string, { file: string; name: string }>();
    const { program } = parse(readFileSync(join(this.root, path), "utf8"), {
      sourceType: "module",
      plugins: ["typescript"],
    });
    for (const statement of program.body) {
      const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
      if (declaration?.type === "VariableDeclaration") {
        for (const { id, init } of declaration.declarations) {
          if (id.type === "Identifier" && init) {
            values.set(id.name, init);
          }
        }
      }
      const file =
        statement.type === "ImportDeclaration" ? this.imported(path, statement.source.value) : undefined;
      if (statement.type === "ImportDeclaration" && file) {
        for (const specifier of statement.specifiers) {
          if (specifier.type === "ImportSpecifier" && specifier.imported.type === "Identifier") {
            imports.set(specifier.local.name, { file, name: specifier.imported.name });
          }
        }
      }
    }
    return { values, imports };
  }

  /** The project's file that an import names; `undefined` for a package. */
  private imported(from: string, specifier: string): string | undefined {
    const file = join(dirname(from), specifier);
    return specifier.startsWith(".")
      ? [`${file}.ts`, join(file, "index.ts")].find((one) => existsSync(join(this.root, one)))
      : undefined;
  }

  /** The objects that an expression makes a schema of, through names, calls and whatever else it consists of. */
  private within(node: unknown, file: string): readonly Section[] {
    if (!isNode(node)) {
      return Array.isArray(node) ? node.flatMap((inner) => this.within(inner, file)) : [];
    }
    if (isIdentifier(node)) {
      return this.sections(file, node.name);
    }
    if (node.type === "CallExpression" && isIdentifier(node.callee) && SECTIONS.includes(node.callee.name)) {
      const [shape] = Array.isArray(node.arguments) ? node.arguments : [];
      const literal = isIdentifier(shape) ? this.file(file).values.get(shape.name) : shape;
      return isObjectLiteral(literal) ? [this.section(literal, file)] : [];
    }
    return Object.entries(node).flatMap(([key, inner]) =>
      key.endsWith("Comments") ? [] : this.within(inner, file),
    );
  }

  private section(literal: ObjectLiteral, file: string): Section {
    const known = this.known.get(literal);
    if (known) {
      return known;
    }
    const fields = new Map<string, SourceField>();
    for (const property of literal.properties) {
      if (property.type === "ObjectProperty" && property.key.type === "Identifier") {
        const comment = commentText(property.leadingComments?.at(-1)?.value ?? "");
        fields.set(property.key.name, { comment, sections: this.within(property.value, file) });
      }
    }
    const section = { fields };
    this.known.set(literal, section);
    return section;
  }
}

/** The text of a documentation comment in one line, without its tags; empty for any other comment. */
function commentText(comment: string): string {
  return comment.startsWith("*")
    ? comment
        .slice(1)
        .split("\n")
        .map((line) => line.replace(/^\s*\*\s?/, "").trim())
        .filter((line) => !line.startsWith("@"))
        .join(" ")
        .trim()
    : "";
}

function isNode(value: unknown): value is { readonly type: string } & Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function isIdentifier(value: unknown): value is { readonly type: "Identifier"; readonly name: string } {
  return isNode(value) && value.type === "Identifier" && typeof value.name === "string";
}

function isObjectLiteral(value: unknown): value is ObjectLiteral {
  return isNode(value) && value.type === "ObjectExpression";
}
