// What is printed steers nobody's terminal, and fits it; and how a question is left without an answer.
import { PassThrough } from "node:stream";
import { WriteStream } from "node:tty";
import { stripVTControlCharacters } from "node:util";
import type { Line } from "../../src/cli/lines";
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

/** What is written to a terminal of so many columns, or, without a number, to a file. */
function printed(columns: number | undefined, print: (console: OperatorConsole) => void): string {
  let text = "";
  const write = (some: string) => {
    text += some;
    return true;
  };
  const stream: WriteStream = Object.assign(
    Object.create(columns === undefined ? PassThrough.prototype : WriteStream.prototype),
    { write },
  );
  Object.defineProperty(stream, "columns", { value: columns });
  print(new OperatorConsole({ stdin: new PassThrough(), stdout: stream, stderr: stream }, {}));
  return text;
}

/** A Name tag that clears the screen, and says that all is well. */
const NAME = "db\u001b[2J\u001b[H\u009b2J\u001b]0;title\u0007\rAll 24 passed";

describe("text of an account", () => {
  const ways: [string, (console: OperatorConsole) => void][] = [
    ["a line", (console) => console.say(NAME)],
    ["a line in a tone", (console) => console.say(console.toned("bad", NAME))],
    ["pieces of a line", (console) => console.say([console.toned("quiet", NAME), NAME])],
    ["a table", (console) => console.table(["Name"], [[NAME], [console.toned("good", NAME)]])],
    ["a document", (console) => console.document(NAME)],
    ["JSON", (console) => console.json({ name: NAME })],
  ];

  it.each(ways)("in %s moves no cursor", (_, print) => {
    for (const columns of [undefined, 80]) {
      const text = printed(columns, print);
      // The colours that we write ourselves are all that is left.
      const ours = ["31", "32", "39", "2", "22"].map((code) => `\u001b[${code}m`);
      const rest = ours.reduce((left, code) => left.replaceAll(code, ""), text);
      expect(rest).not.toMatch(/[^\P{Cc}\n]/u);
      expect(text).toContain("All 24 passed");
    }
  });

  it("is the same to whoever parses the JSON", () => {
    const value = { name: `${NAME}\u202e\u2028##[group]x` };
    const text = printed(undefined, (console) => console.json(value));
    expect(JSON.parse(text)).toEqual(value);
    expect(text).not.toMatch(/##\[|\u202e|\u2028/);
  });

  it("begins no line at the margin, where we ourselves speak", () => {
    expect(printed(undefined, (console) => console.say("db\nAll 24 passed"))).toBe("db\n  All 24 passed\n");
  });

  it.each([
    ["::stop-commands::x", ": :stop-commands::x"],
    ["  ::error file=a::b", "  : :error file=a::b"],
    ["a\n::add-mask::b", "a\n  : :add-mask::b"],
    ["name ##[add-path]/tmp/x", "name # #[add-path]/tmp/x"],
    ["##vso[task.setvariable variable=a]b", "# #vso[task.setvariable variable=a]b"],
    ["::/0 could reach alb", "::/0 could reach alb"],
    ["the module a::b", "the module a::b"],
  ])("%j gives CI no command", (given, said) => {
    expect(printed(undefined, (console) => console.say(given))).toBe(`${said}\n`);
  });

  it("shows its characters in the order that they have", () => {
    expect(printed(undefined, (console) => console.say("a\u202eb\u2066c\u2028d"))).toBe("a?b?c?d\n");
  });
});

describe("a table", () => {
  const arn =
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/lightwave-django-prod/50dc6c495c0c9188";
  const head = ["Status", "Check", "What must hold, and what was found"];
  const row: Line[] = [
    "pass",
    "undeclared:lightwave-django-prod",
    ["The groups of the load balancer have no rule that is not declared, as far as anybody can see", arn],
  ];
  const widest = (text: string) =>
    Math.max(
      ...stripVTControlCharacters(text)
        .split("\n")
        .map((line) => line.length),
    );
  const squeezed = (text: string) => stripVTControlCharacters(text).replaceAll(/[\s│]/g, "");

  it.each([60, 80, 200])("fits a terminal of %d columns, and loses no word", (columns) => {
    const text = printed(columns, (console) => console.table(head, [row]));
    expect(widest(text)).toBeLessThanOrEqual(columns);
    expect(text).toMatch(/^┌/);
    expect(squeezed(text)).toContain("pass");
    // The last column alone, its lines joined, is what stood in it.
    const last = stripVTControlCharacters(text)
      .split("\n")
      .filter((line) => line.startsWith("│"))
      .map((line) => line.split("│")[3]?.trim())
      .join("");
    expect(last.replaceAll(" ", "")).toContain(arn);
  });

  it("is a list where the terminal is too narrow for its columns", () => {
    const many = ["Time", "Who", "From", "Call", "Group", "What"];
    const text = printed(60, (console) => console.table(many, [many.map((title) => `${title} `.repeat(20))]));
    expect(text).toMatch(/^Time: Time Time/);
  });

  it("in a file breaks no word", () => {
    const text = printed(undefined, (console) => console.table(head, [row]));
    expect(text).toContain(`│ ${arn} │`);
    expect(text).not.toContain("\u001b");
  });
});
