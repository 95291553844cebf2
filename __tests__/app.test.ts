// A run of the app from the project's folder: which environment it takes, and what it prints.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runApp } from "../src/app";

const root = mkdtempSync(join(tmpdir(), "app-test-"));
const outdir = join(root, "cdktf.out");
const before = process.env.CDKTF_OUTDIR;

beforeAll(() => {
  // cdktf itself looks here.
  process.env.CDKTF_OUTDIR = outdir;
  const context = { environment: "ecs-webapp", environments: join(__dirname, "systems") };
  writeFileSync(join(root, "cdktf.json"), JSON.stringify({ context }));
});

afterAll(() => {
  if (before === undefined) {
    delete process.env.CDKTF_OUTDIR;
  } else {
    process.env.CDKTF_OUTDIR = before;
  }
  rmSync(root, { recursive: true, force: true });
});

/** Synthesizes one environment, and keeps what is printed. */
function synth(environment?: string) {
  const out = jest.spyOn(console, "log").mockImplementation(() => undefined);
  const err = jest.spyOn(console, "error").mockImplementation(() => undefined);
  try {
    const exitCode = runApp({
      process: {
        argv: [],
        cwd: () => root,
        env: environment === undefined ? {} : { ENVIRONMENT: environment },
      },
    });
    const lines = (spy: typeof out) => spy.mock.calls.map((call) => call.join(" "));
    return { exitCode, out: lines(out), err: lines(err) };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

const owner = () => readFileSync(join(outdir, "environment"), "utf8");

it("takes the environment that is named, else that of cdktf.json, and tells whoever replaces another's output, once", () => {
  expect(synth("helloapi")).toMatchObject({
    exitCode: 0,
    out: [`Synthesized helloapi to ${outdir}/stacks.`],
  });
  const { exitCode, out, err } = synth();
  expect({ exitCode, out }).toEqual({ exitCode: 0, out: [`Synthesized ecs-webapp to ${outdir}/stacks.`] });
  expect(err).toContainEqual(
    expect.stringMatching(/^\[warn\] .* held the stacks of helloapi; it now holds those of ecs-webapp\. /),
  );
  expect(synth("ecs-webapp").err.filter((line) => line.includes("held the stacks"))).toEqual([]);
});

it("says what to do about an environment that is not there, and leaves the output alone", () => {
  synth("ecs-webapp");
  expect(synth("nowhere")).toEqual({
    exitCode: 1,
    out: [],
    err: [
      expect.stringContaining(
        'There is no environment "nowhere". Known: ecs-webapp, helloapi, lightwave-prod',
      ),
    ],
  });
  expect(owner()).toBe("ecs-webapp\n");
});
