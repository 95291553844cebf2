// Where the routes of a VPC lead, and which subnets take them.

import { asText } from "../../reachability/terraform-config";
import { isPrivateBlock } from "../../schema/address-blocks";
import type { Resource, Resources } from "./resources";
import { subjectOf } from "./subjects";
import { isDynamic, nested } from "./values";

/** A route, as it is written: a resource, or a part of a route table. */
export type Route = Pick<Resource, "stack" | "body">;

/** Targets by which a packet leaves the VPC for the Internet, whatever its destination. */
const WAYS_OUT = [
  "nat_gateway_id",
  "egress_only_gateway_id",
  "carrier_gateway_id",
  "network_interface_id",
  "instance_id",
];
/** Targets that lead to networks of one's own, and out from there where the destination is no private one. */
const WAYS_ON = ["transit_gateway_id", "vpc_peering_connection_id", "core_network_arn", "local_gateway_id"];

/** Whether a route leads to the Internet, or to something of which nothing else can be said. */
export function leadsOutside(resources: Resources, route: Route): boolean {
  const { body } = route;
  const isSet = (argument: string) => (asText(body[argument]) ?? "") !== "";
  const gateway = asText(body.gateway_id) ?? "";
  const inside = gateway === "" || gateway === "local" || /^(vgw|vpce)-/.test(gateway);
  const destination = asText(body.destination_cidr_block) ?? asText(body.cidr_block) ?? "";
  return (
    WAYS_OUT.some(isSet) ||
    (WAYS_ON.some(isSet) && !isPrivateBlock(destination)) ||
    (!inside && resources.referredTo(route, gateway)?.type !== "aws_vpn_gateway")
  );
}

/** Whether a route table may have a route to the Internet. */
export function tableLeadsOutside(resources: Resources, table: Resource): boolean {
  return (
    isDynamic(table.body, "route") ||
    nested(table.body, "route").some((body) => leadsOutside(resources, { stack: table.stack, body })) ||
    resources
      .of("aws_route")
      .some((route) => tableOf(resources, route) === table && leadsOutside(resources, route))
  );
}

/** The table that a route, or an association, is of; `undefined` where that cannot be told. */
export function tableOf(resources: Resources, of: Resource): Resource | undefined {
  const value = of.body.route_table_id;
  const table = subjectOf(resources, of, value, "aws_route_table");
  const lookup = table ? undefined : resources.find(of, value, "data.aws_route_table", "id");
  // A table can be looked up by a subnet that takes it.
  const subnet = lookup && subjectOf(resources, lookup, lookup.body.subnet_id, "aws_subnet");
  const [association] = subnet ? associationsOf(resources, subnet) : [];
  return (
    table ??
    (association && subjectOf(resources, association, association.body.route_table_id, "aws_route_table"))
  );
}

/** Everything that gives a subnet a route table, in whichever stack. */
export function associationsOf(resources: Resources, subnet: Resource): Resource[] {
  return resources
    .of("aws_route_table_association")
    .filter(
      (association) => subjectOf(resources, association, association.body.subnet_id, "aws_subnet") === subnet,
    );
}
