// Traffic as text tables, for people at a terminal.
import Table from "cli-table3";
import { whyText } from "./flow";
import type { TrafficView } from "./traffic-view";

function table(head: string[], rows: readonly (readonly string[])[]): string {
  const result = new Table({ head, style: { head: [], border: [] } });
  result.push(...rows.map((row) => [...row]));
  return result.toString();
}

/** A table of every allowed connection: source, destination, port, why. */
export function allowedTable({ allowed }: Pick<TrafficView, "allowed">): string {
  const rows = allowed.map((row) => [row.source, row.destination, row.port, whyText(row)]);
  return table(["Source", "Destination", "Port", "Why"], rows);
}

/** A table of every pair between which nothing gets through: source, destination, why. */
export function deniedTable({ denied }: Pick<TrafficView, "denied">): string {
  const rows = denied.map(({ source, destination, reason }) => [source, destination, reason]);
  return table(["Source", "Destination", "Why"], rows);
}

/** All that there is to say, one table after another. */
export function textTables(view: TrafficView): string {
  const implied =
    view.implied.length > 0 ? [`Implied by address blocks\n${allowedTable({ allowed: view.implied })}`] : [];
  const unknown =
    view.unknown.length > 0
      ? [`Unknown: what cannot be read may allow it\n${deniedTable({ denied: view.unknown })}`]
      : [];
  return [`Allowed\n${allowedTable(view)}`, ...implied, ...unknown, `Denied\n${deniedTable(view)}`].join(
    "\n\n",
  );
}
