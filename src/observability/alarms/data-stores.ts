// The alarms of the data stores: that they have room, and keep up.

import { cacheCpus, FEW_CACHE_CPUS } from "../../model/cache-cpus";
import { alarmingConnections } from "../../model/database-connections";
import type { Cache } from "../../schema/cache";
import type { Database } from "../../schema/data-stores";
import { MEMBER_KEYS } from "../../schema/member-keys";
import type { Thresholds } from "../../schema/monitoring";
import type { AlarmDefinition, Metric } from "./definition";

const GIB = 2 ** 30;

/** Three alarms, and one more for an instance that lives on CPU credits. */
export function databaseAlarms(database: Database, thresholds: Thresholds): AlarmDefinition[] {
  const metric = (name: string, statistic: Metric["statistic"]): Metric => ({
    namespace: "AWS/RDS",
    name,
    dimensions: { DBInstanceIdentifier: { role: "database" } },
    statistic,
  });
  // Known wherever the environment has been checked.
  const connections = thresholds.databaseConnections ?? alarmingConnections(database);
  return [
    {
      subject: MEMBER_KEYS.database,
      kind: "cpu",
      runbook: "postgres-cpu",
      measure: "average CPU",
      comparison: "above",
      setting: "databaseCpuPercent",
      threshold: thresholds.databaseCpuPercent,
      limit: `${thresholds.databaseCpuPercent} percent`,
      action: "Find the heaviest queries in Performance Insights.",
      metrics: { cpu: metric("CPUUtilization", "Average") },
      periodSeconds: 300,
      periods: 3,
      // A database that reports nothing at all is gone.
      missingData: "breaching",
    },
    {
      subject: MEMBER_KEYS.database,
      kind: "free-storage",
      runbook: "postgres-free-storage",
      measure: "free storage",
      comparison: "below",
      setting: "databaseFreeStorageGib",
      threshold: thresholds.databaseFreeStorageGib * GIB,
      limit: `${thresholds.databaseFreeStorageGib} GiB`,
      action: "Raise database.maxAllocatedStorageGib, and find what grows: a full database stops.",
      metrics: { free: metric("FreeStorageSpace", "Minimum") },
      periodSeconds: 300,
      periods: 3,
      missingData: "missing",
    },
    ...(connections === undefined
      ? []
      : [
          {
            subject: MEMBER_KEYS.database,
            kind: "connections",
            runbook: "postgres-connections",
            measure: "connections",
            comparison: "above",
            setting: "databaseConnections",
            threshold: connections,
            action: "See who holds them in pg_stat_activity, and lower CONN_MAX_AGE or the number of tasks.",
            metrics: { connections: metric("DatabaseConnections", "Maximum") },
            periodSeconds: 300,
            periods: 2,
            missingData: "missing",
          } satisfies AlarmDefinition,
        ]),
    ...(database.instanceClass.startsWith("db.t")
      ? [
          {
            subject: MEMBER_KEYS.database,
            kind: "cpu-credits",
            runbook: "postgres-cpu-credits",
            measure: "CPU credits",
            comparison: "below",
            setting: "databaseCpuCredits",
            threshold: thresholds.databaseCpuCredits,
            action:
              "Choose a larger class, or one that is not burstable: from here on it is slow or costs extra.",
            metrics: { credits: metric("CPUCreditBalance", "Minimum") },
            periodSeconds: 300,
            // An hour, in which even the smallest class earns more than the default: a new instance begins with none.
            periods: 12,
            missingData: "missing",
          } satisfies AlarmDefinition,
        ]
      : []),
  ];
}

/** ElastiCache reports no credits of t2: "Supported node types", Amazon ElastiCache user guide. */
const WITH_CREDITS = /^cache\.t[34]/;

/** Whether a node has so few vCPUs that what Redis leaves of them to the rest of the node counts, too. */
function hasFewCpus(nodeType: string): boolean {
  return (cacheCpus(nodeType) ?? Number.POSITIVE_INFINITY) <= FEW_CACHE_CPUS;
}

function cacheCpuMetric(nodeType: string): "CPUUtilization" | "EngineCPUUtilization" {
  return hasFewCpus(nodeType) ? "CPUUtilization" : "EngineCPUUtilization";
}

/** Redis runs commands on one core: of a node's whole CPU, that is a share of its own. */
function cacheCpuLimit(
  nodeType: string,
  percent: number,
): Pick<AlarmDefinition, "measure" | "threshold" | "limit"> {
  if (!hasFewCpus(nodeType)) {
    return { measure: "CPU of the busiest node's engine", threshold: percent, limit: `${percent} percent` };
  }
  const cpus = cacheCpus(nodeType) ?? 1;
  const threshold = percent / cpus;
  const share = cpus === 1 ? "" : `, which is ${percent} of one of its ${cpus} cores,`;
  return { measure: "CPU of the busiest node", threshold, limit: `${threshold} percent${share}` };
}

/**
 * Three alarms, and one more each for a cache with a password and for nodes that live on CPU credits, on the worst of the cache's
 * nodes.
 */
export function cacheAlarms(
  { nodes, nodeType, authentication }: Cache,
  thresholds: Thresholds,
): AlarmDefinition[] {
  const ofNodes = (name: string, statistic: Metric["statistic"], worst: "MAX" | "MIN" = "MAX") => ({
    metrics: Object.fromEntries(
      Array.from({ length: nodes }, (_, index): [string, Metric] => [
        `node${index + 1}`,
        {
          namespace: "AWS/ElastiCache",
          name,
          // Each cluster of a replication group has one node, called 0001.
          dimensions: {
            CacheClusterId: { role: `cache-node ${index}` },
            CacheNodeId: { value: "0001" },
          },
          statistic,
        },
      ]),
    ),
    expression: `${worst}([${Array.from({ length: nodes }, (_, index) => `node${index + 1}`).join(", ")}])`,
  });
  return [
    {
      subject: MEMBER_KEYS.cache,
      kind: "cpu",
      runbook: "redis-cpu",
      comparison: "above",
      setting: "cacheCpuPercent",
      ...cacheCpuLimit(nodeType, thresholds.cacheCpuPercent),
      action: "Look for expensive commands in the slow log, or choose a larger node type.",
      ...ofNodes(cacheCpuMetric(nodeType), "Average"),
      periodSeconds: 300,
      periods: 3,
      missingData: "missing",
    },
    {
      subject: MEMBER_KEYS.cache,
      kind: "memory",
      runbook: "redis-memory",
      measure: "memory of the fullest node",
      comparison: "above",
      setting: "cacheMemoryPercent",
      threshold: thresholds.cacheMemoryPercent,
      limit: `${thresholds.cacheMemoryPercent} percent`,
      action: "Give keys a shorter life, or choose a larger node type.",
      ...ofNodes("DatabaseMemoryUsagePercentage", "Maximum"),
      periodSeconds: 300,
      periods: 3,
      missingData: "missing",
    },
    {
      subject: MEMBER_KEYS.cache,
      kind: "evictions",
      runbook: "redis-evictions",
      measure: "keys that a node evicted",
      comparison: "above",
      setting: "cacheEvictions",
      threshold: thresholds.cacheEvictions,
      action: "Give the cache more memory: sessions and locks may be among what it loses.",
      ...ofNodes("Evictions", "Sum"),
      periodSeconds: 300,
      periods: 1,
      missingData: "notBreaching",
    },
    // Services try again by themselves, and say so in no error that the alarms on logs would count.
    ...(authentication === "password"
      ? [
          {
            subject: MEMBER_KEYS.cache,
            kind: "refused-logins",
            runbook: "redis-refused-logins",
            measure: "log-ins that a node refused",
            comparison: "above",
            setting: "cacheRefusedLogins",
            threshold: thresholds.cacheRefusedLogins,
            action: "Does the cache have the secret's password? See verify; and who else tries?",
            // "Metrics for Valkey and Redis OSS", Amazon ElastiCache user guide.
            ...ofNodes("AuthenticationFailures", "Sum"),
            periodSeconds: 300,
            periods: 1,
            missingData: "notBreaching",
          } satisfies AlarmDefinition,
        ]
      : []),
    ...(WITH_CREDITS.test(nodeType)
      ? [
          {
            subject: MEMBER_KEYS.cache,
            kind: "cpu-credits",
            runbook: "redis-cpu-credits",
            measure: "CPU credits of the node with the fewest",
            comparison: "below",
            setting: "cacheCpuCredits",
            threshold: thresholds.cacheCpuCredits,
            action: "Choose a larger node type, or one that is not burstable: from here on it is slow.",
            ...ofNodes("CPUCreditBalance", "Minimum", "MIN"),
            periodSeconds: 300,
            // As with the database: a new node begins with none.
            periods: 12,
            missingData: "missing",
          } satisfies AlarmDefinition,
        ]
      : []),
  ];
}
