// The rows of versions that the example is tested with: what a row needs cannot always be had together (kombu 5.6 wants redis
// below 6.5, kombu 5.7 wants 6.4 or newer), so each has a lock of its own.

export interface Row {
  readonly django: string;
  /** The minor version of Python: `3.13`. */
  readonly python: string;
  /** Whether Celery gives up what always loses its process, with Redis as its broker: from 5.7 on. */
  readonly givesUp: boolean;
  /** Its hashed lock, in `examples/django`. */
  readonly lock: string;
}

export const ROWS = {
  "django-4.2": { django: "4.2", python: "3.12", givesUp: false, lock: "requirements/django-4.2.txt" },
  "django-5.2": { django: "5.2", python: "3.13", givesUp: true, lock: "requirements.txt" },
  "django-6": { django: "6", python: "3.13", givesUp: true, lock: "requirements/django-6.txt" },
} as const satisfies Record<string, Row>;

/** The row that CI tests. */
const USUAL = "django-5.2";

/** The rows that this run is asked for: `--rows all`, or names with commas between them. */
export function rowsAskedFor(asked = process.env.DJANGO_TEST_ROWS ?? USUAL): [string, Row][] {
  const rows: [string, Row][] = Object.entries(ROWS);
  const names = asked === "all" ? Object.keys(ROWS) : asked.split(",");
  return names.map((name) => {
    const found = rows.find(([key]) => key === name);
    if (found === undefined) {
      throw new Error(
        `There is no row "${name}" of versions: --rows all, or ${Object.keys(ROWS).join(", ")}.`,
      );
    }
    return found;
  });
}
