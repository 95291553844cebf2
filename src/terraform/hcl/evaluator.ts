// The evaluation itself: a recursive descent through Terraform's expressions, which gives up on what only a deployment knows.
import { FUNCTIONS } from "./functions";
import { isList, isObject, type Json } from "./json";
import { TokenCursor } from "./token-cursor";
import type { Token, TokenKind } from "./tokens";

/** The value of a name such as `var.<name>`, `local.<name>` or `each.key`; `undefined` where it is not known. */
export type Lookup = (kind: string, name: string) => Json | undefined;

/** An expression whose value is not known. It is spelt when somebody reads it: hardly ever, where it is a part of another. */
export class Unknown {
  constructor(private readonly spelt: () => string) {}

  get text(): string {
    return this.spelt();
  }
}

export type Value = Json | Unknown;

/** A value in which expressions that are not known stand as text. */
export function shown(value: Value): Json {
  return value instanceof Unknown ? `\${${value.text}}` : value;
}

const KEYWORDS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function isTrue(value: Json): boolean {
  return value === true || value === "true";
}

/** Reads the tokens of a template from left to right, and says what it comes to. */
export class Evaluator extends TokenCursor {
  constructor(
    tokens: readonly Token[],
    private readonly lookup: Lookup,
  ) {
    super(tokens);
  }

  /** Text and interpolations, up to the closing quote or the end. */
  template(): Value {
    const parts: Value[] = [];
    for (let token = this.peek(); token && token.kind !== "closeQuote"; token = this.peek()) {
      this.position += 1;
      if (token.kind === "text") {
        parts.push(unescaped(token.text));
      } else if (token.text.startsWith("%")) {
        throw this.unexpected(token);
      } else {
        parts.push(this.expression());
        this.take("closeTemplate");
      }
    }
    const [only, ...others] = parts;
    if (only === undefined) {
      return "";
    }
    if (others.length === 0) {
      return only;
    }
    return parts.map((part) => (typeof part === "object" ? textOf(part) : String(part))).join("");
  }

  private expression(): Value {
    const start = this.position;
    const condition = this.operation();
    if (this.peek()?.text !== "?") {
      return condition;
    }
    this.position += 1;
    const yes = this.expression();
    this.take("operator");
    const no = this.expression();
    if (!isKnown(condition)) {
      return this.unknown(start);
    }
    return isTrue(condition) ? yes : no;
  }

  /** Arithmetic and comparisons are left alone: no check has needed them so far. */
  private operation(): Value {
    const start = this.position;
    let value = this.unary();
    while (this.isOperator()) {
      this.position += 1;
      this.unary();
      value = this.unknown(start);
    }
    return value;
  }

  private isOperator(): boolean {
    const token = this.peek();
    return token?.kind === "minus" || (token?.kind === "operator" && !["?", ":", "="].includes(token.text));
  }

  private unary(): Value {
    const start = this.position;
    const kind = this.peek()?.kind;
    if (kind !== "bang" && kind !== "minus") {
      return this.postfix();
    }
    this.position += 1;
    const value = this.unary();
    return kind === "minus" || !isKnown(value) ? this.unknown(start) : !isTrue(value);
  }

  /** A term, and whatever of it is picked out behind: attributes, indexes, splats. */
  private postfix(): Value {
    const start = this.position;
    const term = this.term();
    let value: Value | undefined = term;
    let picked = false;
    for (let kind = this.peek()?.kind; kind === "dot" || kind === "open["; kind = this.peek()?.kind) {
      picked = true;
      if (kind === "dot") {
        value = pick(value, this.peek(1)?.text);
        this.position += 2;
      } else if (this.peek(1)?.text === "*") {
        value = undefined;
        this.skipBrackets();
      } else {
        this.take();
        value = pick(value, this.expression());
        this.take("close[");
      }
    }
    return picked ? (value ?? this.unknown(start)) : term;
  }

  private term(): Value {
    const start = this.position;
    const token = this.take();
    const following = this.peek()?.kind;
    switch (token.kind) {
      case "number":
        return Number(token.text);
      case "openQuote": {
        const value = this.template();
        this.take("closeQuote");
        return value;
      }
      case "open(": {
        const value = this.expression();
        this.take("close(");
        return value;
      }
      case "open[":
      case "open{":
        if (this.peek()?.text === "for") {
          this.position = start;
          this.skipBrackets();
          return this.unknown(start);
        }
        return token.kind === "open[" ? this.list("close[").map(shown) : this.object();
      case "identifier":
        if (following === "open(" || following === "doubleColon") {
          return this.call(token.text, start);
        }
        return KEYWORDS.get(token.text) ?? (token.text === "null" ? null : this.named(token.text, start));
      default:
        throw this.unexpected(token);
    }
  }

  /** `var.x`, `local.x` and what else is looked up by its value; any other name stands for what only a deployment knows. */
  private named(name: string, start: number): Value {
    const [dot, attribute] = [this.peek(), this.peek(1)];
    const value = dot?.kind === "dot" && attribute ? this.lookup(name, attribute.text) : undefined;
    if (value === undefined && name !== "var" && name !== "local") {
      return this.unknown(start);
    }
    this.position += dot?.kind === "dot" ? 2 : 0;
    return value ?? this.unknown(start);
  }

  private call(name: string, start: number): Value {
    while (this.peek()?.kind === "doubleColon") {
      this.position += 2;
    }
    this.take("open(");
    const args = this.list("close(");
    const [first, second] = args;
    if (name === "jsonencode" && first !== undefined && !(first instanceof Unknown)) {
      return JSON.stringify(first);
    }
    if (name === "startswith" && isKnown(first) && isKnown(second)) {
      return String(first).startsWith(String(second));
    }
    const known = args.flatMap((value) => (value instanceof Unknown ? [] : [value]));
    const result = known.length === args.length ? FUNCTIONS.get(name)?.(...known) : undefined;
    return result ?? this.unknown(start);
  }

  /** What has been read since a position, as an expression that is not known. */
  private unknown(start: number): Unknown {
    const end = this.position;
    return new Unknown(() => this.between(start, end));
  }

  private list(close: TokenKind): Value[] {
    const items: Value[] = [];
    while (this.peek()?.kind !== close) {
      items.push(this.expression());
      if (this.peek()?.kind === "comma" || this.peek()?.kind === "ellipsis") {
        this.position += 1;
      }
    }
    this.position += 1;
    return items;
  }

  private object(): Json {
    const members: [string, Json][] = [];
    while (this.peek()?.kind !== "close{") {
      const name = this.peek()?.kind === "identifier" ? this.take().text : String(shown(this.expression()));
      // "=" or ":"
      this.take("operator");
      members.push([name, shown(this.expression())]);
      if (this.peek()?.kind === "comma") {
        this.position += 1;
      }
    }
    this.position += 1;
    return Object.fromEntries(members);
  }
}

/** What a value holds under a key; `undefined` where that is not known, or is not there. */
function pick(value: Value | undefined, key: Value | undefined): Json | undefined {
  if (value instanceof Unknown || !isKnown(key)) {
    return undefined;
  }
  if (isList(value)) {
    return value[Number(key)];
  }
  return isObject(value) && Object.hasOwn(value, String(key)) ? value[String(key)] : undefined;
}

/** A part of a template as text: Terraform takes no list or object there, so that neither is worked out. */
function textOf(part: object | null): string {
  return part instanceof Unknown ? `\${${part.text}}` : JSON.stringify(part);
}

/** Whether all of a value is known. */
function isKnown(value: Value | undefined): value is Json {
  return value !== undefined && !(value instanceof Unknown) && !/[$%]\{/.test(JSON.stringify(value));
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescaped(text: string): string {
  if (!/[\\$%]/.test(text)) {
    return text;
  }
  return text
    .replace(/\\(?:u([0-9a-f]{4})|([\s\S]))/gi, (_all, code: string | undefined, character: string) =>
      code === undefined ? (ESCAPES[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replaceAll("$${", "${")
    .replaceAll("%%{", "%{");
}
