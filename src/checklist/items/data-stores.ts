// Items on the database, the cache, the buckets and shared files.
import { finding, type Policy } from "../../policies/policy";
import { isTrue } from "../../policies/reading/values";
import bucketsEncrypted from "../../policies/rules/buckets-encrypted";
import bucketsPrivate from "../../policies/rules/buckets-private";
import bucketsTlsOnly from "../../policies/rules/buckets-tls-only";
import cacheEncrypted from "../../policies/rules/cache-encrypted";
import dataStoresIsolated from "../../policies/rules/data-stores-isolated";
import databaseBackedUp from "../../policies/rules/database-backed-up";
import databaseEncrypted from "../../policies/rules/database-encrypted";
import databasePrivate from "../../policies/rules/database-private";
import databaseTlsForced from "../../policies/rules/database-tls-forced";
import deletionProtection from "../../policies/rules/deletion-protection";
import fileSystemsClosed from "../../policies/rules/file-systems-closed";
import fileSystemsEncrypted from "../../policies/rules/file-systems-encrypted";
import rotationFollowed from "../../policies/rules/rotation-followed";
import { asNumber, asText } from "../../reachability/terraform-config";
import { findingsOf, judged, unique } from "../answers";
import type { Item } from "../item";

const NO_DATA = "The environment has neither a database nor a cache.";

const DATABASES = ["aws_db_instance", "aws_rds_cluster"];
const CACHES = ["aws_elasticache_replication_group", "aws_elasticache_cluster"];

/** An item that is exactly what some policies say of some types of resources. */
function policyItem(
  about: Pick<Item, "id" | "title">,
  types: readonly string[],
  words: { readonly met: string; readonly without: string },
  ...policies: readonly [Policy, ...Policy[]]
): Item {
  const [{ reason, remedy }] = policies;
  return {
    ...about,
    group: "required",
    why: reason,
    answer: (platform) =>
      judged({
        subjects: platform.resources.of(...types),
        findings: findingsOf(platform, ...policies),
        ...words,
        remedy,
      }),
  };
}

const without = "The environment has no database.";

const databaseIsPrivate = policyItem(
  { id: "database-private", title: "The database is reached from inside the VPC alone" },
  DATABASES,
  { met: "It has no public address, and its subnets have no route to the Internet.", without },
  databasePrivate,
  dataStoresIsolated,
);

const databaseIsEncrypted = policyItem(
  { id: "database-encrypted", title: "The database's storage is encrypted" },
  DATABASES,
  { met: "RDS encrypts its storage, its backups and its snapshots.", without },
  databaseEncrypted,
);

const databaseTls = policyItem(
  { id: "database-tls", title: "The database refuses connections without TLS" },
  DATABASES,
  { met: "A parameter forces TLS, whatever the client says.", without },
  databaseTlsForced,
);

const passwordRotation = policyItem(
  {
    id: "password-rotation",
    title: "What RDS makes of the database's password reaches the running services",
  },
  ["aws_secretsmanager_secret_rotation"],
  {
    met: "Services that start with the password get new tasks after each change of it; others read it themselves.",
    without: "RDS rotates no password here.",
  },
  rotationFollowed,
);

const cacheIsEncrypted = policyItem(
  { id: "cache-encrypted", title: "The cache is encrypted at rest and in transit" },
  CACHES,
  { met: "ElastiCache encrypts its disks and every connection.", without: "The environment has no cache." },
  cacheEncrypted,
);

const bucketsPrivateItem = policyItem(
  { id: "buckets-private", title: "Buckets let nobody outside in, are encrypted, and refuse plain HTTP" },
  ["aws_s3_bucket"],
  {
    met: "Public access is blocked in all four ways, and their policies refuse calls without TLS.",
    without: "The environment has no bucket.",
  },
  bucketsPrivate,
  bucketsEncrypted,
  bucketsTlsOnly,
);

const filesAreClosed = policyItem(
  {
    id: "files-closed",
    title: "Shared files are encrypted, and reached over TLS, by IAM and an access point alone",
  },
  ["aws_efs_file_system"],
  {
    met: "Each file system is encrypted, and its policy refuses everybody else, and root.",
    without: "The environment has no file systems.",
  },
  fileSystemsClosed,
  fileSystemsEncrypted,
);

const backups: Item = {
  id: "backups",
  title:
    "Database and cache are backed up every day, and the database's backups are kept for a week or longer",
  group: "required",
  why: databaseBackedUp.reason,
  answer: (platform) => {
    const { resources } = platform;
    const caches = resources.of("aws_elasticache_replication_group");
    return judged({
      subjects: [...resources.of(...DATABASES), ...caches, ...resources.of("aws_backup_plan")],
      findings: [
        ...findingsOf(platform, databaseBackedUp),
        ...caches
          .filter(({ body }) => (asNumber(body.snapshot_retention_limit) ?? 0) < 1)
          .map((cache) => finding(cache, "It keeps no daily snapshots")),
      ],
      met: "Automated backups are kept. Confirm by restoring one that it can be done: docs/restore.md.",
      without: NO_DATA,
      remedy: "Set database.backupRetentionDays to 7 or more, and cache.snapshotRetentionDays to 1 or more.",
    });
  },
};

const multiAz: Item = {
  id: "multi-az",
  title: "Database, cache, subnets and NAT gateways are in more than one zone",
  group: "nice to have",
  why: "A zone of AWS fails now and then, and what is in it alone fails with it.",
  answer: ({ resources }) => {
    const databases = resources.of("aws_db_instance");
    const caches = resources.of("aws_elasticache_replication_group");
    const subnets = resources.of("aws_subnet");
    const gateways = resources.of("aws_nat_gateway");
    const zones = unique(subnets.flatMap(({ body }) => asText(body.availability_zone) ?? []));
    return judged({
      subjects: [...databases, ...caches, ...subnets, ...gateways],
      findings: [
        ...databases
          .filter(({ body }) => !isTrue(body.multi_az))
          .map((database) => finding(database, "It has no standby in a second zone")),
        ...caches
          .filter(({ body }) => !isTrue(body.multi_az_enabled) || !isTrue(body.automatic_failover_enabled))
          .map((cache) => finding(cache, "No replica in a second zone takes over")),
        ...subnets
          .slice(0, zones.length < 2 ? 1 : 0)
          .map((subnet) => finding(subnet, "All subnets are in one zone")),
        ...gateways
          .slice(0, gateways.length < zones.length ? 1 : 0)
          .map((gateway) => finding(gateway, "Tasks in another zone have no way out when its zone fails")),
      ],
      met: `The zones are ${zones.join(", ")}.`,
      without: NO_DATA,
      remedy:
        'Set database.multiAz, name two network.availabilityZones or more, and set network.natGateways to "per-zone".',
    });
  },
};

const protectedFromDeletion: Item = {
  id: "deletion-protection",
  title: "Nothing that holds data or has an address is lost by one command",
  group: "nice to have",
  why: deletionProtection.reason,
  answer: (platform) =>
    judged({
      subjects: platform.resources.of("aws_lb", ...DATABASES),
      findings: findingsOf(platform, deletionProtection),
      met: "Load balancers and databases are protected from deletion.",
      without: "The environment has neither a load balancer nor a database.",
      remedy: deletionProtection.remedy,
    }),
};

export const requiredDataItems: readonly Item[] = [
  databaseIsPrivate,
  databaseIsEncrypted,
  databaseTls,
  passwordRotation,
  cacheIsEncrypted,
  bucketsPrivateItem,
  filesAreClosed,
  backups,
];
export const furtherDataItems: readonly Item[] = [multiAz, protectedFromDeletion];
