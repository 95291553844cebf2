// How a command's help shows what to type.

/** Command lines, without `npm run -s ops --`, each with what it is for. */
export type Examples = readonly (readonly [commandLine: string, purpose: string])[];

/** The section that stands after the options. */
export function examplesText(examples: Examples): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, purpose]) => `  npm run -s ops -- ${line.padEnd(width)}  # ${purpose}`);
  return `\nExamples:\n${lines.join("\n")}\n`;
}
