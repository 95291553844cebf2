// Lays a long expression out over several lines, as a person would write it and as `terraform fmt` leaves it.
import { type Assignment, assignments, indent } from "./lines";
import { spell } from "./spacing";
import type { Token } from "./tokens";

/** An expression on one line is no wider than this, unless it has nowhere to break: a string, a reference. */
export const LINE_WIDTH = 100;

/** A bracket and what stands in it, split at its commas. */
interface Group {
  readonly open: Token;
  readonly items: readonly Sequence[];
  readonly close: Token;
}

/** A part of an expression: a token, a whole string, or a bracket with all in it. */
type Part = Token | readonly Token[] | Group;
type Sequence = readonly Part[];

/** Words that mean something else at the start of an object's item. */
export const NOT_A_KEY: ReadonlySet<string> = new Set(["for", "true", "false", "null"]);

/** Writes an expression, on one line if it is short enough. The lines after the first are indented as from column 0. */
export function layout(tokens: readonly Token[]): string {
  const written = withBareKeys(tokens);
  return lay(new Reader(written).sequence(), false);
}

/**
 * @param isBracketed whether a line break means nothing where the expression stands: in round and square brackets
 */
function lay(sequence: Sequence, isBracketed: boolean): string {
  const line = spell(tokensOf(sequence));
  if (line.length <= LINE_WIDTH) return line;
  const operands = operandsOf(sequence);
  if (operands.length > 1) {
    const lines = operands.flatMap(({ operand, operator }) =>
      `${lay(operand, false)}${operator === "" ? "" : ` ${operator}`}`.split("\n"),
    );
    return (isBracketed ? lines : ["(", ...indent(lines), ")"]).join("\n");
  }
  const group = longestGroup(sequence);
  return group === undefined ? line : openUp(sequence, group);
}

/** Puts a bracket's content on lines of its own: `jsonencode({`, the items, `})`. */
function openUp(sequence: Sequence, opened: Group): string {
  const place = sequence.indexOf(opened);
  const before: Part[] = [...sequence.slice(0, place)];
  const after: Part[] = [...sequence.slice(place + 1)];
  let group = opened;
  // A call with one argument embraces it.
  for (;;) {
    const [only, ...others] = group.items;
    const last = only?.at(-1);
    const isEmbraced =
      group.open.text === "(" && others.length === 0 && last !== undefined && isGroup(last) && isCall(only);
    if (!isEmbraced) break;
    before.push(group.open, ...(only ?? []).slice(0, -1));
    after.unshift(group.close);
    group = last;
  }
  const head = spell([...tokensOf(before), group.open]);
  const tail = spell([group.close, ...tokensOf(after)]);
  return [head, ...indent(contentOf(group)), tail].join("\n");
}

/** Whether nothing but a function's name stands before the last part. */
function isCall(sequence: Sequence | undefined): boolean {
  return (sequence ?? [])
    .slice(0, -1)
    .every((part) => "kind" in part && /^(identifier|doubleColon)$/.test(part.kind));
}

function contentOf({ open, items }: Group): string[] {
  const [first = []] = items;
  if (isFor(first)) {
    const colon = first.findIndex((part) => "kind" in part && part.text === ":");
    return [first.slice(0, colon + 1), first.slice(colon + 1)].flatMap((part) => lay(part, true).split("\n"));
  }
  if (open.text === "{") return assignments(items.map(assignment));
  const comma = (index: number) => (open.text === "[" || index < items.length - 1 ? "," : "");
  return items.flatMap((item, index) => `${lay(item, true)}${comma(index)}`.split("\n"));
}

/** An item of an object. */
function assignment(item: Sequence): Assignment {
  const equals = item.findIndex((part) => "kind" in part && (part.text === "=" || part.text === ":"));
  return {
    name: spell(tokensOf(item.slice(0, equals))),
    value: lay(item.slice(equals + 1), false),
  };
}

/** The operands of the operator that binds least, each with the operator that follows it. */
function operandsOf(sequence: Sequence): { readonly operand: Sequence; readonly operator: string }[] {
  const isOperator = (part: Part, some: readonly string[]): part is Token =>
    "kind" in part && part.kind === "operator" && some.includes(part.text);
  const operators = [["?", ":"], ["||"], ["&&"]].find((some) =>
    sequence.some((part) => isOperator(part, some)),
  );
  const operands: { operand: Part[]; operator: string }[] = [{ operand: [], operator: "" }];
  for (const part of sequence) {
    const last = operands.at(-1);
    if (last !== undefined && operators !== undefined && isOperator(part, operators)) {
      last.operator = part.text;
      operands.push({ operand: [], operator: "" });
    } else {
      last?.operand.push(part);
    }
  }
  return operands;
}

/** The widest bracket with anything in it. */
function longestGroup(sequence: Sequence): Group | undefined {
  const width = (group: Group) => spell(tokensOf([group])).length;
  const [longest] = sequence
    .filter(isGroup)
    .filter(({ items }) => items.length > 0)
    .sort((one, other) => width(other) - width(one));
  return longest;
}

function isGroup(part: Part): part is Group {
  return "items" in part;
}

function isFor(sequence: Sequence): boolean {
  const [first] = sequence;
  return first !== undefined && "kind" in first && first.text === "for";
}

function tokensOf(sequence: Sequence): Token[] {
  return sequence.flatMap((part): readonly Token[] => {
    if (!isGroup(part)) return "kind" in part ? [part] : part;
    const comma: Token = { kind: "comma", text: "," };
    const inside = part.items.flatMap((item, index) => [...(index > 0 ? [comma] : []), ...tokensOf(item)]);
    return [part.open, ...inside, part.close];
  });
}

/** `"Version" = "2012-10-17"` with its key as a person writes it. */
function withBareKeys(tokens: readonly Token[]): Token[] {
  const written: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const [quote, text, end, equals] = tokens.slice(index, index + 4);
    const before = tokens[index - 1]?.kind;
    const isKey =
      quote?.kind === "openQuote" &&
      text?.kind === "text" &&
      end?.kind === "closeQuote" &&
      equals?.text === "=" &&
      (before === "open{" || before === "comma") &&
      /^[A-Za-z_][\w-]*$/.test(text.text) &&
      !NOT_A_KEY.has(text.text);
    if (isKey && text !== undefined) {
      written.push({ kind: "identifier", text: text.text });
      index += 2;
    } else if (quote !== undefined) {
      written.push(quote);
    }
  }
  return written;
}

/** Finds the brackets and strings among tokens, which `expressionTokens` has checked: each is closed. */
class Reader {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  sequence(): Sequence {
    const parts: Part[] = [];
    for (let token = this.peek(); token !== undefined; token = this.peek()) {
      if (token.kind.startsWith("close") || token.kind === "comma") break;
      parts.push(this.part(token));
    }
    return parts;
  }

  private part(token: Token): Part {
    this.position += 1;
    if (token.kind === "openQuote") return this.string(token);
    return /^open[[({]$/.test(token.kind) ? this.group(token) : token;
  }

  private string(open: Token): Token[] {
    const tokens = [open];
    for (let depth = 1; depth > 0; this.position += 1) {
      const token = this.peek();
      if (token === undefined) break;
      if (token.kind === "openQuote") depth += 1;
      if (token.kind === "closeQuote") depth -= 1;
      tokens.push(token);
    }
    return tokens;
  }

  private group(open: Token): Group {
    const items: Part[][] = [];
    for (;;) {
      const item = [...this.sequence()];
      const end = this.peek() ?? open;
      this.position += 1;
      const last = items.at(-1);
      // The comma in `for key, value in` separates no items.
      if (last !== undefined && isFor(last)) last.push({ kind: "comma", text: "," }, ...item);
      else if (item.length > 0) items.push(item);
      if (end.kind !== "comma") return { open, items, close: end };
    }
  }

  private peek(): Token | undefined {
    return this.tokens[this.position];
  }
}
