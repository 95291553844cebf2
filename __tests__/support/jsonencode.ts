// Reads what stands in "${jsonencode(...)}" back as a value, so that tests look at policies and containers, not at text.

/**
 * The value that a synthesized `jsonencode` call would encode. References inside strings stay text. Throws a
 * SyntaxError on anything but literals: objects with quoted keys, lists, strings, numbers, booleans.
 */
export function parseJsonencode(expression: string): unknown {
  const match = /^\$\{jsonencode\((.*)\)\}$/s.exec(expression);
  if (!match?.[1]) {
    throw new SyntaxError(`No jsonencode: ${expression.slice(0, 80)}`);
  }
  let json = "";
  for (const token of tokens(match[1])) {
    // The one difference from JSON outside of strings; a bare reference becomes a string.
    json +=
      token === " = " ? ":" : /^[a-z_][a-z0-9_]*[.[]/.test(token) ? JSON.stringify(`\${${token}}`) : token;
  }
  return JSON.parse(json, (_key, value: unknown) =>
    typeof value === "string" ? value.replaceAll("$${", "${").replaceAll("%%{", "%{") : value,
  );
}

/** Strings whole (quotes within an interpolation do not end them), references whole, anything else as it comes. */
function* tokens(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const end = text[at] === '"' ? endOfString(text, at) : at;
    if (end > at) {
      yield JSON.stringify(unescaped(text.slice(at + 1, end - 1)));
      at = end;
      continue;
    }
    const [token = ""] = /^( = |[a-z_][a-z0-9_]*[.[](?:[^,}[\]]|\[[^\]]*\])*|.)/s.exec(text.slice(at)) ?? [];
    yield token;
    at += token.length;
  }
}

function endOfString(text: string, start: number): number {
  let depth = 0;
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\" && depth === 0) {
      at += 1;
    } else if (text.startsWith("${", at) && text[at - 1] !== "$") {
      depth += 1;
    } else if (text[at] === "}" && depth > 0) {
      depth -= 1;
    } else if (text[at] === '"' && depth === 0) {
      return at + 1;
    }
  }
  throw new SyntaxError("A string does not end.");
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, (_all, character: string) => ESCAPES[character] ?? character);
}
