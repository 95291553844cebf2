// Traffic as a diagram: in Mermaid, which code hosts draw by themselves, and in Graphviz's DOT.
import type { AllowedRow, TrafficView } from "./traffic-view";

/** One arrow of a diagram: all ports from one peer to another, and the reasons that somebody gave. */
interface Edge {
  readonly source: string;
  readonly destination: string;
  readonly label: string;
}

function edges(allowed: readonly AllowedRow[]): Edge[] {
  const byEnds = new Map<string, Edge>();
  for (const { source, destination, port, reason } of allowed) {
    const key = `${source} ${destination}`;
    const known = byEnds.get(key);
    const text = reason === undefined ? port : `${port}: ${reason}`;
    // A reason may have commas in it.
    const separator = reason === undefined ? ", " : "; ";
    byEnds.set(key, { source, destination, label: known ? `${known.label}${separator}${text}` : text });
  }
  return [...byEnds.values()];
}

/** Peers that a diagram shows, with a number each that serves as its name. */
function numbered({ peers }: TrafficView): ReadonlyMap<string, string> {
  return new Map(peers.map((peer, index) => [peer, `n${index}`]));
}

/** A Mermaid flowchart of everything that is allowed. */
export function mermaidDiagram(view: TrafficView): string {
  const ids = numbered(view);
  const quote = (text: string) => `"${text.replaceAll('"', "#quot;")}"`;
  const shape = (peer: string): string => {
    if (view.stores.includes(peer)) {
      return `[(${quote(peer)})]`;
    }
    return view.members.includes(peer) ? `[${quote(peer)}]` : `([${quote(peer)}])`;
  };
  return [
    "flowchart LR",
    ...[...ids].map(([peer, id]) => `  ${id}${shape(peer)}`),
    ...edges(view.allowed).map(
      ({ source, destination, label }) => `  ${ids.get(source)} -->|${quote(label)}| ${ids.get(destination)}`,
    ),
  ].join("\n");
}

/** The same for Graphviz. */
export function dotDiagram(view: TrafficView): string {
  const ids = numbered(view);
  const quote = (text: string) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  const shape = (peer: string): string => {
    if (view.stores.includes(peer)) {
      return "cylinder";
    }
    return view.members.includes(peer) ? "box" : "ellipse";
  };
  return [
    "digraph traffic {",
    "  rankdir=LR;",
    '  node [fontname="Helvetica"];',
    '  edge [fontname="Helvetica", fontsize=10];',
    ...[...ids].map(([peer, id]) => `  ${id} [label=${quote(peer)}, shape=${shape(peer)}];`),
    ...edges(view.allowed).map(
      ({ source, destination, label }) =>
        `  ${ids.get(source)} -> ${ids.get(destination)} [label=${quote(label)}];`,
    ),
    "}",
  ].join("\n");
}
