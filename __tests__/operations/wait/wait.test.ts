// How long one resource is looked at, and what is asked in the end.
import { type Look, waitFor, waitForAll } from "../../../src/operations/wait/wait";

/** A resource that is found in these states, one after the other; the last one stays. */
function resource(...states: readonly Look["state"][]) {
  const look = jest.fn(async (): Promise<Look> => {
    const state = states[Math.min(look.mock.calls.length, states.length) - 1] ?? "pending";
    return { state, detail: `look ${look.mock.calls.length}`, reasons };
  });
  const reasons = jest.fn(async () => ["because"]);
  return { awaited: { resource: "database", title: "database", look }, look, reasons };
}

/** Half a minute would be long enough for all these tests together. */
function patience({ within = 30_000, ended = new AbortController().signal } = {}) {
  const says = jest.fn();
  return { interval: 1, deadline: Date.now() + within, ended, says };
}

/** Has the time be up as soon as so much has been seen: on a busy machine no sooner, and on a quick one no later. */
function timeIsUpOnce(isSeen: () => boolean) {
  const { now } = Date;
  jest.spyOn(Date, "now").mockImplementation(() => now() + (isSeen() ? 60_000 : 0));
}

afterEach(() => jest.restoreAllMocks());

it("looks until the resource is ready, says what it sees, and asks for no reasons", async () => {
  const { awaited, reasons } = resource("pending", "pending", "ready");
  const waiting = patience();
  expect(await waitFor(awaited, waiting)).toEqual({
    resource: "database",
    state: "ready",
    detail: "look 3",
    seconds: 0,
    looks: 3,
    reasons: [],
  });
  expect(waiting.says.mock.calls).toEqual([["look 1"], ["look 2"], ["look 3"]]);
  expect(reasons).not.toHaveBeenCalled();
});

it("does not look again at what has failed", async () => {
  const { awaited, look } = resource("failed", "ready");
  expect(await waitFor(awaited, patience())).toMatchObject({ state: "failed", reasons: ["because"] });
  expect(look).toHaveBeenCalledTimes(1);
});

it("asks for the reasons when the time is up", async () => {
  const { awaited, look, reasons } = resource("pending");
  timeIsUpOnce(() => look.mock.calls.length >= 3);
  expect(await waitFor(awaited, patience())).toMatchObject({
    state: "pending",
    reasons: ["because"],
  });
  expect(reasons).toHaveBeenCalledTimes(1);
});

it("does not sleep past the deadline", async () => {
  const { awaited } = resource("pending");
  const started = Date.now();
  await waitFor(awaited, { ...patience({ within: 30 }), interval: 60_000 });
  expect(Date.now() - started).toBeLessThan(5_000);
});

it("does not wait past the deadline for a look that is never answered", async () => {
  const never = { resource: "cache", title: "cache", look: () => new Promise<never>(() => undefined) };
  expect(await waitFor(never, patience({ within: 30 }))).toEqual({
    resource: "cache",
    state: "pending",
    detail: "AWS has not answered yet",
    seconds: 0,
    looks: 0,
    reasons: [],
  });
});

it("ends in the middle of a pause when nobody wants the result any more", async () => {
  const { awaited, look, reasons } = resource("pending");
  const controller = new AbortController();
  const waiting = waitFor(awaited, { ...patience({ ended: controller.signal }), interval: 60_000 });
  setTimeout(() => controller.abort(), 10);
  await expect(waiting).rejects.toThrow("aborted");
  expect(look).toHaveBeenCalledTimes(1);
  expect(reasons).not.toHaveBeenCalled();
});

it("ends with what a look throws", async () => {
  const failing = { resource: "cache", title: "cache", look: () => Promise.reject(new Error("not allowed")) };
  await expect(waitFor(failing, patience())).rejects.toThrow("not allowed");
});

describe("several resources", () => {
  /** Waits for these, none of which takes long. */
  function waitedFor(resources: readonly ReturnType<typeof resource>[]) {
    const waiting = patience();
    return waitForAll(
      resources.map(({ awaited }) => awaited),
      (some) => Promise.all(some.map((one) => waitFor(one, waiting))),
      waiting.deadline,
    );
  }

  it("are looked at once where all are ready at once", async () => {
    const both = [resource("ready"), resource("ready")];
    expect((await waitedFor(both)).map(({ state }) => state)).toEqual(["ready", "ready"]);
    expect(both.map(({ look }) => look.mock.calls.length)).toEqual([1, 1]);
  });

  it("are waited for again where one has ceased to be ready while the other came up", async () => {
    const targets = resource("ready", "pending", "pending", "ready");
    const database = resource("pending", "pending", "ready");
    const waited = await waitedFor([targets, database]);
    expect(waited.map(({ state }) => state)).toEqual(["ready", "ready"]);
    expect(targets.look.mock.calls.length).toBe(5);
    expect(waited[0]).not.toHaveProperty("looks");
  });

  it("are not all ready where one never is again", async () => {
    const targets = resource("ready", "pending");
    timeIsUpOnce(() => targets.look.mock.calls.length >= 3);
    const waited = await waitedFor([targets, resource("pending", "ready")]);
    expect(waited).toMatchObject([{ state: "pending", reasons: ["because"] }, { state: "ready" }]);
  });

  it("end with the one that has failed", async () => {
    const targets = resource("ready", "failed");
    expect(await waitedFor([targets, resource("pending", "ready")])).toMatchObject([
      { state: "failed" },
      { state: "ready" },
    ]);
  });
});
