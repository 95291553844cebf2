// Filter patterns for JSON, `{ $.level = "ERROR" && $.status >= 500 }`, as CloudWatch Logs documents them.

/** Whether a log event, or one within it, meets a condition. */
export type Condition = (event: unknown) => boolean;

/** Names, texts, numbers, regular expressions and operators. */
const TOKEN =
  /\s*(?:(\$(?:\.[\w-]+(?:\[\d+\])*)+)|("(?:[^"\\]|\\.)*")|(%[^%]+%)|(&&|\|\||!=|<=|>=|[=<>()])|([^\s&|=<>!()]+))/y;

/** The condition between the braces. Throws where it is none. */
export function jsonCondition(text: string): Condition {
  const tokens = tokensOf(text);
  let at = 0;
  const next = () => tokens[at++] ?? "";
  const either = (): Condition => {
    let left = both();
    while (tokens[at] === "||") {
      at += 1;
      const [first, second] = [left, both()];
      left = (event) => first(event) || second(event);
    }
    return left;
  };
  const both = (): Condition => {
    let left = single();
    while (tokens[at] === "&&") {
      at += 1;
      const [first, second] = [left, single()];
      left = (event) => first(event) && second(event);
    }
    return left;
  };
  const single = (): Condition => {
    const token = next();
    if (token === "(") {
      const inner = either();
      if (next() !== ")") throw new Error(`A bracket is open in ${text}`);
      return inner;
    }
    if (!token.startsWith("$")) throw new Error(`${token || "The end"} is no selector in ${text}`);
    return compared(token, next(), next(), text);
  };
  const condition = either();
  if (at < tokens.length) throw new Error(`${tokens[at]} is too much in ${text}`);
  return condition;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  let end = 0;
  while (text.slice(end).trim() !== "") {
    const [found] = TOKEN.exec(text) ?? [];
    if (found === undefined) throw new Error(`Nothing is known of ${text.slice(end)}`);
    tokens.push(found.trim());
    end = TOKEN.lastIndex;
  }
  return tokens;
}

function compared(selector: string, operator: string, operand: string, text: string): Condition {
  const value = (event: unknown) => selected(event, selector);
  switch (`${operator} ${operand}`) {
    case "IS NULL":
      return (event) => value(event) === null;
    case "IS TRUE":
      return (event) => value(event) === true;
    case "IS FALSE":
      return (event) => value(event) === false;
    case "NOT EXISTS":
      return (event) => value(event) === undefined;
  }
  if (operator === "=" || operator === "!=") {
    const equal = like(operand);
    // Of an object, an array and what is not there, neither is true.
    return (event) => {
      const found = value(event);
      return isPlain(found) && equal(found) === (operator === "=");
    };
  }
  const limit = Number(operand);
  const order = {
    "<": (n: number) => n < limit,
    ">": (n: number) => n > limit,
    "<=": (n: number) => n <= limit,
    ">=": (n: number) => n >= limit,
  }[operator];
  if (order === undefined || operand === "" || Number.isNaN(limit))
    throw new Error(`${operator} ${operand} compares nothing in ${text}`);
  return (event) => {
    const found = value(event);
    return typeof found === "number" && order(found);
  };
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function like(operand: string): (value: string | number | boolean) => boolean {
  if (operand.startsWith("%")) {
    const expression = new RegExp(operand.slice(1, -1));
    return (value) => expression.test(String(value));
  }
  const text: string = operand.startsWith('"') ? JSON.parse(operand) : operand;
  const number = Number(text);
  // An asterisk stands for any text at the beginning and at the end, and for itself between.
  const [, from = "", middle = "", to = ""] = /^(\*?)(.*?)(\*?)$/s.exec(text) ?? [];
  return (value) =>
    typeof value === "number"
      ? text === "*" || value === number
      : from && to
        ? String(value).includes(middle)
        : from
          ? String(value).endsWith(middle)
          : to
            ? String(value).startsWith(middle)
            : String(value) === text;
}

function selected(event: unknown, selector: string): unknown {
  return [...selector.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].reduce<unknown>((value, [, name, index]) => {
    if (index !== undefined) return Array.isArray(value) ? value[Number(index)] : undefined;
    return typeof value === "object" && value !== null && name !== undefined
      ? Reflect.get(value, name)
      : undefined;
  }, event);
}
