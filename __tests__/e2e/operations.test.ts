// The operations against lightwave-prod as real Terraform has deployed it; each part changes the account and puts it back.
import { callsOf, OPERATIONS, terraformCallsOf } from "../../src/operations/command-policies";
import { describeAdopt } from "./operations/adopt";
import { describeCacheUser } from "./operations/cache-user";
import { describeChecklist } from "./operations/checklist";
import { describeContain } from "./operations/contain";
import { describeDatabaseUser } from "./operations/database-user";
import { describeDiscover } from "./operations/discover";
import { describePreflight } from "./operations/preflight";
import { describeRollback } from "./operations/rollback";
import { raiseStage, type Stage } from "./operations/stage";
import { describeVerify } from "./operations/verify";
import { describeWait } from "./operations/wait";
import { requireAwsCli, requirePrerequisites } from "./support/prerequisites";

/** Half an hour, three times what it takes on two cores that it shares: nothing here may wait for ever. */
const TIMEOUT = 1_800_000;

let stage: Stage;

beforeAll(async () => {
  await requirePrerequisites();
  await requireAwsCli();
  stage = await raiseStage("lightwave-prod");
}, TIMEOUT);

afterAll(async () => {
  await stage?.dispose();
});

jest.setTimeout(120_000);

describeDiscover(() => stage);
describeChecklist(() => stage);
describeVerify(() => stage);
describeDatabaseUser(() => stage);
describeCacheUser(() => stage);
describeContain(() => stage);
describePreflight(() => stage);
describeWait(() => stage);
describeAdopt(() => stage);
describeRollback(() => stage);

describe("permissions", () => {
  it.each(OPERATIONS)("%s makes exactly the calls that its IAM policy allows", (command) => {
    expect([...(stage.callsByCommand.sdk.get(command) ?? [])].sort()).toEqual(callsOf(command));
  });

  it.each(["adopt", "rollback"] as const)("%s has Terraform make exactly these calls", (command) => {
    expect([...(stage.callsByCommand.terraform.get(command) ?? [])].sort()).toEqual(
      terraformCallsOf(command),
    );
  });
});
