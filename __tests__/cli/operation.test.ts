// What every operation gets from the command line, and how what it gives back is shown.
import { PassThrough } from "node:stream";
import { WriteStream } from "node:tty";
import type { OperationContext, OperationProps } from "../../src/cli/operation";
import { operationCommand } from "../../src/cli/operation-command";
import { NegativeAnswer, UsageError } from "../../src/cli/outcomes";
import { AwsFailure } from "../../src/operations/aws/failure";
import { TerraformFailure } from "../../src/operations/terraform/failure";
import { systems } from "../support/systems";

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** What the command threw. */
  readonly error: unknown;
}

interface Given {
  readonly args?: readonly string[];
  /** What a person types on a terminal; `undefined` where there is none. */
  readonly typed?: string;
  readonly interrupted?: AbortSignal;
}

/** Runs an operation that asks no account. */
async function operate(run: OperationProps<object>["run"], given: Given = {}): Promise<Ended> {
  const { args = [], typed, interrupted = new AbortController().signal } = given;
  const printed = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") =>
    new PassThrough().on("data", (text) => {
      printed[name] += String(text);
    });
  const stdin = Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  stdin.write(typed ?? "");
  const command = operationCommand(
    {
      variables: {},
      environments: systems,
      streams: { stdin, stdout: stream("stdout"), stderr: stream("stderr") },
      interrupted,
    },
    {
      name: "verify",
      description: "Try something.",
      examples: [["verify", "for a test"]],
      timeout: 60_000,
      changes: true,
      run,
    },
  ).exitOverride();
  const error = await command.parseAsync([...args, "--environment", "lightwave-prod"], { from: "user" }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { ...printed, error };
}

const good = { ok: true, json: { answer: 42 }, show: () => undefined };

describe("a result", () => {
  it("goes to standard output as one JSON document, and nothing else goes anywhere", async () => {
    const { stdout, stderr, error } = await operate(async () => good, { args: ["--json"] });
    expect(error).toBeUndefined();
    expect(stderr).toBe("");
    expect(stdout).toBe(
      `${JSON.stringify({ command: "verify", environment: "lightwave-prod", account: null, region: "us-east-1", ok: true, answer: 42 }, null, 2)}\n`,
    );
  });

  it("is shown to a person on standard output, without escape codes where there is no terminal", async () => {
    const { stdout, stderr } = await operate(async () => ({
      ...good,
      show: (console) => {
        console.table(["Group"], [[console.toned("good", "postgres")]]);
        console.say(console.toned("bad", "It is open."));
      },
    }));
    expect(stderr).toBe("");
    expect(stdout).toMatch(/│ Group +│[\s\S]*│ postgres │[\s\S]*\nIt is open\.\n$/);
    expect(stdout).not.toContain("\u001b");
  });

  it("that is not good ends in a no, after it is printed", async () => {
    const { stdout, error } = await operate(async () => ({ ...good, ok: false }), { args: ["--json"] });
    expect(error).toBeInstanceOf(NegativeAnswer);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, answer: 42 });
  });
});

describe("a failure", () => {
  const fail = async (): Promise<never> => {
    throw new AwsFailure("AWS does not allow it.", { kind: "not-allowed", iamAction: "ecs:ListTasks" });
  };

  it("is a document, too, and is passed on", async () => {
    const { stdout, error } = await operate(fail, { args: ["--json"] });
    expect(error).toBeInstanceOf(AwsFailure);
    expect(JSON.parse(stdout)).toEqual({
      command: "verify",
      environment: "lightwave-prod",
      account: null,
      region: "us-east-1",
      ok: false,
      error: {
        kind: "not-allowed",
        message: "AWS does not allow it.",
        call: null,
        iamAction: "ecs:ListTasks",
      },
    });
  });

  it("may come beside a result: both are in the document", async () => {
    const failure = new AwsFailure("AWS is not reachable.", {
      kind: "unreachable",
      call: "EC2 DescribeVpcs",
    });
    const { stdout, error } = await operate(async () => ({ ...good, failure }), { args: ["--json"] });
    expect(error).toBe(failure);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      answer: 42,
      error: {
        kind: "unreachable",
        message: "AWS is not reachable.",
        call: "EC2 DescribeVpcs",
        iamAction: null,
      },
    });
  });

  it("may be Terraform's", async () => {
    const failure = new TerraformFailure("Terraform ended with exit code 1.", "failed");
    const { stdout, error } = await operate(() => Promise.reject(failure), { args: ["--json"] });
    expect(error).toBe(failure);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: {
        kind: "terraform",
        message: "Terraform ended with exit code 1.",
        call: null,
        iamAction: null,
      },
    });
  });

  it("leaves standard output empty without --json", async () => {
    expect((await operate(fail)).stdout).toBe("");
  });
});

describe("the operation's signal", () => {
  /** Ends only with the signal. */
  const untilAborted = ({ signal }: OperationContext) =>
    new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });

  it("is aborted when the time is up", async () => {
    const { error } = await operate(untilAborted, { args: ["--timeout", "20ms"] });
    expect(error).toMatchObject({
      kind: "timed-out",
      message: '"verify" did not end within 20ms: allow more with --timeout.',
    });
  });

  it("is aborted by Ctrl-C", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const { error } = await operate(untilAborted, { interrupted: controller.signal });
    expect(error).toMatchObject({ kind: "interrupted", message: '"verify" was interrupted.' });
  });
});

describe("a change", () => {
  /** Whether it may be made. */
  async function asked(given: Given): Promise<Ended & { readonly may: boolean | undefined }> {
    let may: boolean | undefined;
    const ended = await operate(async ({ mayChange }) => {
      may = await mayChange("Do it?");
      return good;
    }, given);
    return { ...ended, may };
  }

  it.each([
    ["y\n", true],
    ["YES\n", true],
    ["n\n", false],
    ["\n", false],
    ["yesterday\n", false],
  ])("is asked about on a terminal: %j", async (typed, may) => {
    const ended = await asked({ typed });
    expect(ended).toMatchObject({ may, stdout: "", error: undefined });
    expect(ended.stderr).toContain("Do it? [y/N] ");
  });

  it("is not made where there is nobody to ask", async () => {
    const { may, stderr, error } = await asked({});
    expect(may).toBeUndefined();
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ message: expect.stringContaining("Say --yes to go ahead.") });
    expect(stderr).toBe("");
  });

  it("is not made where nobody answers in time", async () => {
    const { may, error } = await asked({ typed: "", args: ["--timeout", "20ms"] });
    expect(may).toBeUndefined();
    expect(error).toMatchObject({ kind: "timed-out" });
  });

  it("is not made when Ctrl-C is the answer", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const { may, error } = await asked({ typed: "", interrupted: controller.signal });
    expect(may).toBeUndefined();
    expect(error).toMatchObject({ kind: "interrupted" });
  });

  it("is made without a question with --yes", async () => {
    expect(await asked({ args: ["--yes"] })).toMatchObject({ may: true, stderr: "" });
  });

  it.each([[["--dry-run"]], [["--dry-run", "--yes"]]])(
    "is neither asked about nor made with %j",
    async (args) => {
      expect(await asked({ args, typed: "y\n" })).toMatchObject({
        may: false,
        stderr: "Dry run: nothing was done.\n",
      });
    },
  );
});

describe("colours and moving progress", () => {
  /** As far as the console looks at it. */
  function terminalContext(variables: Readonly<Record<string, string>>): Promise<string> {
    let written = "";
    const stderr: WriteStream = Object.assign(Object.create(WriteStream.prototype), {
      write: (text: string) => {
        written += text;
        return true;
      },
    });
    return new Promise((resolve, reject) => {
      operationCommand(
        {
          variables,
          environments: systems,
          streams: { stdin: new PassThrough(), stdout: new PassThrough(), stderr },
          interrupted: new AbortController().signal,
        },
        {
          name: "verify",
          description: "Try something.",
          examples: [["verify", "for a test"]],
          timeout: 60_000,
          changes: false,
          run: async ({ console }) => {
            console.say(console.toned("bad", "no"));
            resolve(`${written.trimEnd()} ${console.terminal === stderr}`);
            return good;
          },
        },
      )
        .parseAsync(["--environment", "lightwave-prod"], { from: "user" })
        .catch(reject);
    });
  }

  it.each([
    ["are there on a terminal", {}, "\u001b[31mno\u001b[39m true"],
    ["are not there with NO_COLOR", { NO_COLOR: "1" }, "no false"],
    [
      "are there with an empty NO_COLOR, as no-color.org has it",
      { NO_COLOR: "" },
      "\u001b[31mno\u001b[39m true",
    ],
  ])("%s", async (_, variables, expected) => {
    expect(await terminalContext(variables)).toBe(expected);
  });
});
