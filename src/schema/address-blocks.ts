// Blocks of addresses, IPv4 and IPv6, as rules write them: read, compared, and joined where several are one together.
import ipaddr from "ipaddr.js";
import { INTERNET, INTERNET_IPV6, PRIVATE_RANGES } from "./cidr";

interface Range {
  readonly kind: string;
  readonly first: bigint;
  readonly last: bigint;
}

/** The whole Internet, once in each kind of address. */
const EVERYWHERE = [INTERNET, INTERNET_IPV6];

/** What is nobody's on the Internet; for IPv6, RFC 4193. */
const PRIVATE = [...PRIVATE_RANGES, "fc00::/7"];

/** Few blocks are compared with each other again and again. */
const known = new Map<string, Range | undefined>();

function rangeOf(block: string): Range | undefined {
  if (!known.has(block)) known.set(block, parse(block));
  return known.get(block);
}

function parse(block: string): Range | undefined {
  // What reads both kinds throws an error for each block of IPv4, and catches it: ten thousand of them take half a second.
  const version = block.includes(":") ? ipaddr.IPv6 : ipaddr.IPv4;
  if (!version.isValidCIDR(block)) {
    return undefined;
  }
  const [address, prefix] = version.parseCIDR(block);
  const bytes = address.toByteArray();
  const size = 1n << BigInt(bytes.length * 8 - prefix);
  const number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const first = number - (number % size);
  return { kind: address.kind(), first, last: first + size - 1n };
}

/** Whether a text is a block of addresses, such as `10.0.0.0/16` or `2001:db8::/32`. */
export function isBlock(text: string): boolean {
  return rangeOf(text) !== undefined;
}

/** Whether a block is the whole Internet, of the one kind of address or the other. */
export function isEverywhere(block: string): boolean {
  return EVERYWHERE.some((all) => covers([block], all));
}

/** Whether some blocks hold every address of another one, together. What is no block holds nothing. */
export function covers(outer: readonly string[], inner: string): boolean {
  const target = rangeOf(inner);
  if (target === undefined) {
    return false;
  }
  const ranges = outer
    .flatMap((block) => rangeOf(block) ?? [])
    .filter(({ kind }) => kind === target.kind)
    .sort((one, other) => (one.first < other.first ? -1 : 1));
  let next = target.first;
  for (const { first, last } of ranges) {
    if (first <= next && last >= next) next = last + 1n;
  }
  return next > target.last;
}

/** Whether two blocks share an address. */
export function shareAddresses(one: string, other: string): boolean {
  const [a, b] = [rangeOf(one), rangeOf(other)];
  return a !== undefined && b !== undefined && a.kind === b.kind && a.first <= b.last && b.first <= a.last;
}

/** Whether a block lies within private addresses. */
export function isPrivateBlock(block: string): boolean {
  return PRIVATE.some((range) => covers([range], block));
}

/** Whether a block is a single address. */
export function isSingle(block: string): boolean {
  const range = rangeOf(block);
  return range !== undefined && range.first === range.last;
}
