// Own code whose construct has an id that is taken: cdktf's own words say neither what to do nor where.
import { relative } from "node:path";

/** Thrown where own code gives a construct an id that another one has: says which, where, and what to do. */
export class TakenIdError extends Error {
  override readonly name = "TakenIdError";
}

/** How constructs says it: the id, the class of what it is in, and that one's own id; the app has none. */
const TAKEN = /^There is already a Construct with name '(.+)' in (\S+?)(?: \[(.+)\])?$/;

/** The place of a call in a stack trace. */
const PLACE = /\(?((?:\/|[A-Za-z]:\\)[^()]+?:\d+):\d+\)?$/;

/**
 * Runs own code.
 * @param root the folder that places are told from
 * @throws TakenIdError; whatever else the code throws, as it is
 */
export function withExplainedIds(root: string, ownCode: () => void): void {
  const before = Error.stackTraceLimit;
  // The usual ten calls may all be of constructs within constructs.
  Error.stackTraceLimit = 50;
  try {
    ownCode();
  } catch (error) {
    const [, id, kind, parent] = (error instanceof Error && TAKEN.exec(error.message)) || [];
    if (!(error instanceof Error) || id === undefined) {
      throw error;
    }
    const scope = parent === undefined ? "the app" : `"${parent}" (${kind})`;
    throw new TakenIdError(
      `${placeOf(error, root)}: the id "${id}" is taken in ${scope}: give your construct another one, such as "own-${id}".`,
    );
  } finally {
    Error.stackTraceLimit = before;
  }
}

/** A clone runs as one bundle, in which own code has no file of its own; it stands in one folder there. */
const BUNDLE = /[\\/]\.build[\\/]/;

/** Where own code called what threw the error: the innermost place that is nobody else's. */
function placeOf({ stack = "" }: Error, root: string): string {
  const places = stack.split("\n").flatMap((line) => PLACE.exec(line)?.[1] ?? []);
  const place = places.find((one) => !one.includes("node_modules"));
  if (place === undefined) {
    return "Your own code";
  }
  return BUNDLE.test(place) ? "src/extensions" : relative(root, place);
}
