// The policy `data-stores-isolated`: databases and caches stand in subnets without a route to the Internet.
import { asText } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import type { Resource, Resources } from "../reading/resources";
import { isDynamic, nested, texts } from "../reading/values";

const dataStoresIsolated: Policy = {
  id: "data-stores-isolated",
  severity: "high",
  rule: "Databases and caches stand in subnets without a route to the Internet.",
  reason: "A route makes one wrong rule enough to expose the data; without it, no rule can.",
  remedy: "Put the data store into subnets whose route table has no route to an Internet gateway.",
  *check({ resources }) {
    for (const group of resources.of("aws_db_subnet_group", "aws_elasticache_subnet_group")) {
      for (const id of texts(group.body.subnet_ids)) {
        const problem = subnetProblem(resources, group, id);
        if (problem) {
          yield finding(group, problem);
        }
      }
    }
  },
};

export default dataStoresIsolated;

function subnetProblem(resources: Resources, group: Resource, id: string): string | undefined {
  const subnet = resources.find(group, id, "aws_subnet", "id");
  const table =
    subnet &&
    resources
      .attached("aws_route_table_association", "subnet_id", subnet, "id")
      .map((association) =>
        resources.find(association, association.body.route_table_id, "aws_route_table", "id"),
      )
      .at(0);
  if (!subnet || !table) {
    return `It cannot be read how the subnet ${subnet?.address ?? id} is routed`;
  }
  const routes = [
    ...nested(table.body, "route").map((body) => ({ stack: table.stack, body })),
    ...resources.attached("aws_route", "route_table_id", table, "id"),
  ];
  return isDynamic(table.body, "route") || routes.some((route) => leadsOutside(resources, route))
    ? `The subnet ${subnet.address} may have a route to the Internet`
    : undefined;
}

/** Whether a route leads to an Internet gateway, or to a gateway of which nothing else can be said. */
function leadsOutside(resources: Resources, route: Pick<Resource, "stack" | "body">): boolean {
  const gateway = asText(route.body.gateway_id) ?? "";
  const inside = gateway === "" || gateway === "local" || /^(vgw|vpce)-/.test(gateway);
  return !inside && resources.referredTo(route, gateway)?.type !== "aws_vpn_gateway";
}
