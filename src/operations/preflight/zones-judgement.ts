// Whether the zones of an environment are there, and have what is to stand in them.
import type { AvailabilityZone } from "@aws-sdk/client-ec2";
import type { OrderableDBInstanceOption } from "@aws-sdk/client-rds";
import type { Environment } from "../../model/environment";
import { type Finding, failed, passed } from "./planned-check";

type Network = Pick<Environment["network"], "availabilityZones">;
type Database = Pick<NonNullable<Environment["database"]>, "engineVersion" | "instanceClass" | "multiAz">;

/** As much of a zone as is looked at. */
export type ZoneFacts = Pick<AvailabilityZone, "ZoneName" | "ZoneId" | "State">;

/**
 * By region, the only zones that Fargate runs Linux containers in, where these are not all: "Supported Regions for Amazon
 * ECS on AWS Fargate", ECS developer guide. By their IDs: which letter a zone has is another in each account.
 */
const FARGATE_ZONES: Readonly<Record<string, readonly string[]>> = {
  "us-west-1": ["usw1-az1", "usw1-az3"],
  "ap-northeast-1": ["apne1-az1", "apne1-az2", "apne1-az4"],
};

/** Whether the account has the zones. */
export function judgeZones({ availabilityZones }: Network, live: readonly ZoneFacts[]): Finding {
  const problems = availabilityZones.flatMap((zone) => {
    const found = live.find(({ ZoneName }) => ZoneName === zone);
    if (found === undefined) {
      const all = live.map(({ ZoneName }) => ZoneName).join(", ");
      return [`The account has no zone ${zone}; it has ${all}. Change network.availabilityZones.`];
    }
    return found.State === undefined || found.State === "available"
      ? []
      : [`The zone ${zone} is ${found.State}: wait, or choose another in network.availabilityZones.`];
  });
  return problems.length > 0 ? failed(problems.join(" ")) : passed(`${availabilityZones.join(", ")}.`);
}

/** Whether Fargate runs in each of them. */
export function judgeFargate(
  { availabilityZones }: Network,
  live: readonly ZoneFacts[],
  region: string,
): Finding {
  const only = FARGATE_ZONES[region];
  if (only === undefined) {
    return passed(`AWS names no zone of ${region} that Fargate does not run in.`);
  }
  const id = (zone: string) => live.find(({ ZoneName }) => ZoneName === zone)?.ZoneId ?? "unknown";
  const without = availabilityZones.filter((zone) => !only.includes(id(zone)));
  const others = live.flatMap(({ ZoneName = "", ZoneId = "" }) => (only.includes(ZoneId) ? [ZoneName] : []));
  return without.length === 0
    ? passed(`${availabilityZones.map((zone) => `${zone} (${id(zone)})`).join(", ")}.`)
    : failed(
        `Fargate does not run in ${without.map((zone) => `${zone} (${id(zone)})`).join(", ")}: choose out of ` +
          `${others.join(", ")} in network.availabilityZones.`,
      );
}

/** Whether RDS has the database's class in as many of the zones as it needs. */
export function judgeDatabaseZones(
  { availabilityZones }: Network,
  { engineVersion, instanceClass, multiAz }: Database,
  options: readonly OrderableDBInstanceOption[],
): Finding {
  const what = `${instanceClass} with PostgreSQL ${engineVersion}`;
  const fitting = options.filter(
    ({ EngineVersion = "" }) =>
      EngineVersion === engineVersion || EngineVersion.startsWith(`${engineVersion}.`),
  );
  if (fitting.length === 0) {
    return failed(
      `RDS has no ${what} in this region: change database.instanceClass or database.engineVersion.`,
    );
  }
  const offered = fitting.flatMap(({ AvailabilityZones = [] }) => AvailabilityZones.map(({ Name }) => Name));
  const has = availabilityZones.filter((zone) => offered.includes(zone));
  const lacks = availabilityZones.filter((zone) => !offered.includes(zone));
  const needed = multiAz ? 2 : 1;
  if (has.length < needed) {
    return failed(
      `RDS has ${what} in ${has.length > 0 ? `${has.join(", ")} alone` : "none of the zones"}, and needs ${needed} of ` +
        `${availabilityZones.join(", ")}${multiAz ? ", since database.multiAz is true" : ""}. It is to be had in ` +
        `${[...new Set(offered)].sort().join(", ")}: change network.availabilityZones or database.instanceClass.`,
    );
  }
  return passed(
    `${what} is to be had in ${has.join(", ")}.${lacks.length > 0 ? ` RDS uses no other zone: ${lacks.join(", ")} has none.` : ""}`,
  );
}
