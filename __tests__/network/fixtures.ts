// Synthesizes networks, and follows their references to say in which subnet what leads where.
import { TerraformOutput } from "cdktf";
import type { z } from "zod";
import { Network } from "../../src/network/network";
import { networkSchema } from "../../src/schema/network";
import { synthScope } from "../support/synth-scope";
import type { Block, Synthesized } from "../support/synthesized";

export type Section = Partial<z.input<typeof networkSchema>>;

/** A network over two zones, unless the section says otherwise, with its results as outputs. */
export function synth(section: Section = {}): string {
  return synthScope((scope) => {
    const network = new Network(scope, "network", {
      base: "shop",
      vpcName: "shop-network",
      flowLogsName: "/vpc/shop/flow-logs",
      network: networkSchema.parse({
        cidr: "10.0.0.0/16",
        availabilityZones: ["us-east-1a", "us-east-1b"],
        ...section,
      }),
    });
    const { node, publicInternetAccess, serviceInternetAccess, ...results } = network;
    new TerraformOutput(scope, "results", { value: results, staticId: true });
    new TerraformOutput(scope, "for_public", {
      value: 1,
      staticId: true,
      dependsOn: [...publicInternetAccess],
    });
    new TerraformOutput(scope, "for_services", {
      value: 1,
      staticId: true,
      dependsOn: [...serviceInternetAccess],
    });
  });
}

/** Reads a synthesized network. */
export class Reader {
  readonly config: Synthesized;

  constructor(text: string) {
    this.config = JSON.parse(text);
  }

  /** All resources of a type by address. */
  all(type: string): Map<string, Block> {
    const blocks = Object.entries(this.config.resource?.[type] ?? {});
    return new Map(blocks.map(([name, block]) => [`${type}.${name}`, block]));
  }

  /** The Name tag of what an expression such as `${aws_subnet.x.id}` refers to. */
  nameOf(reference: unknown): string {
    const [, address = "", type = ""] = /^(?:\$\{)?((\w+)\.[\w-]+)(\.|$)/.exec(String(reference)) ?? [];
    return String(new Map(Object.entries(Object(this.all(type).get(address)?.tags))).get("Name"));
  }

  /** By the subnet's Name tag: what its route table sends where, as `destination -> Name tag`. */
  routes(): Record<string, string[]> {
    const routes = [...this.all("aws_route").values()];
    const found = [...this.all("aws_route_table_association").values()].map(
      ({ subnet_id, route_table_id }) =>
        [
          this.nameOf(subnet_id),
          routes
            .filter((route) => route.route_table_id === route_table_id)
            .map(
              (route) =>
                `${route.destination_cidr_block} -> ${this.nameOf(route.gateway_id ?? route.nat_gateway_id)}`,
            ),
        ] as const,
    );
    return Object.fromEntries(found);
  }

  /** By the NAT gateway's Name tag: the subnet that it stands in. */
  natGateways(): Record<string, string> {
    const gateways = [...this.all("aws_nat_gateway")];
    return Object.fromEntries(
      gateways.map(([address, { subnet_id }]) => [this.nameOf(address), this.nameOf(subnet_id)]),
    );
  }
}
