// Text in Markdown that says no more than the text does.

/**
 * Text as Markdown. What comes from an account, or from somebody's Terraform, may hold links, images, HTML, mentions of people
 * and lines of its own.
 */
export function plainMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\`*[\]<>&~|]|(?<!\w)_|_(?!\w)/g, "\\$&")
    .replaceAll(/(?<!\w)@(?=\w)/g, "@\u2060");
}

/** As code, in which nothing but its own end means anything. */
export function codeSpan(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
