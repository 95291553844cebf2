// Splits Terraform expressions and templates into tokens, so that they can be respaced and moved between the
// JSON syntax (where a string is a bare template) and the native one (where it is quoted) without being understood.

/** The kinds of token that the spacing rules of `terraform fmt` tell apart. */
export type TokenKind =
  | "identifier"
  | "number"
  | "openQuote"
  | "closeQuote"
  | "text"
  | "openTemplate"
  | "closeTemplate"
  | "open["
  | "close["
  | "open("
  | "close("
  | "open{"
  | "close{"
  | "dot"
  | "comma"
  | "ellipsis"
  | "doubleColon"
  | "minus"
  | "bang"
  | "fatArrow"
  | "operator";

/** One token, spelled as it stands in the native syntax. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** Groups: blank or comment, line break, heredoc, number, identifier. None of them: a symbol. */
const LEXEMES =
  /([ \t\r]+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(\n)|(<<-?[\p{ID_Start}_])|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([\p{ID_Start}_][\p{ID_Continue}-]*)|(?:\.\.\.|::|=>|==|!=|>=|<=|&&|\|\||~\}|[\s\S])/uy;

/** The same for text in ASCII, which is nearly all: V8 is far quicker with it. */
const ASCII_LEXEMES = new RegExp(
  LEXEMES.source.replaceAll("\\p{ID_Start}", "A-Za-z").replaceAll("\\p{ID_Continue}", "\\w"),
  "y",
);

const SYMBOLS: Readonly<Record<string, TokenKind>> = {
  "[": "open[",
  "]": "close[",
  "(": "open(",
  ")": "close(",
  "{": "open{",
  "}": "close{",
  ".": "dot",
  ",": "comma",
  "...": "ellipsis",
  "::": "doubleColon",
  "-": "minus",
  "!": "bang",
  "=>": "fatArrow",
};

/** Text in which nothing of a template can begin, within quotes and without. */
const QUOTED = /[^"\\$%]*/y;
const BARE = /[^$%]*/y;

/** Thrown for a string that Terraform could not read either. */
export class TemplateSyntaxError extends Error {
  constructor(source: string, problem: string) {
    super(`${problem} in the Terraform expression or template ${JSON.stringify(source)}`);
    this.name = "TemplateSyntaxError";
  }
}

/** The tokens of a bare template, as a string holds it in the JSON syntax: its text comes out escaped for quotes. */
export function templateTokens(source: string): Token[] {
  const reader = new Reader(source);
  reader.template(escapeText, undefined);
  return reader.tokens;
}

/** The tokens of a bare expression, such as a reference or a type constraint. */
export function expressionTokens(source: string): Token[] {
  const reader = new Reader(source);
  reader.expression(false);
  return reader.tokens;
}

/** Escapes text for a quoted template; `${` and `%{` stay what they are. */
export function escapeText(text: string): string {
  return text.replace(/["\\\p{Cc}]/gu, (character) => ESCAPES[character] ?? unicodeEscape(character));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

class Reader {
  readonly tokens: Token[] = [];
  private position = 0;
  private readonly lexemes: RegExp;

  constructor(private readonly source: string) {
    this.lexemes = /[^\0-\x7f]/.test(source) ? LEXEMES : ASCII_LEXEMES;
  }

  /** Reads literal text and `${}` or `%{}` sequences up to the closing quote, or to the end if there is none. */
  template(spell: (text: string) => string, quote: '"' | undefined): void {
    let text = "";
    const flush = () => {
      if (text !== "") this.add("text", spell(text));
      text = "";
    };
    const plainText = quote === undefined ? BARE : QUOTED;
    while (this.position < this.source.length) {
      plainText.lastIndex = this.position;
      const plain = plainText.exec(this.source)?.[0] ?? "";
      text += plain;
      this.position += plain.length;
      const sequence = /^(?:\$\$\{|%%\{|[$%]\{~?|\\[\s\S]|[\s\S])/u.exec(
        this.source.slice(this.position, this.position + 3),
      );
      const found = sequence?.[0] ?? "";
      if (found === quote) {
        flush();
        return;
      }
      if (/^[$%]\{/.test(found)) {
        flush();
        this.position += found.length;
        this.add("openTemplate", found);
        this.expression(true);
      } else {
        // In a bare template a backslash is only itself; in a quoted one it takes the next character with it.
        const piece = quote === undefined && found.startsWith("\\") ? "\\" : found;
        text += piece;
        this.position += piece.length;
      }
    }
    if (quote !== undefined) throw new TemplateSyntaxError(this.source, "A string is not closed");
    flush();
  }

  /** Reads an expression up to the `}` that closes its template sequence, or to the end outside of one. */
  expression(inTemplate: boolean): void {
    const opened: { kind: TokenKind; separates: boolean }[] = [];
    let separator = false;
    for (;;) {
      this.lexemes.lastIndex = this.position;
      const found = this.lexemes.exec(this.source);
      if (found === null) break;
      const [lexeme, blank, newline, heredoc, number, identifier] = found;
      this.position += lexeme.length;
      if (blank !== undefined) continue;
      if (newline !== undefined) {
        separator ||= opened.at(-1)?.separates === true;
        continue;
      }
      if (heredoc !== undefined) {
        throw new TemplateSyntaxError(this.source, "A heredoc (write a quoted string instead)");
      }
      const kind = kindOf(lexeme, number, identifier);
      if (opened.length === 0 && inTemplate && (lexeme === "}" || lexeme === "~}")) {
        this.add("closeTemplate", lexeme);
        return;
      }
      // Between the items of an object a newline is a comma; anywhere else in an expression it means nothing.
      if (separator && kind !== "close{" && kind !== "comma" && !this.follows("open{", "comma"))
        this.add("comma", ",");
      separator = false;
      if (kind.startsWith("close")) {
        const open = opened.pop();
        if (open?.kind !== `open${kind.slice("close".length)}`) {
          throw new TemplateSyntaxError(this.source, `An unexpected ${lexeme}`);
        }
      }
      this.add(kind, lexeme);
      if (kind === "openQuote") {
        this.template((text) => this.onOneLine(text), '"');
        this.add("closeQuote", '"');
        this.position += 1;
      } else if (kind.startsWith("open")) {
        opened.push({
          kind,
          separates: kind === "open{" && !/^\s*for\b/.test(this.source.slice(this.position)),
        });
      }
    }
    if (inTemplate || opened.length > 0)
      throw new TemplateSyntaxError(this.source, "A bracket is not closed");
  }

  private onOneLine(text: string): string {
    if (text.includes("\n"))
      throw new TemplateSyntaxError(this.source, "A line break inside a quoted string");
    return text;
  }

  private add(kind: TokenKind, text: string): void {
    this.tokens.push({ kind, text });
  }

  private follows(...kinds: TokenKind[]): boolean {
    const last = this.tokens.at(-1);
    return last !== undefined && kinds.includes(last.kind);
  }
}

function kindOf(lexeme: string, number: string | undefined, identifier: string | undefined): TokenKind {
  if (number !== undefined) return "number";
  if (identifier !== undefined) return "identifier";
  return lexeme === '"' ? "openQuote" : (SYMBOLS[lexeme] ?? "operator");
}
