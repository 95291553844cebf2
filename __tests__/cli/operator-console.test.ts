// How a question is left without an answer.
import { PassThrough } from "node:stream";
import { OperatorConsole } from "../../src/cli/operator-console";

function consoleWith(isTTY: boolean) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const console = new OperatorConsole({ stdin, stdout: new PassThrough(), stderr: new PassThrough() }, {});
  return { stdin, console };
}
const never = new AbortController().signal;

describe("a question", () => {
  it("ended by Ctrl-D means no", async () => {
    const { stdin, console } = consoleWith(true);
    const answered = console.confirm("Go ahead?", never);
    stdin.end();
    expect(await answered).toBe(false);
  });

  it("ends with the reason of the interruption", async () => {
    const { console } = consoleWith(true);
    const controller = new AbortController();
    const answered = console.confirm("Go ahead?", controller.signal);
    const reason = new Error("interrupted");
    controller.abort(reason);
    await expect(answered).rejects.toBe(reason);
  });

  it("is not put where there is nobody", async () => {
    expect(consoleWith(true).console.canAsk).toBe(true);
    const { console } = consoleWith(false);
    expect(console.canAsk).toBe(false);
    await expect(console.confirm("Go ahead?", never)).rejects.toThrow("Say --yes to go ahead.");
  });
});
