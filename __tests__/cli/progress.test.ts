// Things that go on at the same time: shown line by line, and their failures not lost.
import { PassThrough } from "node:stream";
import type { WriteStream } from "node:tty";
import { OperatorConsole } from "../../src/cli/operator-console";
import { together } from "../../src/cli/progress";

const ended: string[] = [];
const { signal } = new AbortController();
const slow = {
  title: "slow",
  run: async (says: (state: string) => void) => {
    says("waiting");
    says("waiting");
    await new Promise((resolve) => setTimeout(resolve, 20));
    says("done");
    ended.push("slow");
  },
};
const failing = (error: Error) => ({
  title: "failing",
  run: async () => {
    throw error;
  },
});

function consoleOn(terminal: boolean) {
  const stderr = new PassThrough();
  const console = new OperatorConsole({ stdin: new PassThrough(), stdout: new PassThrough(), stderr }, {});
  const moving = Object.assign(stderr, { columns: 80, rows: 25, isTTY: true }) as unknown as WriteStream;
  return { stderr, console: terminal ? Object.assign(console, { terminal: moving }) : console };
}

describe.each([
  ["on a terminal", true],
  ["elsewhere", false],
])("together %s", (_where, terminal) => {
  beforeEach(() => ended.splice(0));

  it("waits for all, and then fails with the error of the one that failed", async () => {
    const error = new Error("it failed");
    await expect(
      together(consoleOn(terminal).console, [failing(error), slow], { signal, isGood: () => true }),
    ).rejects.toBe(error);
    expect(ended).toEqual(["slow"]);
  });
});

it("says a state once, where there is no terminal", async () => {
  const { console, stderr } = consoleOn(false);
  await together(console, [slow], { signal, isGood: () => true });
  expect(String(stderr.read())).toBe("slow: waiting\nslow: done\n");
});
