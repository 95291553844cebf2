// The item on patches: what AWS keeps up to date by itself, and what only a new image does.
import { imageFields } from "../../model/containers";
import { finding } from "../../policies/policy";
import { isFalse } from "../../policies/reading/values";
import { asText } from "../../reachability/terraform-config";
import { notMet, place } from "../answers";
import type { Item } from "../item";

/** On by default: CreateDBInstance and CreateReplicationGroup API reference, "AutoMinorVersionUpgrade". */
const KEPT = ["aws_db_instance", "aws_elasticache_replication_group"];

export const patches: Item = {
  id: "patches",
  title: "Security patches reach database, cache and images",
  group: "required",
  why: "What attackers try first are the holes that everybody else has closed.",
  answer: ({ resources, environment }) => {
    const stores = resources.of(...KEPT);
    const off = stores.filter(
      ({ body: { auto_minor_version_upgrade: upgrade } }) =>
        upgrade !== undefined && upgrade !== null && isFalse(upgrade),
    );
    // Who names a minor version patches by hand: RDS would upgrade it, and Terraform want it back.
    const pinned = off.filter(
      ({ type, body }) => type === "aws_db_instance" && (asText(body.engine_version)?.includes(".") ?? false),
    );
    const stopped = off.filter((store) => !pinned.includes(store));
    if (stopped.length > 0) {
      return notMet(
        stopped.map((store) => finding(store, "It takes no minor versions by itself")),
        "Set auto_minor_version_upgrade to true.",
      );
    }
    const images = imageFields(environment);
    const rebuild =
      "confirm that images are built anew, with a base and packages of the day, once a month and when a hole is published";
    return {
      state: "confirm",
      where: [...pinned.map(place), ...images],
      detail:
        pinned.length > 0
          ? `The database's minor version is pinned: confirm that somebody moves database.engineVersion on. And ${rebuild}.`
          : `AWS patches the hosts, and database and cache in their maintenance windows: ${rebuild}.`,
    };
  },
};
