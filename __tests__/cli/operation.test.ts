// A question that nobody answers ends as any other operation does: in time, or by Ctrl-C.
import { PassThrough } from "node:stream";
import { operationCommand } from "../../src/cli/operation";

/** Runs an operation that asks; `act` gets its keyboard and its own way to interrupt once the question is out. */
async function ask(
  args: readonly string[],
  act: (keyboard: PassThrough, interruption: AbortController) => void = () => undefined,
): Promise<unknown> {
  const keyboard = Object.assign(new PassThrough(), { isTTY: true });
  const screen = Object.assign(new PassThrough(), { isTTY: true });
  const interruption = new AbortController();
  screen.on("data", (text) => {
    if (String(text).includes("Go ahead?")) {
      act(keyboard, interruption);
    }
  });
  let answer: unknown;
  const command = operationCommand(
    {
      variables: {},
      streams: { stdin: keyboard, stdout: new PassThrough(), stderr: screen },
      interrupted: interruption.signal,
    },
    {
      name: "change",
      description: "Changes something.",
      examples: [["change", "it"]],
      timeout: 5_000,
      changes: true,
      run: async ({ mayChange }) => {
        answer = await mayChange("Go ahead?");
        return { ok: true, json: {}, show: () => undefined };
      },
    },
  );
  await command.parseAsync(args, { from: "user" });
  return answer;
}

it.each([
  ["y", true],
  ["YES", true],
  ["n", false],
  ["", false],
])("takes %j for %s", async (typed, answer) => {
  expect(await ask([], (keyboard) => keyboard.write(`${typed}\n`))).toBe(answer);
});

it("does not wait longer than it may", async () => {
  await expect(ask(["--timeout", "50ms"])).rejects.toMatchObject({
    kind: "timed-out",
    message: '"change" did not end within 50ms: allow more with --timeout.',
  });
});

it.each<[string, Parameters<typeof ask>[1]]>([
  ["typed at the question", (keyboard) => keyboard.write("\u0003")],
  ["sent as a signal", (_, interruption) => interruption.abort()],
])("ends by Ctrl-C %s", async (_, act) => {
  await expect(ask([], act)).rejects.toMatchObject({
    kind: "interrupted",
    message: '"change" was interrupted.',
  });
});
