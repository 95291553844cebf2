// The data subnets' network ACL lets through what is declared, in both directions, and nothing else.

import fc from "fast-check";
import type { Environment } from "../../../src/model/environment";
import { modelOf } from "../../../src/model/model";
import { planSubnets } from "../../../src/model/subnets";
import { entryId, type NetworkAclEntry } from "../../../src/model/traffic/network-acl";
import { numberOf } from "../../../src/model/traffic/network-acl-numbers";
import type { Peer } from "../../../src/model/traffic/peer";
import { Port, portCovers, portText } from "../../../src/model/traffic/port";
import { contains } from "../../../src/schema/cidr";
import type { EnvironmentInput } from "../../../src/schema/environment";
import { defineEnvironment } from "../../../src/validation/define-environment";
import { allOptionsInput } from "../../support/all-options";
import { arbitraryEnvironment, defineRandom } from "../../support/arbitrary-environment";
import { systems } from "../../support/systems";

/** `5432/tcp from 10.0.64.0/20`, `1024-65535/tcp to ...` */
function texts(environment: Environment): string[] {
  return modelOf(environment).dataSubnetAcl.map(
    ({ direction, cidr, port }) => `${portText(port)} ${direction === "ingress" ? "from" : "to"} ${cidr}`,
  );
}

const valid: EnvironmentInput = {
  name: "shop",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: {
    web: { image: "shop/web:1.0.0", port: 8000, cpu: 256, memory: 512, connectsTo: ["postgres"] },
  },
  database: {},
};

describe("dataSubnetAclEntries", () => {
  it("lets the services of lightwave-prod reach PostgreSQL and Redis, and the cache's members each other", () => {
    expect(texts(systems.load("lightwave-prod")).sort()).toEqual([
      "1024-65535/tcp from 10.0.128.0/21",
      "1024-65535/tcp from 10.0.136.0/21",
      "1024-65535/tcp to 10.0.128.0/21",
      "1024-65535/tcp to 10.0.136.0/21",
      "1024-65535/tcp to 10.0.64.0/21",
      "1024-65535/tcp to 10.0.72.0/21",
      "5432/tcp from 10.0.64.0/21",
      "5432/tcp from 10.0.72.0/21",
      "6379/tcp from 10.0.64.0/21",
      "6379/tcp from 10.0.72.0/21",
    ]);
  });

  it("keeps what else the environment declares: the VPC, a developer, further flows in both directions", () => {
    const environment = defineEnvironment({
      ...valid,
      database: { ingressFromVpc: true, developerAddress: "203.0.113.7/32" },
      extraFlows: [
        { source: "172.16.0.0/24", destination: "postgres", port: 5432, description: "Reporting" },
        { source: "postgres", destination: "198.51.100.9/32", port: 443, description: "An extension" },
        { source: "web", destination: "postgres", port: 53, protocol: "udp", description: "Odd" },
      ],
    });
    expect(texts(environment)).toEqual([
      "5432/tcp from 10.0.64.0/21",
      "1024-65535/tcp to 10.0.64.0/21",
      "5432/tcp from 10.0.72.0/21",
      "1024-65535/tcp to 10.0.72.0/21",
      "5432/tcp from 10.0.0.0/16",
      "1024-65535/tcp to 10.0.0.0/16",
      "5432/tcp from 203.0.113.7/32",
      "1024-65535/tcp to 203.0.113.7/32",
      "5432/tcp from 172.16.0.0/24",
      "1024-65535/tcp to 172.16.0.0/24",
      "443/tcp to 198.51.100.9/32",
      "1024-65535/tcp from 198.51.100.9/32",
      "53/udp from 10.0.64.0/21",
      "1024-65535/udp to 10.0.64.0/21",
      "53/udp from 10.0.72.0/21",
      "1024-65535/udp to 10.0.72.0/21",
    ]);
  });

  it("follows the tasks to the public subnets, where there is neither NAT nor an endpoint", () => {
    const network = { ...valid.network, natGateways: "none" as const };
    expect(texts(defineEnvironment({ ...valid, network }))).toEqual([
      "5432/tcp from 10.0.0.0/21",
      "1024-65535/tcp to 10.0.0.0/21",
      "5432/tcp from 10.0.8.0/21",
      "1024-65535/tcp to 10.0.8.0/21",
    ]);
    expect(texts(defineEnvironment(allOptionsInput))).toContain("5432/tcp from 10.70.64.0/21");
  });

  it("names each subnet that is given explicitly", () => {
    const subnets = {
      "eu-west-1a": { public: "10.0.1.0/24", private: "10.0.11.0/24", data: "10.0.21.0/24" },
      "eu-west-1b": { public: "10.0.2.0/24", private: "10.0.12.0/24", data: "10.0.22.0/24" },
    };
    expect(texts(defineEnvironment({ ...valid, network: { ...valid.network, subnets } }))).toEqual([
      "5432/tcp from 10.0.11.0/24",
      "1024-65535/tcp to 10.0.11.0/24",
      "5432/tcp from 10.0.12.0/24",
      "1024-65535/tcp to 10.0.12.0/24",
    ]);
  });

  it.each<[string, Partial<EnvironmentInput>, number]>([
    ["is there in production", {}, 4],
    ["is left out elsewhere", { production: false }, 0],
    ["can be turned off", { network: { ...valid.network, dataSubnetAcl: false } }, 0],
    ["can be turned on", { production: false, network: { ...valid.network, dataSubnetAcl: true } }, 4],
  ])("%s", (_what, changes, count) => {
    expect(modelOf(defineEnvironment({ ...valid, ...changes })).dataSubnetAcl).toHaveLength(count);
  });

  it("is none without data stores", () => {
    expect(texts(systems.load("ecs-webapp"))).toEqual([]);
  });

  it("numbers an entry by its port and block: what is added leaves the others' numbers and names alone", () => {
    const withCache = { ...valid, cache: {} };
    const numbers = (input: EnvironmentInput) =>
      new Map(modelOf(defineEnvironment(input)).dataSubnetAcl.map((entry) => [entryId(entry), entry.number]));
    const before = numbers(withCache);
    // FNV-1a of "5432/tcp 10.0.64.0/21" is 2_954_083_182, and of "1024-65535/tcp 10.0.64.0/21" 4_555_516.
    expect(before.get("ingress-5432-tcp-from-10.0.64.0-21")).toBe(1000 + (2_954_083_182 % 31_767));
    expect(before.get("egress-1024-65535-tcp-to-10.0.64.0-21")).toBe(1000 + (4_555_516 % 31_767));
    const zones = ["eu-west-1c", "eu-west-1b", "eu-west-1a"];
    const changed: Partial<EnvironmentInput>[] = [
      { network: { ...valid.network, availabilityZones: zones } },
      // Holds all that the services' own entries do.
      { database: { ingressFromVpc: true } },
      {
        extraFlows: [
          { source: "10.0.0.0/16", destination: "redis", port: { from: 1, to: 65_535 }, description: "All" },
          { source: "postgres", destination: "198.51.100.9/32", port: 443, description: "An extension" },
        ],
      },
    ];
    for (const change of changed) {
      const after = numbers({ ...withCache, ...change });
      expect(after.size).toBeGreaterThan(before.size);
      expect([...before].filter(([id, number]) => after.get(id) !== number)).toEqual([]);
    }
  });

  it("numbers every entry from 1000 to 32766, but for those that the environment numbers", () => {
    const network = { ...valid.network, dataSubnetAclNumbers: { "5432/tcp 10.0.72.0/21": 500 } };
    const all = modelOf(defineEnvironment({ ...valid, network })).dataSubnetAcl;
    expect(all.filter(({ number }) => number === 500).map(entryId)).toEqual([
      "ingress-5432-tcp-from-10.0.72.0-21",
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_535 }), (port) => {
        const number = numberOf("10.0.64.0/21", Port.tcp(port), {});
        return Number.isInteger(number) && number >= 1000 && number <= 32_766;
      }),
    );
  });

  it("cuts no connection that the matrix allows, and lets nobody else in, in any environment", () => {
    let checked = 0;
    fc.assert(
      fc.property(arbitraryEnvironment, (input) => {
        const environment = defineRandom(input);
        const entries = modelOf(environment).dataSubnetAcl;
        const matrix = modelOf(environment).traffic;
        const stores = matrix.groups.filter(isStore);
        for (const store of stores) {
          for (const source of matrix.peers()) {
            for (const { port } of matrix.connections(source, { kind: "group", group: store })) {
              for (const cidr of addressesOf(source, environment)) {
                expect(lets(entries, "ingress", cidr, port)).toBe(true);
                expect(lets(entries, "egress", cidr, { ...port, from: 1024, to: 65_535 })).toBe(true);
                checked += 1;
              }
            }
          }
        }
        const strangers = ["198.51.100.9/32", ...planSubnets(environment.network).public];
        const inStores = (peer: Peer) => peer.kind === "group" && isStore(peer.group);
        const admitted = matrix.flows.flatMap(({ source, destination }) => [
          ...(inStores(destination) ? addressesOf(source, environment) : []),
          // An ACL keeps no state: whom a store calls answers on any high port, and 5432 is one.
          ...(inStores(source) ? addressesOf(destination, environment) : []),
        ]);
        for (const cidr of strangers.filter((block) => !admitted.includes(block))) {
          expect(lets(entries, "ingress", cidr, Port.tcp(5432))).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
    expect(checked).toBeGreaterThan(100);
  });
});

const isStore = (group: string) => group === "postgres" || group === "redis";

/** Where a peer's connections come from: its block, or the subnets of its tier. */
function addressesOf(peer: Peer, { network }: Environment): readonly string[] {
  if (peer.kind === "cidr") {
    return [peer.cidr];
  }
  const { public: open, private: inner, data } = planSubnets(network);
  const tasks = network.natGateways === "none" && !network.vpcEndpoints ? open : inner;
  return { alb: open, postgres: data, redis: data, endpoints: inner }[peer.group] ?? tasks;
}

function lets(
  entries: readonly NetworkAclEntry[],
  direction: NetworkAclEntry["direction"],
  cidr: string,
  port: Port,
): boolean {
  return entries.some(
    (entry) => entry.direction === direction && contains(entry.cidr, cidr) && portCovers(entry.port, port),
  );
}
