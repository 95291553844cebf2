// Reads the report that `preflight --json` prints.
import type { Check } from "../../../src/operations/checks";
import type { OpsRun } from "./stage";

/** Each check's status, by its id. */
export function statuses({ json }: OpsRun): Record<string, string> {
  return Object.fromEntries(checksOf(json).map(({ id, status }) => [id, status]));
}

/** IDs of the checks that failed. */
export function failures({ json }: OpsRun): string[] {
  return checksOf(json).flatMap(({ id, status }) => (status === "fail" ? [id] : []));
}

/** What a check says. */
export function detailOf({ json }: OpsRun, id: string): string {
  return checksOf(json).find((check) => check.id === id)?.detail ?? "(no such check)";
}

/** All checks of the JSON document. */
export function checksOf(json: unknown): Check[] {
  const { checks }: { checks?: Check[] } = Object(json);
  return checks ?? [];
}
