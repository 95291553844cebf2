// Misspelt fields: each is one mistake, so what else is wrong is looked for as if it had the name that was meant.
import { nearest } from "../schema/nearest";
import type { Problem } from "../schema/problem";
import { pathText, shown, WITHHELD } from "../schema/shown";

/** A field under a name that is not known, and the known one that was most likely meant. */
export interface Misspelling {
  /** The path of the object that it stands in. */
  readonly parent: readonly PropertyKey[];
  readonly written: string;
  readonly meant: string;
}

/**
 * Sorts the unknown fields of an object.
 * @param known the names of the fields that it may have
 * @returns those that can be taken for a known one that is not there, and a problem for each of the rest
 */
export function unknownFields(
  input: unknown,
  parent: readonly PropertyKey[],
  fields: readonly string[],
  known: readonly string[],
): { readonly misspellings: readonly Misspelling[]; readonly problems: readonly Problem[] } {
  const object: object = Object(at(input, parent));
  const misspellings: Misspelling[] = [];
  const problems: Problem[] = [];
  for (const written of fields) {
    const meant = nearest(written, known);
    const path = [...parent, written];
    const isTaken =
      meant !== undefined && (meant in object || misspellings.some((one) => one.meant === meant));
    if (meant !== undefined && !isTaken) {
      misspellings.push({ parent, written, meant });
    } else {
      problems.push({
        path: pathText(path),
        value: shown(input, path),
        remedy: isTaken
          ? `Unknown field "${written}": remove it; "${meant}" stands beside it.`
          : `Unknown field "${written}": remove it; known here: ${known.join(", ")}.`,
      });
    }
  }
  return { misspellings, problems };
}

/** What to say of a misspelt field. */
export function misspellingProblem(misspelling: Misspelling, input: unknown): Problem {
  const { parent, written, meant } = misspelling;
  // A secret under a misspelt name is as secret.
  const value = shown(respelt(input, misspelling), [...parent, meant]);
  return {
    path: pathText([...parent, written]),
    value: value === WITHHELD ? value : shown(input, [...parent, written]),
    remedy: `Unknown field "${written}"; did you mean "${meant}"?`,
  };
}

/** A copy of an input in which one misspelt field has the name that was meant; what else it holds is shared. */
export function respelt(input: unknown, { parent: [key, ...rest], written, meant }: Misspelling): unknown {
  if (typeof input !== "object" || input === null) {
    return input;
  }
  if (key === undefined) {
    return Object.fromEntries(
      Object.entries(input).map(([name, value]) => [name === written ? meant : name, value]),
    );
  }
  const copy = Array.isArray(input) ? [...input] : { ...input };
  Reflect.set(copy, key, respelt(Reflect.get(input, key), { parent: rest, written, meant }));
  return copy;
}

/** The path of a value as its file has it, given its path where these fields have the names that were meant. */
export function asWritten(path: string, misspellings: readonly Misspelling[]): string {
  return misspellings.reduceRight((current, { parent, written, meant }) => {
    const corrected = pathText([...parent, meant]);
    const isWithin =
      current === corrected || current.startsWith(`${corrected}.`) || current.startsWith(`${corrected}[`);
    return isWithin ? pathText([...parent, written]) + current.slice(corrected.length) : current;
  }, path);
}

/**
 * What to say of the name of something that is not there: a service, say.
 * @param otherwise what to say where no known name is close
 */
export function unknownName(
  kind: string,
  name: string,
  known: readonly string[],
  otherwise = `Name a ${kind}: ${known.join(", ") || "there is none"}.`,
): string {
  const meant = nearest(name, known);
  return meant === undefined ? otherwise : `There is no ${kind} "${name}"; did you mean "${meant}"?`;
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (parent, key) => (typeof parent === "object" && parent !== null ? Reflect.get(parent, key) : undefined),
    input,
  );
}
