// The operations against lightwave-prod as real Terraform has deployed it; each part changes the account and puts it back.
import { PERMISSIONS, TERRAFORM_PERMISSIONS } from "../../src/operations/permissions";
import { describeAdopt } from "./operations/adopt";
import { describeChecklist } from "./operations/checklist";
import { describeContain } from "./operations/contain";
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
describeContain(() => stage);
describePreflight(() => stage);
describeWait(() => stage);
describeAdopt(() => stage);
describeRollback(() => stage);

describe("permissions", () => {
  it.each(Object.keys(PERMISSIONS))("%s makes exactly the calls that its IAM policy allows", (command) => {
    const needed = PERMISSIONS[command as keyof typeof PERMISSIONS];
    expect([...(stage.callsByCommand.sdk.get(command) ?? [])].sort()).toEqual([...needed]);
  });

  it.each(Object.entries(TERRAFORM_PERMISSIONS))(
    "%s has Terraform make exactly these calls",
    (command, needed) => {
      expect([...(stage.callsByCommand.terraform.get(command) ?? [])].sort()).toEqual([...needed]);
    },
  );
});
