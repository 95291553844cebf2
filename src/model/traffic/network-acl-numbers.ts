// The numbers of network ACL entries: each follows from what the entry says, never from where it stands in a list.
import { type Port, portText } from "./port";

/**
 * A number follows from an entry's block and port alone. Lower ones are for entries that deny, which `ops contain block-ip`
 * adds, and for what the environment numbers itself. EC2 takes numbers up to 32766: CreateNetworkAclEntry API reference,
 * "RuleNumber".
 */
const NUMBERS = { first: 1_000, last: 32_766 } as const;

/** What an environment calls an entry by, of either direction: `5432/tcp 10.0.64.0/20`. */
export function entryText({ cidr, port }: { readonly cidr: string; readonly port: Port }): string {
  return `${portText(port)} ${cidr}`;
}

/**
 * The number of an entry, in either direction.
 * @param given the environment's own numbers, by `entryText`
 */
export function numberOf(cidr: string, port: Port, given: Readonly<Record<string, number>>): number {
  const text = entryText({ cidr, port });
  const span = NUMBERS.last - NUMBERS.first + 1;
  return given[text] ?? NUMBERS.first + (hash(text) % span);
}

/** FNV-1a, 32 bits: spreads texts evenly, on any machine the same. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of text) {
    value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  }
  return value;
}

/** Entries of one direction that would have the same number, which EC2 refuses. */
export interface NumberClash {
  readonly number: number;
  /** Their `entryText`, two or more. */
  readonly entries: readonly string[];
}

/** The clashes among these entries, each once where both directions have it. */
export function numberClashes(
  entries: readonly {
    readonly direction: string;
    readonly cidr: string;
    readonly port: Port;
    readonly number: number;
  }[],
): NumberClash[] {
  const found = new Map<string, NumberClash>();
  for (const { direction, number } of entries) {
    const texts = entries
      .filter((other) => other.direction === direction && other.number === number)
      .map(entryText)
      .sort();
    if (texts.length > 1) {
      found.set(texts.join(), { number, entries: texts });
    }
  }
  return [...found.values()];
}
