// The README beside a child module: its inputs, its outputs and what it requires, read from the configuration itself.
import { codeSpan, plainMarkdown } from "../model/markdown-text";
import { asList, isObject, type Json, type JsonObject } from "./hcl/json";

/**
 * A page in Markdown for whoever calls the module.
 * @param name what the module is called: the stack's id
 */
export function moduleReadme(name: string, config: JsonObject): string {
  const variables = membersOf(config.variable);
  const outputs = membersOf(config.output);
  const { required_version, required_providers }: JsonObject = isObject(config.terraform)
    ? config.terraform
    : {};
  const providers = membersOf(required_providers);
  const aliases = providers.flatMap(([, { configuration_aliases = [] }]) =>
    asList(configuration_aliases).map(text),
  );
  const needed = variables.filter(([, variable]) => !("default" in variable)).map(([input]) => input);
  return [
    `# ${name}`,
    "A Terraform module, written by `npm run synth` from an environment file. It configures no provider and no backend: both are " +
      "its caller's. `count`, `for_each` and `depends_on` are allowed; a second instance in the same account is not, since names and " +
      "tags in AWS are the environment's.",
    fenced([
      `module "${name.replaceAll("-", "_")}" {`,
      ...aligned([["source", `"<path to this folder>"`], ...needed.map((input) => [input, "..."] as const)]),
      ...(aliases.length > 0
        ? [
            "",
            "  providers = {",
            ...aligned([["aws", "aws"], ...aliases.map((alias) => [alias, alias] as const)]).map(
              (line) => `  ${line}`,
            ),
            "  }",
          ]
        : []),
      "}",
    ]),
    "## Requirements",
    table(
      ["Name", "Version"],
      [
        ["Terraform, or OpenTofu", codeSpan(text(required_version))],
        ...providers.map(([, { source, version }]) => [codeSpan(text(source)), codeSpan(text(version))]),
      ],
    ),
    "## Inputs",
    table(
      ["Name", "Description", "Type", "Default"],
      variables.map(([input, { description, type, default: given }]) => [
        codeSpan(input),
        plainMarkdown(text(description)),
        codeSpan(text(type)),
        given === undefined ? "required" : codeSpan(JSON.stringify(given)),
      ]),
    ),
    "## Outputs",
    table(
      ["Name", "Description"],
      outputs.map(([output, { description }]) => [codeSpan(output), plainMarkdown(text(description))]),
    ),
  ].join("\n\n");
}

/** In the order of their names, as readers look for them. */
function membersOf(block: Json | undefined): [name: string, body: JsonObject][] {
  return Object.entries(isObject(block) ? block : {})
    .flatMap(([name, body]): [string, JsonObject][] => (isObject(body) ? [[name, body]] : []))
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function aligned(assignments: readonly (readonly [name: string, value: string])[]): string[] {
  const width = Math.max(...assignments.map(([name]) => name.length));
  return assignments.map(([name, value]) => `  ${name.padEnd(width)} = ${value}`);
}

function fenced(lines: readonly string[]): string {
  return ["```hcl", ...lines, "```"].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return rows.length === 0
    ? "None."
    : [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
