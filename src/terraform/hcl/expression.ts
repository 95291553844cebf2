// Writes the values of Terraform's JSON syntax as expressions of the native one, laid out as `terraform fmt` wants.
import { isList, isObject, type Json, type JsonObject } from "./json";
import { LINE_WIDTH, layout, NOT_A_KEY } from "./layout";
import { assignments, indent } from "./lines";
import { spell } from "./spacing";
import { escapeText, expressionTokens, type Token, templateTokens } from "./tokens";

/** How the strings inside a value are to be read. */
export type StringReader = (source: string) => string;

/** A string that Terraform evaluates: `"${expression}"` becomes the bare expression, all else a quoted template. */
export function template(source: string): string {
  const tokens = templateTokens(source);
  return layout(soleInterpolation(tokens) ?? quoted(tokens));
}

/** A string that Terraform takes as it is, because it evaluates nothing there: a default, a description, a backend. */
export function constant(source: string): string {
  return `"${escapeText(source).replace(/[$%]\{/g, (opening) => `${opening.charAt(0)}${opening}`)}"`;
}

/** A reference, a keyword or a type constraint: native syntax already, save for an interpolation around it. */
export function bare(source: string): string {
  return layout(soleInterpolation(templateTokens(source)) ?? expressionTokens(source));
}

/**
 * Writes a value as an expression, over several lines where it needs them.
 *
 * @param read how its strings are read; `constant` holds for the keys of objects too
 * @param members how those of an object's own members are read, where it is otherwise
 */
export function expression(
  value: Json,
  read: StringReader,
  members: Readonly<Record<string, StringReader>> = {},
): string {
  if (typeof value === "string") return read(value);
  if (isList(value)) return list(value, read);
  if (isObject(value)) return object(value, read, members);
  return JSON.stringify(value);
}

function list(items: readonly Json[], read: StringReader): string {
  const written = items.map((item) => expression(item, read));
  const line = `[${written.join(", ")}]`;
  const fits = line.length <= LINE_WIDTH || written.length === 1;
  if (fits && !line.includes("\n")) return line;
  return ["[", ...indent(written.flatMap((item) => `${item},`.split("\n"))), "]"].join("\n");
}

function object(
  members: JsonObject,
  read: StringReader,
  readers: Readonly<Record<string, StringReader>>,
): string {
  const items = Object.entries(members).map(([name, value]) => ({
    name: key(name, read),
    value: expression(value, readers[name] ?? read),
  }));
  return items.length === 0 ? "{}" : ["{", ...indent(assignments(items)), "}"].join("\n");
}

function key(name: string, read: StringReader): string {
  if (read === bare || (/^[A-Za-z_][\w-]*$/.test(name) && !NOT_A_KEY.has(name))) return name;
  if (read === constant) return constant(name);
  const tokens = templateTokens(name);
  const interpolation = soleInterpolation(tokens);
  // Without parentheses a bare name would be a key of that name, not of its value.
  return interpolation === undefined ? spell(quoted(tokens)) : `(${spell(interpolation)})`;
}

function quoted(tokens: readonly Token[]): Token[] {
  return [{ kind: "openQuote", text: '"' }, ...tokens, { kind: "closeQuote", text: '"' }];
}

/** The expression inside, if the template is `${expression}` and nothing else, however often that is wrapped again. */
function soleInterpolation(tokens: readonly Token[]): readonly Token[] | undefined {
  if (tokens[0]?.text !== "${" || tokens.at(-1)?.text !== "}") return undefined;
  let depth = 0;
  for (const [index, { kind }] of tokens.entries()) {
    if (kind === "openTemplate") depth += 1;
    if (kind === "closeTemplate") depth -= 1;
    if (depth === 0 && index < tokens.length - 1) return undefined;
  }
  const inside = tokens.slice(1, -1);
  const isQuoted = inside[0]?.kind === "openQuote" && inside.at(-1)?.kind === "closeQuote";
  return (isQuoted ? soleInterpolation(inside.slice(1, -1)) : undefined) ?? inside;
}
