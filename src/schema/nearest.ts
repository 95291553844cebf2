// The known name that a misspelt one most likely meant.
import { closest, distance } from "fastest-levenshtein";

/** Most characters that may be wrong; two that changed places count as two. */
const WRONG_CHARACTERS = 3;

/** Fewest characters of a beginning that stands for the whole: "max" for "maximum". */
const SHORTEST_BEGINNING = 3;

/** The known name that is closest to this one, or begins with it, whatever its case; `undefined` where none does. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase();
  const found = known.length === 0 ? undefined : closest(plain(name), known.map(plain));
  // No more than half of the name: nobody means "cpu" by "vpc".
  if (
    found !== undefined &&
    distance(plain(name), found) <= Math.min(WRONG_CHARACTERS, Math.floor(name.length / 2))
  ) {
    return known.find((one) => plain(one) === found);
  }
  return name.length < SHORTEST_BEGINNING
    ? undefined
    : known.find((one) => plain(one).startsWith(plain(name)));
}
