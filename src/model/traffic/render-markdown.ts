// Traffic as a Markdown page: what is allowed and why, what is not and why, and a picture of it.
import { plainMarkdown } from "../markdown-text";
import { whyText } from "./flow";
import { mermaidDiagram } from "./render-diagram";
import type { TrafficView } from "./traffic-view";

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plainMarkdown).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** What every page begins with. */
export const PAGE_START = "# Traffic of ";

const WITH_REASON = ["Source", "Destination", "Why"];

function pair({ source, destination, reason }: TrafficView["denied"][number]): string[] {
  return [source, destination, reason];
}

/** A page about an environment's traffic. */
export function markdownPage(environment: string, view: TrafficView): string {
  const row = (allowed: TrafficView["allowed"][number]) => [
    allowed.source,
    allowed.destination,
    allowed.port,
    whyText(allowed),
  ];
  const head = ["Source", "Destination", "Port", "Why"];
  return [
    `${PAGE_START}${environment}`,
    "## Allowed",
    table(head, view.allowed.map(row)),
    ...(view.implied.length > 0
      ? [
          "What follows from these, because an address block stands for everyone within it:",
          table(head, view.implied.map(row)),
        ]
      : []),
    ...(view.unknown.length > 0 ? ["## Unknown", table(WITH_REASON, view.unknown.map(pair))] : []),
    "## Denied",
    table(WITH_REASON, view.denied.map(pair)),
    "## Diagram",
    `\`\`\`mermaid\n${mermaidDiagram(view)}\n\`\`\``,
    "",
  ].join("\n\n");
}
