// Several things that go on at the same time, where there is no terminal.
import { PassThrough } from "node:stream";
import { OperatorConsole } from "../../src/cli/operator-console";
import { together } from "../../src/cli/progress";

/** A console without a terminal, and the lines that it has printed. */
function lines() {
  let printed = "";
  const stderr = new PassThrough().on("data", (text) => {
    printed += String(text);
  });
  const console = new OperatorConsole({ stdin: new PassThrough(), stdout: new PassThrough(), stderr }, {});
  return { console, printed: () => printed };
}

const all = { signal: new AbortController().signal, isGood: () => true };

/** Ends only when nobody wants the result any more. */
const forever = (ended: AbortSignal) =>
  new Promise<never>((_, reject) => {
    ended.addEventListener("abort", () => reject(new Error("ended, too")));
  });

it("prints each change as a line, and gives the results in their order", async () => {
  const { console, printed } = lines();
  const slow = {
    title: "database",
    run: async (says: (state: string) => void) => {
      says("creating");
      says("creating");
      await new Promise((resolve) => setTimeout(resolve, 10));
      says("available");
      return "slow";
    },
  };
  const fast = {
    title: "cache",
    run: async (says: (state: string) => void) => {
      says("available");
      return "fast";
    },
  };
  expect(await together(console, [slow, fast], all)).toEqual(["slow", "fast"]);
  expect(printed()).toBe("database: creating\ncache: available\ndatabase: available\n");
});

it("ends the others when one is rejected, and throws what that one was rejected with", async () => {
  const { console } = lines();
  const results = together(
    console,
    [
      { title: "database", run: (_, ended) => forever(ended) },
      { title: "cache", run: () => Promise.reject(new Error("not allowed")) },
    ],
    all,
  );
  await expect(results).rejects.toThrow("not allowed");
});

it("ends all with the command, for the command's reason", async () => {
  const { console } = lines();
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("interrupted")), 10);
  const results = together(console, [{ title: "database", run: (_, ended) => forever(ended) }], {
    ...all,
    signal: controller.signal,
  });
  await expect(results).rejects.toThrow("interrupted");
});

it("does not begin what has ended already", async () => {
  const { console } = lines();
  const run = jest.fn(async () => "done");
  const results = together(console, [{ title: "database", run }], {
    ...all,
    signal: AbortSignal.abort(new Error("timed out")),
  });
  await expect(results).rejects.toThrow("timed out");
  expect(run).not.toHaveBeenCalled();
});
