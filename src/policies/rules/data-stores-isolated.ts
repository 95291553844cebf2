// The policy `data-stores-isolated`: databases, caches and shared files stand in subnets without a route to the Internet.
import { type Finding, finding, type Policy } from "../policy";
import type { Resource, Resources } from "../reading/resources";
import { associationsOf, leadsOutside, tableLeadsOutside, tableOf } from "../reading/routes";
import { subjectOf } from "../reading/subjects";
import { texts } from "../reading/values";

const DATABASES = "aws_db_subnet_group";
const CACHES = "aws_elasticache_subnet_group";

/** Data stores: the argument that names their subnet group, its type, and by which argument they stand where another store does. */
const STORES: Readonly<Record<string, readonly [argument: string, type: string, beside?: string]>> = {
  aws_db_instance: ["db_subnet_group_name", DATABASES, "replicate_source_db"],
  aws_rds_cluster: ["db_subnet_group_name", DATABASES],
  aws_elasticache_replication_group: ["subnet_group_name", CACHES],
  aws_elasticache_cluster: ["subnet_group_name", CACHES, "replication_group_id"],
};

const dataStoresIsolated: Policy = {
  id: "data-stores-isolated",
  severity: "high",
  rule: "Databases, caches and shared files stand in subnets without a route to the Internet.",
  reason: "A route makes one wrong rule enough to expose the data; without it, no rule can.",
  remedy: "Put the data store into subnets whose route table has no route to an Internet or NAT gateway.",
  *check({ resources }) {
    yield* placelessStores(resources);
    const subnets = new Set<Resource>();
    for (const group of resources.of(DATABASES, CACHES)) {
      for (const id of texts(group.body.subnet_ids)) {
        const subnet = subjectOf(resources, group, id, "aws_subnet");
        if (subnet) subnets.add(subnet);
        const problem = subnetProblem(resources, subnet, id);
        if (problem) {
          yield finding(group, problem);
        }
      }
    }
    for (const target of resources.of("aws_efs_mount_target")) {
      const id = texts(target.body.subnet_id).join();
      const subnet = subjectOf(resources, target, id, "aws_subnet");
      if (subnet) subnets.add(subnet);
      const problem = subnetProblem(resources, subnet, id);
      if (problem) {
        yield finding(target, problem);
      }
    }
    if (subnets.size > 0) {
      yield* unreadRoutes(resources, subnets);
    }
  },
};

export default dataStoresIsolated;

/** Stores whose subnets nobody knows: a group of the name "default", say. */
function* placelessStores(resources: Resources): Iterable<Finding> {
  for (const [type, [argument, groupType, beside = ""]] of Object.entries(STORES)) {
    for (const store of resources.of(type)) {
      const name = store.body[argument];
      const isBeside = name === undefined && store.body[beside] !== undefined;
      if (!isBeside && !resources.find(store, name, groupType, "name")) {
        const which = String(name ?? "the default one");
        yield finding(store, `It cannot be read in which subnets it stands: its subnet group is ${which}`);
      }
    }
  }
}

function subnetProblem(resources: Resources, subnet: Resource | undefined, id: string): string | undefined {
  const tables = subnet
    ? associationsOf(resources, subnet).map((association) => tableOf(resources, association))
    : [];
  const known = tables.flatMap((table) => table ?? []);
  if (!subnet || known.length === 0 || known.length < tables.length) {
    return `It cannot be read how the subnet ${subnet?.address ?? id} is routed`;
  }
  return known.some((table) => tableLeadsOutside(resources, table))
    ? `The subnet ${subnet.address} may have a route to the Internet`
    : undefined;
}

/** Routes, and associations, of which it cannot be told that they are not those of the data stores' subnets. */
function* unreadRoutes(resources: Resources, subnets: ReadonlySet<Resource>): Iterable<Finding> {
  for (const route of resources.of("aws_route")) {
    if (!tableOf(resources, route) && leadsOutside(resources, route)) {
      yield finding(
        route,
        "It leads outside, and may be a route of the data stores' subnets: its table cannot be told",
      );
    }
  }
  for (const association of resources.of("aws_route_table_association")) {
    const subnet = subjectOf(resources, association, association.body.subnet_id, "aws_subnet");
    // An Internet gateway, too, can be given a route table.
    if (subnet || association.body.subnet_id === undefined) {
      continue;
    }
    const table = tableOf(resources, association);
    if (!table || tableLeadsOutside(resources, table)) {
      yield finding(
        association,
        `It may give the data stores' subnets (${[...subnets].map(({ address }) => address).join(", ")}) another route table: ` +
          "its subnet cannot be told",
      );
    }
  }
}
