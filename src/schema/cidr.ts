// IPv4 CIDR blocks: parsed, compared and cut up, so that the schema can check them and the network can be planned.
import ipaddr from "ipaddr.js";

/** The whole IPv4 Internet. */
export const INTERNET = "0.0.0.0/0";

/** The whole IPv6 Internet. */
export const INTERNET_IPV6 = "::/0";

/** A CIDR block as numbers. */
interface Block {
  /** First address, as an unsigned 32-bit number. */
  readonly start: number;
  /** How many addresses it holds. */
  readonly size: number;
  /** Bits of the network part. */
  readonly prefix: number;
}

/** Private address ranges: RFC 1918, and the shared range of RFC 6598 that AWS accepts for a VPC too. */
export const PRIVATE_RANGES: readonly string[] = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
];

function toNumber(octets: readonly number[]): number {
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

function toText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** An environment has few blocks, and compares each with many others. */
const parsed = new Map<string, Block>();

function parse(cidr: string): Block {
  const known = parsed.get(cidr);
  if (known) {
    return known;
  }
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const block = { start: toNumber(address.octets), size: 2 ** (32 - prefix), prefix };
  parsed.set(cidr, block);
  return block;
}

/** What to say of what is no CIDR block. */
export const CIDR_BLOCK = "Write an IPv4 CIDR block, such as 10.0.0.0/16 or 203.0.113.7/32.";

const problems = new Map<string, string | undefined>();

/** What is wrong with a CIDR block, in words that say what would be right; `undefined` if nothing is. */
export function cidrProblem(cidr: string): string | undefined {
  // Each block is asked for again in every check that compares it.
  if (!problems.has(cidr)) problems.set(cidr, problemOf(cidr));
  return problems.get(cidr);
}

function problemOf(cidr: string): string | undefined {
  if (!/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(cidr) || !ipaddr.IPv4.isValidCIDR(cidr)) {
    return CIDR_BLOCK;
  }
  const { start, size, prefix } = parse(cidr);
  const network = `${toText(start - (start % size))}/${prefix}`;
  return network === cidr ? undefined : `Write the block's first address: ${network}.`;
}

/** The number of bits in a block's network part: 16 for `10.0.0.0/16`. Throws on a malformed block. */
export function prefixLength(cidr: string): number {
  return parse(cidr).prefix;
}

/** Whether every address of `inner` is in `outer`. Throws on a malformed block. */
export function contains(outer: string, inner: string): boolean {
  const [a, b] = [parse(outer), parse(inner)];
  return a.start <= b.start && b.start + b.size <= a.start + a.size;
}

/** Whether two blocks share an address. Throws on a malformed block. */
export function overlaps(first: string, second: string): boolean {
  return contains(first, second) || contains(second, first);
}

/** Whether a block lies within a private range (RFC 1918, RFC 6598). Throws on a malformed block. */
export function isPrivate(cidr: string): boolean {
  return PRIVATE_RANGES.some((range) => contains(range, cidr));
}

/** How many addresses of a block lie outside the private ranges (RFC 1918, RFC 6598). Throws on a malformed block. */
export function publicAddresses(cidr: string): number {
  if (isPrivate(cidr)) {
    return 0;
  }
  const within = PRIVATE_RANGES.filter((range) => contains(cidr, range));
  return within.reduce((left, range) => left - parse(range).size, parse(cidr).size);
}

/**
 * The `index`-th of the equal parts that a block falls into when its prefix grows by `bits`: the same numbering as
 * Terraform's `cidrsubnet`. Throws a RangeError where the block has no such part.
 */
export function subnet(cidr: string, bits: number, index: number): string {
  const { start, prefix } = parse(cidr);
  const size = 2 ** (32 - prefix - bits);
  if (size < 1 || index < 0 || index >= 2 ** bits) {
    throw new RangeError(`${cidr} has no part ${index} of /${prefix + bits}`);
  }
  return `${toText(start + index * size)}/${prefix + bits}`;
}
