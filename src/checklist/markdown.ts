// The checklist as Markdown: boxes to tick, for an issue or a release document.
import { codeSpan, plainMarkdown } from "../model/markdown-text";
import type { Answered } from "./checklist";
import { GROUPS, type Group, type State } from "./item";

const HEADINGS: Readonly<Record<Group, string>> = {
  required: "Required before production",
  "nice to have": "Nice to have",
};

const BOXES: Readonly<Record<State, string>> = {
  met: "- [x]",
  "not met": "- [ ]",
  confirm: "- [ ] (confirm)",
};

/**
 * @param name the environment's name
 * @param source what was asked, in words
 */
export function checklistMarkdown(name: string, source: string, items: readonly Answered[]): string {
  const groups = GROUPS.map((group) =>
    [`## ${HEADINGS[group]}`, "", ...items.filter((item) => item.group === group).flatMap(lines)].join("\n"),
  );
  return `${[`# Security checklist of ${name}`, `From ${source}.`, ...groups].join("\n\n")}\n`;
}

function lines({ id, title, state, where, detail }: Answered): string[] {
  const places = where.map(codeSpan).join(", ");
  return [
    `${BOXES[state]} **${id}**: ${title}`,
    `  - ${plainMarkdown(detail)}`,
    ...(places ? [`  - Where: ${places}`] : []),
  ];
}
