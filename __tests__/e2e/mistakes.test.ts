// `npm run synth` of a file with a mistake: one sentence in the schema's words, and nothing of the compiler's, which sees the
// same mistakes. In a copy of the project, so that nothing is written into this one.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyProject, DEFINE } from "../support/project-copy";
import { answer, faultless, fileWith, TYPICAL_MISTAKES } from "../support/typical-mistakes";

const project = mkdtempSync(join(tmpdir(), "mistakes-project-"));

/** The type check alone takes some seconds. */
const TIMEOUT = 120_000;

beforeAll(() => {
  copyProject(project, {
    faultless: faultless(DEFINE),
    ...Object.fromEntries(TYPICAL_MISTAKES.map((mistake) => [mistake.label, fileWith(mistake, DEFINE)])),
  });
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** What `npm run synth` does, without npm. */
function synth(environment: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/run.js", "app"], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, ENVIRONMENT: environment, CDKTF_OUTDIR: join(project, "cdktf.out") },
  });
  return { status, stdout, stderr };
}

it.each(TYPICAL_MISTAKES)(
  "$label: $edit",
  (mistake) => {
    expect(synth(mistake.label)).toEqual({ status: 1, stdout: "", stderr: `${answer(mistake)}\n` });
    expect(existsSync(join(project, "cdktf.out", "stacks"))).toBe(false);
  },
  TIMEOUT,
);

it(
  "stops no other file",
  () => {
    expect(synth("faultless")).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Synthesized shop-prod to /),
    });
  },
  TIMEOUT,
);
