// Divides a stack's blocks into files by topic, as a person would: network.tf, database.tf, variables.tf.
import type { ScannerComments } from "../../scanners/comments";
import { indent } from "./lines";
import { type Block, fileOf } from "./render";

/** What is known of a block beyond what it says. */
export interface Note {
  /** The name of the file that it belongs in, without its ending. */
  readonly topic: string;
  /** Where it stands among the others: the lowest number comes first. */
  readonly position: number;
  /** Why it is there, or as it is. @default - nothing is said */
  readonly comment?: string | undefined;
  /** What scanners read right above it, beside its first line, and at the top of its body. @default - nothing */
  readonly scanners?: ScannerComments | undefined;
}

/** The file that is always there: CDKTF's command looks for it. It holds what is about the stack as a whole. */
const MAIN = "cdk";

/** The topics of blocks that belong together, whatever they are about. */
const TOPICS: Readonly<Record<string, string>> = {
  provider: MAIN,
  variable: "variables",
  locals: "locals",
  output: "outputs",
  moved: "moved",
  removed: "moved",
  import: "moved",
};

/** Comments are no wider than this. */
const COMMENT_WIDTH = 110;

/**
 * The blocks of a stack's files, by the file's name.
 * @param noteOf what is known of a block by its address, such as `aws_vpc.main` or `data.aws_vpc.main`
 */
export function filesOf(
  blocks: readonly Block[],
  noteOf: (address: string) => Note | undefined,
): ReadonlyMap<string, string> {
  const files = new Map<string, { position: number; lines: readonly string[] }[]>([[MAIN, []]]);
  for (const block of blocks) {
    const note = noteOf(addressOf(block));
    const topic = topicOf(block) ?? note?.topic ?? MAIN;
    const file = files.get(topic) ?? [];
    files.set(topic, file);
    file.push({
      position: note?.position ?? -1,
      lines: [...comment(note?.comment), ...forScanners(block, note)],
    });
  }
  return new Map(
    [...files].map(([topic, entries]) => {
      const sorted = entries.toSorted((one, other) => one.position - other.position);
      return [`${topic}.tf`, fileOf(sorted.map(({ lines }) => lines))];
    }),
  );
}

/** A block with what scanners are told about it. */
function forScanners({ lines }: Block, note: Note | undefined): readonly string[] {
  if (note?.scanners === undefined) return lines;
  const { above, beside, inside } = note.scanners;
  const [first = "", ...others] = lines;
  // An empty body stands on the line of the header.
  const [header, ...rest] = first.endsWith("{}") ? [first.slice(0, -1), "}"] : [first, ...others];
  return [...above, `${header}${beside}`, ...indent(inside), ...rest];
}

function topicOf({ kind, lines }: Block): string | undefined {
  if (kind !== "terraform") return TOPICS[kind];
  return lines.some((line) => /^ {2}(?:backend|cloud)\b/.test(line)) ? MAIN : "versions";
}

function addressOf({ kind, labels }: Block): string {
  return (kind === "resource" ? labels : [kind === "variable" ? "var" : kind, ...labels]).join(".");
}

function comment(text: string | undefined): string[] {
  return (text ?? "").split("\n").flatMap((line) => wrapped(line).map((part) => `# ${part}`));
}

function wrapped(line: string): string[] {
  const lines: string[] = [];
  for (const word of line.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= COMMENT_WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
