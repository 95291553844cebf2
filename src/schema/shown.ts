// How an error repeats what stands in an environment file: shortened, and nothing that may be a secret.

/** Characters of a value that an error repeats. */
const SHOWN_VALUE_LENGTH = 80;

export const WITHHELD = "(withheld)";

/**
 * Keys whose values are not repeated: names that say "secret" in any spelling, and whatever holds a container's
 * variables, since their names may say nothing. Too many matches cost a reader a value; too few would cost a secret.
 */
const WITHHELD_KEY =
  /secret|passw(or)?d|passphrase|token|private_?key|api_?key|access_?key|credential|dsn|(database|redis|cache|broker)_?url|^env(ironment)?$|^variables$|^bindings$/i;

/** The value at a path as an error shows it; never throws, whatever stands there. */
export function shown(input: unknown, path: readonly PropertyKey[]): string {
  if (path.some((key) => typeof key === "string" && WITHHELD_KEY.test(key))) {
    return WITHHELD;
  }
  const value = path.reduce<unknown>(
    (parent, key) => (typeof parent === "object" && parent !== null ? Reflect.get(parent, key) : undefined),
    input,
  );
  return shortened(valueText(value));
}

/** The beginning of a long text. */
export function shortened(text: string): string {
  return text.length > SHOWN_VALUE_LENGTH ? `${text.slice(0, SHOWN_VALUE_LENGTH)}…` : text;
}

/** A value as JSON, or in words where JSON has none for it. */
export function valueText(value: unknown): string {
  const text = plain(value);
  if (text !== undefined) {
    return text;
  }
  try {
    return JSON.stringify(value, (key, inner: unknown) =>
      WITHHELD_KEY.test(key) ? WITHHELD : (plain(inner) ?? inner),
    );
  } catch {
    // JSON has no end for what contains itself, and a value's own toJSON may throw anything.
    return "(an object that JSON cannot show)";
  }
}

/** Words for what JSON leaves out or refuses; `undefined` for everything else. */
function plain(value: unknown): string | undefined {
  switch (typeof value) {
    case "undefined":
      return "(nothing)";
    case "bigint":
      return `${value}n`;
    case "number":
      // What a computation gives where one of its parts is missing.
      return Number.isFinite(value) ? undefined : String(value);
    case "function":
    case "symbol":
      return `(a ${typeof value})`;
    default:
      return undefined;
  }
}

/** `services.django.routes[0].priority` */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}
