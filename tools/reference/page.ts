// Writes docs/environment-file.md: a table of the fields for each object of the environment file.
import { EFFECTS } from "../../src/model/changes/change";
import { effectsOfField, REFUSED_FIELDS } from "../../src/model/changes/changes";
import { type Field, fieldList } from "../../src/schema/field-list";
import { fieldComments } from "./descriptions";

const INTRODUCTION = `# The environment file

Every field that a file in \`src/environments\` may have. The editor shows the same beside each field. The schema that checks a
file, \`src/schema\`, is the source of this page: change a field or its comment there, then run \`npm run docs\`. A unit test fails
while the page is out of date.

In the headings, \`*\` stands for a key that you choose, and \`[]\` for each entry of a list. A field without a default must be
there wherever its object is. Sizes of CPU, memory and storage, times and percentages are plain numbers in the unit that the type names.
[Make it yours](make-it-yours.md) goes from an empty file to a deployed environment; what the whole is made of, and why, is in
[architecture.md](architecture.md).

The column "a change" says what becomes of a platform that runs, when the field gets another value:

${table(["a change", "what it means"], Object.entries(EFFECTS))}

[Changing a platform that runs](deployment.md#change-what-runs) says how preflight shows this before a deployment.`;

const REFUSED = `## What cannot be changed

The fields whose change is refused, what of Terraform it would replace, and what to do instead.`;

/** What a field's comment ends with where the schema itself fills nothing in. */
const STATED_DEFAULT = /(?:^|\s)Default: (.+)\.$/;

/** A field with what is said of it. */
interface DescribedField extends Field {
  /** What it means; without the default where that has a cell of its own. */
  readonly meaning: string;
  /** The default in words or as code; \`undefined\` where there is none and the field may be left out all the same. */
  readonly defaultText: string | undefined;
}

/**
 * All fields with their meaning and default.
 * @param root the project's folder, whose sources are read
 */
export function describedFields(root: string): readonly DescribedField[] {
  const commentsOf = fieldComments(root);
  return fieldList().map((field) => {
    const comment = commentsOf(field.path)
      .join(" ")
      .replace(/docs\/([\w-]+\.md)/g, "[$1]($1)");
    const stated = STATED_DEFAULT.exec(comment);
    if (field.required) {
      return { ...field, meaning: comment, defaultText: "required" };
    }
    if (field.default !== undefined) {
      const code = field.default.startsWith("its ") ? field.default : `\`${field.default}\``;
      return { ...field, meaning: comment, defaultText: code };
    }
    return { ...field, meaning: comment.replace(STATED_DEFAULT, ""), defaultText: stated?.[1] };
  });
}

/** The page, in Markdown. */
export function referencePage(root: string): string {
  const fields = describedFields(root);
  const objects = new Map<string, DescribedField[]>();
  for (const field of fields) {
    const owner = ownerOf(field.path);
    objects.set(owner, [...(objects.get(owner) ?? []), field]);
  }
  const parts = [...objects].map(([owner, members]) => {
    const described = fields.find(({ path }) => path === owner.replace(/(\[\]|\.\*)$/, ""));
    const heading = owner === "" ? "## The file as a whole" : `## \`${owner}\``;
    const rows = members.map((field) => row(field, [...objects.keys()]));
    return [
      heading,
      ...(described ? [described.meaning] : []),
      ...(described && described.forms.length > 0
        ? [`One of: ${described.forms.map((form) => `\`${form}\``).join(", ")}.`]
        : []),
      table(["field", "type", "default", "a change", "meaning"], rows),
    ].join("\n\n");
  });
  const refused = REFUSED_FIELDS.map(({ path, replaces, instead }) => [
    `\`${path}\``,
    replaces.map((argument) => `\`${argument}\``).join(", "),
    instead,
  ]);
  const last = [REFUSED, table(["field", "would replace, because of", "instead"], refused)];
  return `${[INTRODUCTION, ...parts, ...last].join("\n\n")}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The path of the object that a field belongs to; empty for the file itself. */
function ownerOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}

function row({ path, type, defaultText, meaning }: DescribedField, objects: readonly string[]): string[] {
  const name = `\`${path.slice(path.lastIndexOf(".") + 1)}\``;
  const inner = objects.find((owner) => owner.replace(/(\[\]|\.\*)$/, "") === path);
  return [
    inner ? `[${name}](#${anchor(inner)})` : name,
    type,
    defaultText ?? "",
    effectsOfField(path).join(", or "),
    meaning,
  ];
}

/** How GitHub names the anchor of a heading. */
function anchor(heading: string): string {
  return heading.toLowerCase().replace(/[^\w-]/g, "");
}
