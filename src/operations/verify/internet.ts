// Tells when blocks of addresses are so many that they are everybody: a data port must never be open to them.
import ipaddr from "ipaddr.js";
import { publicAddresses } from "../../schema/cidr";

/**
 * The share of all public addresses from which on they count as the Internet: that of an IPv4 /8, or an IPv6 /11. No
 * company's own block is as large (IANA gives registries a /8, and IPv6 blocks from /12 down), and a data port that is
 * open to so many is found by whoever looks for one.
 */
const INTERNET_SHARE = 1 / 256;

const IPV4_ADDRESSES = 2 ** 32;

/** All public IPv6 addresses: RFC 4291, "Global Unicast"; IANA allocates from this block alone. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/** Whether these blocks, IPv4 or IPv6, together hold so many public addresses that they are the Internet. */
export function areTheInternet(blocks: readonly string[]): boolean {
  return [...new Set(blocks)].reduce((sum, cidr) => sum + publicShare(cidr), 0) >= INTERNET_SHARE;
}

/** The share of all public addresses, of IPv4 or of IPv6, that a block holds: 0 to 1. */
export function publicShare(cidr: string): number {
  if (!cidr.includes(":")) {
    return publicAddresses(cidr) / IPV4_ADDRESSES;
  }
  const [address, prefix] = ipaddr.IPv6.parseCIDR(cidr);
  const [first, bits] = GLOBAL_UNICAST;
  if (prefix <= bits) {
    return first.match(address, prefix) ? 1 : 0;
  }
  return address.match(first, bits) ? 2 ** (bits - prefix) : 0;
}
