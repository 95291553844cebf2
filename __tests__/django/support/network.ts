// The network of one run: a bridge that only this run's namespace has, with the addresses of the servers on it, and one namespace
// for each container.
import { execFileSync } from "node:child_process";

const BRIDGE = "vpc";

function ip(...args: readonly string[]): void {
  execFileSync("ip", [...args], { stdio: ["ignore", "pipe", "pipe"] });
}

/** Makes the bridge. Its hardware address is its own: by default it is a container's, and changes when that one ends. */
export function createNetwork(): void {
  ip("link", "add", BRIDGE, "address", "02:00:00:00:00:01", "type", "bridge");
  ip("link", "set", BRIDGE, "up");
}

/** Takes it away, with the addresses on it. */
export function removeNetwork(): void {
  ip("link", "delete", BRIDGE);
  hosts.clear();
}

const hosts = new Map<string, number>();

/** The last number of an address that nobody else has in a network of 16 bits: environments may share one. */
export function nextHost(network: string): number {
  const next = (hosts.get(network) ?? 10) + 1;
  if (next > 254) {
    throw new Error(`${network}: no address is left for one more task.`);
  }
  hosts.set(network, next);
  return next;
}

/** An address of a server, in this namespace. @param address with its prefix: `10.0.0.10/16` */
export function addAddress(address: string): void {
  ip("address", "replace", address, "dev", BRIDGE);
}

/** A network namespace with one address beside its own loopback. @param address with its prefix */
export function createNamespace(name: string, address: string): void {
  const outer = `to-${name}`;
  ip("netns", "add", name);
  ip("link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", name);
  ip("link", "set", outer, "master", BRIDGE, "up");
  ip("-n", name, "address", "add", address, "dev", "eth0");
  ip("-n", name, "link", "set", "lo", "up");
  ip("-n", name, "link", "set", "eth0", "up");
}

export function removeNamespace(name: string): void {
  ip("netns", "delete", name);
}
