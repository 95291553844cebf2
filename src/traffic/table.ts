// Flows and denied pairs as text tables, for people at a terminal.
import Table from "cli-table3";
import { peerText } from "./peer";
import { portText } from "./port";
import type { TrafficMatrix } from "./traffic-matrix";

const BARE = { style: { head: [], border: [] } };

/** A table of every allowed flow: source, destination, port, why. */
export function allowedTable(matrix: TrafficMatrix): string {
  const table = new Table({ ...BARE, head: ["Source", "Destination", "Port", "Why"] });
  for (const { source, destination, port, description } of matrix.flows) {
    table.push([peerText(source), peerText(destination), portText(port), description]);
  }
  return table.toString();
}

/** A table of every pair between which nothing gets through: source, destination, why. */
export function deniedTable(matrix: TrafficMatrix): string {
  const table = new Table({ ...BARE, head: ["Source", "Destination", "Why"] });
  for (const { source, destination, reason } of matrix.denied()) {
    table.push([peerText(source), peerText(destination), reason]);
  }
  return table.toString();
}
