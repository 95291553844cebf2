// A check that AWS does not answer fails alone, or is skipped where there is no account.
import { AwsFailure } from "../../../src/operations/aws/failure";
import { passed, run } from "../../../src/operations/preflight/planned-check";

const named = { id: "names:vpc", title: "The VPC's name is not taken" };
const noAccount = (failure: AwsFailure) => () => Promise.reject(failure);

describe("a check", () => {
  it("of this machine needs no account", async () => {
    const account = noAccount(new AwsFailure("no", { kind: "no-credentials" }));
    expect(await run({ ...named, find: () => passed("Free.") }, account)).toEqual({
      check: { ...named, status: "pass", detail: "Free." },
    });
  });

  it("of AWS is skipped where there is no account", async () => {
    const account = noAccount(new AwsFailure("no", { kind: "no-credentials" }));
    expect(await run({ ...named, ask: async () => passed("Free.") }, account)).toEqual({
      check: { ...named, status: "skipped", detail: 'Needs AWS: see the check "credentials".' },
    });
  });

  it("ends with the command where its time is up", async () => {
    const failure = new AwsFailure("late", { kind: "timed-out" });
    await expect(run({ ...named, ask: async () => passed("Free.") }, noAccount(failure))).rejects.toBe(
      failure,
    );
  });
});
