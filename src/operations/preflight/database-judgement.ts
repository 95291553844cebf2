// Whether RDS takes a PostgreSQL version where another one runs: minor ones upwards, and major ones by their own field.
import { majorVersion } from "../../model/postgres-support";
import type { Database } from "../../schema/data-stores";
import { type Finding, failed, passed } from "./planned-check";

/** @param live the version that runs, such as `16.4`; `undefined` where there is no database yet */
export function judgeVersion(
  live: string | undefined,
  { engineVersion, allowMajorUpgrade }: Pick<Database, "engineVersion" | "allowMajorUpgrade">,
): Finding {
  if (live === undefined) {
    return passed(`There is no database yet; it will run PostgreSQL ${engineVersion}.`);
  }
  const [from, to] = [majorVersion(live), majorVersion(engineVersion)];
  if (to < from || (to === from && minorVersion(engineVersion) < minorVersion(live))) {
    return failed(
      `PostgreSQL ${live} runs, and RDS goes to no older version: write at least that in database.engineVersion, or restore a snapshot.`,
    );
  }
  if (to === from) {
    const over = allowMajorUpgrade ? " database.allowMajorUpgrade can be removed." : "";
    return passed(`PostgreSQL ${live} runs, and ${engineVersion} is declared.${over}`);
  }
  return allowMajorUpgrade
    ? passed(
        `PostgreSQL ${live} becomes ${engineVersion} during the deployment, and does not answer for minutes meanwhile: docs/database-upgrade.md.`,
      )
    : failed(
        `PostgreSQL ${live} runs, and ${engineVersion} is another major version: RDS refuses it without database.allowMajorUpgrade. docs/database-upgrade.md has the steps.`,
      );
}

/** The minor version; where none is pinned, one that no other is above. */
function minorVersion(version: string): number {
  const minor = version.split(".")[1];
  return minor === undefined ? Number.POSITIVE_INFINITY : Number.parseInt(minor, 10);
}
