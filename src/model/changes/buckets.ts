// What a change of a bucket for files does to it, and to what is in it.
import type { PathsOf } from "../../schema/field-path";
import type { Change } from "./change";

export const bucketChanges: Readonly<Record<PathsOf<"buckets">, Change>> = {
  buckets: "added",
  "buckets.*.versioned": "in place",
  "buckets.*.oldVersionDays": "in place",
  "buckets.*.lifecycle": "in place",
  "buckets.*.lifecycle[].prefix": "in place",
  "buckets.*.lifecycle[].expireAfterDays": "in place",
  "buckets.*.lifecycle[].transition": "in place",
  "buckets.*.lifecycle[].transition.storageClass": "in place",
  "buckets.*.lifecycle[].transition.afterDays": "in place",
  "buckets.*.cors": "added",
  "buckets.*.cors[].origins": "in place",
  "buckets.*.cors[].methods": "in place",
  "buckets.*.cors[].headers": "in place",
  "buckets.*.cors[].exposedHeaders": "in place",
  "buckets.*.cors[].maxAgeSeconds": "in place",
};
