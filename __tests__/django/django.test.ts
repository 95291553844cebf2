// The Django example as the platform runs it: its containers from the synthesized task definitions, on a real PostgreSQL, Redis and
// nginx, with an emulator for AWS. One row of versions after the other.
import { healthChecks } from "./health-checks";
import { requirePrerequisites } from "./support/prerequisites";
import { rowsAskedFor } from "./support/rows";
import { createStage, type Stage } from "./support/stage";

// What is waited for has a time of its own, which says more; a busy machine is no fault.
jest.setTimeout(300_000);

const rows = rowsAskedFor();
requirePrerequisites(rows);

describe.each(rows)("%s", (_name, row) => {
  let stage: Stage | undefined;
  const get = (): Stage => {
    if (stage === undefined) {
      throw new Error("The servers did not start.");
    }
    return stage;
  };
  beforeAll(async () => {
    stage = await createStage(row);
  }, 600_000);
  afterAll(async () => {
    await stage?.stop();
  });

  healthChecks(get);
});
