// Buckets against the services that use them, and against those that the platform makes for itself.
import { auditBucket, auditLogsBucket } from "../model/names/buckets";
import { type Check, problem } from "./check";
import { unknownName } from "./spelling";
import { leadsToS3 } from "./vpc-endpoints";

export const checkBuckets: Check = (sections) => [
  ...used(sections),
  ...reached(sections),
  ...taken(sections),
];

const used: Check = ({ services, buckets, bucketKeys, declared }) =>
  // Where the section is no object at all, nobody knows which buckets it was to have.
  Object.entries(
    buckets === undefined && declared.has("buckets") && bucketKeys.length === 0 ? {} : services,
  ).flatMap(([key, { buckets: uses = [] }]) =>
    uses.flatMap(({ bucket }, index) => {
      const add = `Add it to "buckets", or name one that is there: ${bucketKeys.join(", ") || "none"}.`;
      return bucketKeys.includes(bucket)
        ? []
        : [
            problem(
              `services.${key}.buckets[${index}].bucket`,
              bucket,
              unknownName("bucket", bucket, bucketKeys, add),
            ),
          ];
    }),
  );

/** Without NAT gateways, all services have to be let out to S3, and another check asks for that. */
const reached: Check = ({ services, network }) =>
  Object.entries(services).flatMap(([key, { egress, buckets = [] }]) =>
    network?.natGateways === "none" || buckets.length === 0 || egress === "all" || egress.some(leadsToS3)
      ? []
      : [
          problem(
            `services.${key}.egress`,
            egress,
            "Allow TCP 443 to 0.0.0.0/0: the service uses a bucket, and S3's addresses are public ones.",
          ),
        ],
  );

/** The audit's buckets follow the same pattern. */
const taken: Check = ({ name = "", bucketKeys, declared }) =>
  declared.has("accountSecurity")
    ? bucketKeys
        .filter((key) => [auditBucket(name, ""), auditLogsBucket(name, "")].includes(`${name}-${key}-`))
        .map((key) =>
          problem(`buckets.${key}`, key, "Choose another key: a bucket of accountSecurity is called so."),
        )
    : [];
