// `npm run synth` of a file with a mistake: one sentence in the schema's words, and nothing of the compiler's, which sees the
// same mistakes. In a copy of the project, so that nothing is written into this one.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answer, faultless, fileWith, TYPICAL_MISTAKES } from "../support/typical-mistakes";

const root = join(__dirname, "..", "..");
const project = mkdtempSync(join(tmpdir(), "mistakes-project-"));
const DEFINE = "../validation/define-environment";

/** The type check alone takes some seconds. */
const TIMEOUT = 120_000;

beforeAll(() => {
  const settings = readdirSync(root).filter((file) =>
    /^(main\.ts|tsconfig.*\.json|package\.json|cdktf\.json)$/.test(file),
  );
  for (const part of ["src", "tools", ...settings]) {
    cpSync(join(root, part), join(project, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  const environments = join(project, "src", "environments");
  writeFileSync(join(environments, "faultless.ts"), faultless(DEFINE));
  for (const mistake of TYPICAL_MISTAKES) {
    writeFileSync(join(environments, `${mistake.label}.ts`), fileWith(mistake, DEFINE));
  }
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** What `npm run synth` does, without npm. */
function synth(environment: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/run.mjs", "app"], {
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
