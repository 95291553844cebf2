// The alarm of shared files: that they are still as quick as they were.
import type { FileSystem } from "../../schema/file-systems";
import type { Thresholds } from "../../schema/monitoring";
import type { AlarmDefinition } from "./definition";

const GIB = 2 ** 30;

/** One alarm where throughput lives on credits; none elsewhere: what is refused or missing, a task's start says. */
export function fileSystemAlarms(
  key: string,
  { throughput }: Pick<FileSystem, "throughput">,
  { fileSystemBurstCreditsGib: credits }: Thresholds,
): AlarmDefinition[] {
  return throughput === "elastic"
    ? []
    : [
        {
          subject: key,
          kind: "burst-credits",
          runbook: "file-system-burst-credits",
          measure: "burst credits",
          comparison: "below",
          setting: "fileSystemBurstCreditsGib",
          threshold: credits * GIB,
          limit: `${credits} GiB`,
          action:
            'Find what reads and writes so much, or set throughput to "elastic": without credits, it is slow.',
          metrics: {
            credits: {
              namespace: "AWS/EFS",
              name: "BurstCreditBalance",
              dimensions: { FileSystemId: { role: `file-system ${key}` } },
              statistic: "Minimum",
            },
          },
          periodSeconds: 300,
          periods: 3,
          missingData: "missing",
        },
      ];
}
