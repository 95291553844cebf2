// Puts tokens back together with the spaces that `terraform fmt` would leave alone.
//
// The rules are those of spaceAfterToken in hclwrite/format.go of github.com/hashicorp/hcl, in its order, for the
// tokens that can stand on one line of an expression. They are quirky (`in(x)`, `x if[...]`): that is the formatter.
import type { Token, TokenKind } from "./tokens";

/** Spells tokens on one line, spaced as `terraform fmt` does. */
export function spell(tokens: readonly Token[]): string {
  let line = "";
  tokens.forEach((token, index) => {
    line += token.text;
    const after = tokens[index + 1];
    if (after !== undefined && spaceBetween(tokens[index - 1], token, after)) line += " ";
  });
  return line;
}

/** Kinds after which a minus is a sign: brackets and operators, and nothing at all. */
const BEFORE_A_SIGN: ReadonlySet<TokenKind> = new Set<TokenKind>([
  "open(",
  "open[",
  "open{",
  "comma",
  "operator",
  "minus",
  "bang",
]);

function spaceBetween(before: Token | undefined, subject: Token, after: Token): boolean {
  const is = (token: Token, ...kinds: TokenKind[]) => kinds.includes(token.kind);

  if (is(subject, "identifier") && is(after, "open(", "doubleColon")) return false;
  if (is(subject, "doubleColon") && is(after, "identifier")) return false;
  if (is(subject, "dot") || is(after, "dot")) return false;
  if (is(after, "comma", "ellipsis")) return false;
  if (is(subject, "comma")) return true;
  if (is(subject, "text", "openQuote") || is(after, "text", "closeQuote")) return false;
  if (subject.text === "in" && before?.kind === "identifier") return true;
  if (is(after, "open[") && (is(subject, "identifier", "number") || closes(subject))) return false;
  if (is(subject, "bang")) return false;
  if (is(subject, "minus")) return before !== undefined && !BEFORE_A_SIGN.has(before.kind);
  if (is(subject, "open{") || is(after, "close{")) return !(is(subject, "open{") && is(after, "close{"));
  if (is(subject, "openTemplate") && is(after, "open{")) return true;
  if (is(subject, "close{") && is(after, "closeTemplate")) return true;
  if (is(subject, "closeTemplate") && is(after, "openTemplate")) return false;
  if (opens(subject) || closes(after)) return false;
  return true;
}

function opens(token: Token): boolean {
  return token.kind.startsWith("open") && token.kind !== "openQuote";
}

function closes(token: Token): boolean {
  return token.kind.startsWith("close") && token.kind !== "closeQuote";
}
