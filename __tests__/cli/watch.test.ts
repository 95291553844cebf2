// Repeating an operation: what is said each round, and how it ends.
import { PassThrough } from "node:stream";
import { OperatorConsole } from "../../src/cli/operator-console";
import { type Round, watch } from "../../src/cli/watch";
import { AwsFailure, type FailureKind } from "../../src/operations/aws/failure";

const failure = (kind: FailureKind): Round => {
  const error = new AwsFailure(`failed: ${kind}`, { kind });
  return { ok: false, document: { error: kind }, show: () => undefined, failure: error };
};
const result = (state: string, ok = true): Round => ({
  ok,
  document: { state },
  show: (console) => console.say(`table of ${state}`),
});

/** Runs these rounds; Ctrl-C comes in the rest after the last. */
async function run(rounds: readonly Round[], { json = false } = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const console = new OperatorConsole({ stdin: new PassThrough(), stdout, stderr }, {});
  const controller = new AbortController();
  const last = await watch({
    run: async (round) => {
      if (round === rounds.length) {
        setImmediate(() => controller.abort());
      }
      const now = rounds[round - 1];
      if (now === undefined) {
        throw new Error("There is no such round.");
      }
      return now;
    },
    console,
    json,
    // A rest after the last round ends by the interruption alone.
    interval: 1,
    interrupted: controller.signal,
  });
  const said = (stream: PassThrough): string[] =>
    String(stream.read() ?? "")
      .split("\n")
      .filter(Boolean)
      .map((line) => line.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, "NOW"));
  return { last, stdout: said(stdout), stderr: said(stderr) };
}

describe("watching", () => {
  it("shows a result when it is another one, and else a line with the time", async () => {
    const { last, stdout, stderr } = await run([result("a"), result("a"), result("b", false)]);
    expect(stderr).toEqual(["NOW", "table of a", "NOW Nothing has changed.", "NOW", "table of b"]);
    expect(stdout).toEqual([]);
    expect(last.ok).toBe(false);
  });

  it("prints one line of JSON a round, and nothing for a person", async () => {
    const { stdout, stderr } = await run([result("a"), result("a"), failure("throttled")], { json: true });
    expect(stdout).toEqual([
      '{"at":"NOW","state":"a"}',
      '{"at":"NOW","state":"a"}',
      '{"at":"NOW","error":"throttled"}',
    ]);
    expect(stderr).toEqual([]);
  });

  it("ends with the round before the one that Ctrl-C cuts short", async () => {
    const first = result("a", false);
    expect((await run([first, failure("interrupted")])).last).toBe(first);
    const none = failure("interrupted");
    expect((await run([none])).last).toBe(none);
  });

  it("goes on after a failure that may be over soon, once a round has gone well", async () => {
    const { last, stderr } = await run([result("a"), failure("unreachable"), result("a")]);
    expect(stderr).toEqual(["NOW", "table of a", "NOW failed: unreachable", "NOW Nothing has changed."]);
    expect(last.failure).toBeUndefined();
  });

  it.each([
    ["a first round that fails", [failure("unreachable"), result("a")], 0],
    ["a failure that will not pass", [result("a"), failure("not-allowed"), result("a")], 1],
    [
      "a fault of its own",
      [result("a"), { ...result("b", false), failure: new Error("a bug") }, result("a")],
      1,
    ],
  ])("ends with %s", async (_what, rounds, expected) => {
    expect((await run(rounds)).last).toBe(rounds[expected]);
  });
});
