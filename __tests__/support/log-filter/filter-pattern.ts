// Whether CloudWatch Logs would count a log event: its filter patterns as "Filter pattern syntax for metric filters", Amazon
// CloudWatch Logs user guide, documents them. The emulator stores patterns and matches nothing.
import { jsonCondition } from "./json-pattern";

/** What a regular expression may be made of; there are no brackets and no characters of more than a byte. */
const REGULAR = /^[A-Za-z0-9\s:_#=@/;,\-^$?[\]{}|\\*+.]+$/;

/** Filters with a regular expression that one log group takes, and regular expressions in one pattern for JSON. */
const LIMITS = { filters: 5, expressions: 2 } as const;

/** A term, and whether it has to be there (`""`), is one of which one has to be (`?`), or must not be (`-`). */
const TERM = /\s*([?-]?)\s*(?:"((?:[^"\\]|\\.)*)"|(\w+))/y;

/** Whether a pattern takes an event. Throws where AWS refuses the pattern, or does something else than it says. */
export function takes(pattern: string): (event: string) => boolean {
  const text = pattern.trim();
  if (text.startsWith("{") && text.endsWith("}")) {
    for (const expression of regularExpressions(text, LIMITS.expressions)) checkRegular(expression);
    const condition = jsonCondition(text.slice(1, -1));
    return (event) => {
      const parsed = jsonOf(event);
      return parsed !== undefined && condition(parsed);
    };
  }
  if (text.startsWith("%") && text.endsWith("%") && text.length > 2) {
    const [expression = ""] = regularExpressions(text, 1);
    checkRegular(expression);
    const compiled = new RegExp(expression);
    return (event) => compiled.test(event);
  }
  if (text.startsWith("[")) throw new Error(`Space-delimited patterns are not read here: ${pattern}`);
  return inText(text);
}

/** Throws where the filters of one log group are more than AWS takes. */
export function checkLogGroup(patterns: readonly string[]): void {
  const regular = patterns.filter((pattern) => /%[^%]+%/.test(pattern));
  if (regular.length > LIMITS.filters) {
    throw new Error(
      `A log group takes ${LIMITS.filters} filters with regular expressions: ${regular.length}`,
    );
  }
}

function inText(pattern: string): (event: string) => boolean {
  const terms = termsOf(pattern);
  const of = (wanted: string) => terms.filter(({ sign }) => sign === wanted).map(({ term }) => term);
  const [all, some, none] = [of(""), of("?"), of("-")];
  if (some.length > 0 && all.length + none.length > 0) {
    throw new Error(`Beside other terms, those with a question mark are ignored: ${pattern}`);
  }
  return (event) =>
    all.every((term) => event.includes(term)) &&
    (some.length === 0 || some.some((term) => event.includes(term))) &&
    !none.some((term) => event.includes(term));
}

function termsOf(pattern: string): { readonly sign: string; readonly term: string }[] {
  const terms: { sign: string; term: string }[] = [];
  TERM.lastIndex = 0;
  let end = 0;
  while (pattern.slice(end).trim() !== "") {
    const [, sign = "", quoted, word] = TERM.exec(pattern) ?? [];
    const term = quoted?.replaceAll(/\\(.)/g, "$1") ?? word;
    if (term === undefined)
      throw new Error(`What is no letter, digit or _ stands in quotes: ${pattern.slice(end)}`);
    terms.push({ sign, term });
    end = TERM.lastIndex;
  }
  return terms;
}

function regularExpressions(pattern: string, limit: number): string[] {
  const found = [...pattern.matchAll(/%([^%]+)%/g)].map(([, expression = ""]) => expression);
  if (found.length > limit) throw new Error(`More than ${limit} regular expressions: ${pattern}`);
  return found;
}

function checkRegular(expression: string): void {
  if (!REGULAR.test(expression)) throw new Error(`AWS takes no such regular expression: ${expression}`);
}

function jsonOf(event: string): unknown {
  try {
    return JSON.parse(event);
  } catch {
    return undefined;
  }
}
