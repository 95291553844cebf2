// All rows, by the field's path.
import { CHANGES } from "../../src/model/changes/changes";
import type { FieldPath } from "../../src/schema/field-path";
import type { PlanName, PlannedRow, Rows } from "./row";
import { bucketRows } from "./rows/buckets";
import { dataRows } from "./rows/data";
import { entranceRows } from "./rows/entrance";
import { fileSystemsRows } from "./rows/file-systems";
import { namesRows } from "./rows/names";
import { networkRows } from "./rows/network";
import { outputsRows } from "./rows/outputs";
import { projectRows } from "./rows/project";
import { servicesRows } from "./rows/services";
import { watchingRows } from "./rows/watching";

export const ROWS: Rows<FieldPath> = {
  ...projectRows,
  ...namesRows,
  ...networkRows,
  ...servicesRows,
  ...dataRows,
  ...fileSystemsRows,
  ...bucketRows,
  ...entranceRows,
  ...watchingRows,
  ...outputsRows,
};

/** The rows that share a plan, by path. */
export function rowsOf(plan: PlanName): [path: string, row: PlannedRow][] {
  return Object.entries(ROWS).flatMap(([path, row]): [string, PlannedRow][] =>
    typeof row === "object" && "plan" in row && row.plan === plan ? [[path, row]] : [],
  );
}

/** What preflight says of a row whose plan it refuses: the field, where an argument of it forces a replacement. */
export function refusalOf(path: string): string {
  const [, change] = Object.entries(CHANGES).find(([field]) => field === path) ?? [];
  return typeof change === "object" && change.replaces.length > 0
    ? `follows from ${path}:`
    : "would be destroyed";
}
