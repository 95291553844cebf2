// What a container starts with, and what it may use: what is refused, in which words, and what follows from it.
import { oneOffCommandsOf } from "../../src/model/services";
import { problemsOfService as problemsOf } from "../support/problems";

const files = (softLimit: number, hardLimit: number, name = "nofile") => ({ name, softLimit, hardLimit });

describe("limits", () => {
  it("are of open files, and what Fargate leaves alone is refused with a sentence", () => {
    expect(problemsOf({ ulimits: [files(65_536, 1_048_576)] })).toEqual([]);
    expect(problemsOf({ ulimits: [files(1, 1, "memlock")] })).toEqual([
      'services.web.ulimits[0].name: Choose "nofile", the number of open files: Fargate leaves every other limit at what its ' +
        "operating system has.",
    ]);
  });

  it("stand once each, in order, within what Fargate takes: all of it at once", () => {
    expect(problemsOf({ ulimits: [files(2, 1)] })).toEqual([
      "services.web.ulimits[0]: Write softLimit <= hardLimit.",
    ]);
    expect(problemsOf({ ulimits: [files(1, 1), files(2, 2)] })).toEqual([
      "services.web.ulimits: Name each limit once.",
    ]);
    expect(problemsOf({ ulimits: [files(0, 1_048_577)], ephemeralStorageGib: 20 })).toEqual([
      "services.web.ephemeralStorageGib: Give a whole number of GiB from 21 to 200.",
      "services.web.ulimits[0].softLimit: Give a whole number of files from 1 to 1048576.",
      "services.web.ulimits[0].hardLimit: Give a whole number of files from 1 to 1048576.",
    ]);
  });
});

it("takes 21 to 200 GiB of storage", () => {
  expect([21, 200].flatMap((ephemeralStorageGib) => problemsOf({ ephemeralStorageGib }))).toEqual([]);
  expect(problemsOf({ ephemeralStorageGib: 201 })).toHaveLength(1);
});

describe("an entry point", () => {
  it("is a list of words, as ECS takes it, and may hold what a shell reads", () => {
    expect(problemsOf({ entryPoint: ["sh", "-c", "exec ${START:-web}"] })).toEqual([]);
    expect(problemsOf({ entryPoint: [] })).toEqual(["services.web.entryPoint: Give at least 1."]);
    expect(problemsOf({ entryPoint: "gunicorn" })).toEqual(["services.web.entryPoint: Give a list here."]);
  });

  it("says with the command how long the server takes to stop", () => {
    const entryPoint = ["gunicorn", "--graceful-timeout", "90"];
    expect(problemsOf({ entryPoint, command: ["shop.wsgi"], stopTimeoutSeconds: 60 })).toEqual([
      expect.stringMatching(/^services\.web\.stopTimeoutSeconds: .*at least the 90 seconds/),
    ]);
  });
});

describe("what runs once", () => {
  it("is a list, or a list and its own entry point", () => {
    const oneOffCommands = { report: ["report"], seed: { entryPoint: ["sh", "-c"], command: ["seed"] } };
    expect(problemsOf({ oneOffCommands })).toEqual([]);
    expect(oneOffCommandsOf({ oneOffCommands })).toEqual({
      report: { command: ["report"] },
      seed: { entryPoint: ["sh", "-c"], command: ["seed"] },
    });
    expect(oneOffCommandsOf({ django: { allowedHosts: [] } })).toEqual({
      migrate: { command: ["python", "manage.py", "migrate", "--noinput"] },
    });
  });

  it("has a command in any case", () => {
    expect(problemsOf({ oneOffCommands: { seed: { entryPoint: ["sh"] } } })).toEqual([
      "services.web.oneOffCommands.seed.command: Give a value here: a list.",
    ]);
    expect(problemsOf({ oneOffCommands: { seed: "migrate" } })).toEqual([
      "services.web.oneOffCommands.seed: Write a list of words, or { entryPoint, command } of two such lists.",
    ]);
  });
});
