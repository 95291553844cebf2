// What the run of the Django example's tests is asked for, and whether this machine can do it.

/**
 * @param args of the command line
 * @returns the rows of versions that are asked for (`--rows`), and jest's arguments
 */
export function readArguments(args: readonly string[]): { readonly rows?: string; readonly rest: string[] };

export interface Machine {
  /** As Node.js calls it: `linux`. */
  readonly platform: string;
  /** The user's number. */
  readonly uid: number | undefined;
  /** What `--rows` has. */
  readonly rows: string | undefined;
  /** Whether a program is on the PATH. */
  readonly has: (program: string) => boolean;
}

/** @returns every reason why not, for people */
export function refusals(machine: Machine): string[];
