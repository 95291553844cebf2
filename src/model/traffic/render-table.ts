// Traffic as text tables, for people at a terminal.
import Table from "cli-table3";
import { whyText } from "./flow";
import type { TrafficView } from "./traffic-view";

/** Draws a table. */
type Draw = (head: readonly string[], rows: readonly (readonly string[])[]) => string;

/** As wide as it comes. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const result = new Table({ head: [...head], style: { head: [], border: [] } });
  result.push(...rows.map((row) => [...row]));
  return result.toString();
}

/** A table of every allowed connection: source, destination, port, why. */
export function allowedTable({ allowed }: Pick<TrafficView, "allowed">, draw: Draw = table): string {
  const rows = allowed.map((row) => [row.source, row.destination, row.port, whyText(row)]);
  return draw(["Source", "Destination", "Port", "Why"], rows);
}

/** A table of every pair between which nothing gets through: source, destination, why. */
export function deniedTable({ denied }: Pick<TrafficView, "denied">, draw: Draw = table): string {
  const rows = denied.map(({ source, destination, reason }) => [source, destination, reason]);
  return draw(["Source", "Destination", "Why"], rows);
}

/** All that there is to say, one table after another. */
export function textTables(view: TrafficView, draw: Draw): string {
  const implied =
    view.implied.length > 0
      ? [`Implied by address blocks\n${allowedTable({ allowed: view.implied }, draw)}`]
      : [];
  const unknown =
    view.unknown.length > 0
      ? [`Unknown: what cannot be read may allow it\n${deniedTable({ denied: view.unknown }, draw)}`]
      : [];
  return [
    `Allowed\n${allowedTable(view, draw)}`,
    ...implied,
    ...unknown,
    `Denied\n${deniedTable(view, draw)}`,
  ].join("\n\n");
}
