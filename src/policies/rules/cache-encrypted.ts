// The policy `cache-encrypted`: every cache is encrypted at rest and in transit.
import type { Json } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";
import { isTrue } from "../reading/values";

/** Left out, it is "required". */
const REQUIRED: readonly (Json | undefined)[] = [undefined, null, "required"];

const cacheEncrypted: Policy = {
  id: "cache-encrypted",
  severity: "high",
  rule: "Every cache is encrypted at rest and in transit.",
  reason: "Sessions and cached pages are as sensitive as the data that they come from.",
  remedy:
    "Set at_rest_encryption_enabled and transit_encryption_enabled to true, and transit_encryption_mode to required.",
  *check({ resources }) {
    for (const cache of resources.of("aws_elasticache_replication_group")) {
      const { body } = cache;
      if (!isTrue(body.at_rest_encryption_enabled)) {
        yield finding(cache, "It is not encrypted at rest");
      }
      if (!isTrue(body.transit_encryption_enabled) || !REQUIRED.includes(body.transit_encryption_mode)) {
        yield finding(cache, "It takes connections without TLS");
      }
    }
    // A cluster by itself has no encryption at rest: CreateCacheCluster API reference.
    for (const cluster of resources.of("aws_elasticache_cluster")) {
      if (cluster.body.replication_group_id === undefined) {
        yield finding(cluster, "A cluster that is in no replication group is not encrypted at rest");
      }
    }
  },
};

export default cacheEncrypted;
