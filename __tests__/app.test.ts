// A run of the app from the project's folder: which environment it takes, and what it prints.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Annotations } from "cdktf";
import { runApp } from "../src/app";
import { EnvironmentStack } from "../src/stacks/environment-stack";
import type { Platform } from "../src/stacks/platform";

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
function synth(environment?: string, extend?: (platform: Platform) => void, into?: string) {
  const out = jest.spyOn(console, "log").mockImplementation(() => undefined);
  const err = jest.spyOn(console, "error").mockImplementation(() => undefined);
  try {
    const exitCode = runApp({
      ...(extend && { extend }),
      process: {
        argv: [],
        cwd: () => root,
        env: { ...(environment && { ENVIRONMENT: environment }), ...(into && { CDKTF_OUTDIR: into }) },
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

it("adds what the project's own code adds, and writes nothing where that is refused", () => {
  synth("helloapi");
  const written = () => readFileSync(join(outdir, "stacks", "django", "cdk.tf.json"), "utf8");
  const before = written();
  const leaflets = ({ django }: Platform) => {
    new S3Bucket(django, "leaflets", { bucket: "example-leaflets" });
  };
  const { exitCode, err } = synth("helloapi", leaflets);
  expect(exitCode).toBe(1);
  expect(err.join()).toContain("buckets-private: django/aws_s3_bucket.leaflets: ");
  expect(written()).toBe(before);

  const twice = ({ django }: Platform) => {
    new S3Bucket(django, "access-logs", { bucket: "example-logs" });
  };
  expect(synth("helloapi", twice)).toMatchObject({
    exitCode: 1,
    err: [
      expect.stringMatching(/^aws_s3_bucket\.access_logs is the address of .* and of django\/access-logs\./),
    ],
  });
  expect(written()).toBe(before);

  const logs = ({ django }: Platform) => {
    new CloudwatchLogGroup(django, "jobs", { name: "/jobs", retentionInDays: 30 });
  };
  expect(synth("helloapi", logs).exitCode).toBe(0);
  expect(JSON.parse(written()).resource.aws_cloudwatch_log_group.jobs.name).toBe("/jobs");
});

it("says in one sentence where own code takes an id that is taken, in a stack or beside the stacks", () => {
  const inStack = ({ django }: Platform) => {
    new S3Bucket(django, "network", { bucket: "example-leaflets" });
  };
  expect(synth("helloapi", inStack)).toEqual({
    exitCode: 1,
    out: [],
    err: [
      expect.stringMatching(
        /app\.test\.ts:\d+: the id "network" is taken in "django" \(DjangoStack\): give your construct another one, such as "own-network"\.$/,
      ),
    ],
  });
  const stack = ({ app, environment }: Platform) => {
    new EnvironmentStack(app, "django", { environment });
  };
  expect(synth("helloapi", stack).err.join()).toContain('the id "django" is taken in the app: ');
  const mistake = () => {
    throw new Error("A mistake of one's own.");
  };
  expect(() => synth("helloapi", mistake)).toThrow("A mistake of one's own.");
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

/** A run of ecs-webapp, or of another project's environment, with these options and into this folder. */
function run(argv: readonly string[], folder: string, project?: string) {
  const out = jest.spyOn(console, "log").mockImplementation(() => undefined);
  const err = jest.spyOn(console, "error").mockImplementation(() => undefined);
  const env = { CDKTF_OUTDIR: folder, ...(project === undefined && { ENVIRONMENT: "ecs-webapp" }) };
  const cwd = () => project ?? root;
  try {
    return { exitCode: runApp({ process: { argv: [...argv], cwd, env } }), err: err.mock.calls };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

it("makes the folder that CDKTF_OUTDIR names, with the folders that it is in", () => {
  const folder = join(root, "none", "of", "these");
  expect(run([], folder).exitCode).toBe(0);
  expect(existsSync(join(folder, "stacks", "django", "cdk.tf.json"))).toBe(true);
});

it("refuses an option that it does not have, rather than leave it out", () => {
  const folder = join(root, "misspelt");
  expect(run(["--hlc"], folder)).toEqual({
    exitCode: 1,
    err: [["Unknown option --hlc: a synth takes --hcl and --terragrunt, and no other."]],
  });
  expect(existsSync(folder)).toBe(false);
});

it("writes no units of Terragrunt for stacks that have what Terragrunt generates", () => {
  const folder = join(root, "units");
  const { exitCode, err } = run(["--terragrunt"], folder);
  expect(exitCode).toBe(1);
  expect(err.join()).toMatch(/^Units of Terragrunt are for child modules, .* Write terraformModule: "child"/);
  expect(existsSync(folder)).toBe(false);
});

it("writes nothing at all where a file of the units' names is somebody else's", () => {
  const project = join(root, "with-units");
  mkdirSync(join(project, "environments"), { recursive: true });
  writeFileSync(
    join(project, "environments", "module-of-ecs-webapp.ts"),
    `import of from ${JSON.stringify(join(__dirname, "systems", "ecs-webapp"))};
     export default { ...of, name: "module-of-ecs-webapp", terraformModule: "child" };`,
  );
  const context = { environment: "module-of-ecs-webapp", environments: join(project, "environments") };
  writeFileSync(join(project, "cdktf.json"), JSON.stringify({ context }));
  const units = join(project, "live", "module-of-ecs-webapp");
  mkdirSync(join(units, "django"), { recursive: true });
  const [mine, unit] = [join(units, "root.hcl"), join(units, "django", "terragrunt.hcl")];
  writeFileSync(mine, "# Mine.\n");
  writeFileSync(unit, "# Mine, too.\n");
  expect(run(["--terragrunt"], join(project, "out"), project)).toEqual({
    exitCode: 1,
    err: [
      [
        `Nothing was written: ${mine} and ${unit} are yours, and units of Terragrunt would be called so. Move what is there.`,
      ],
    ],
  });
  expect(existsSync(join(project, "out", "stacks", "django"))).toBe(false);
  rmSync(units, { recursive: true });
  expect(run(["--terragrunt"], join(project, "out"), project)).toMatchObject({ exitCode: 0 });
  expect(existsSync(unit)).toBe(true);
});

it("says in a sentence what is wrong with a file or a folder", () => {
  const file = join(root, "file");
  writeFileSync(file, "");
  const inTheWay = (path: string) =>
    `"${path}" cannot be read or written (EEXIST): there is a file where a folder should be, so move it away, or name another folder.`;
  expect(synth("helloapi", undefined, file)).toEqual({ exitCode: 1, out: [], err: [inTheWay(file)] });
  expect(synth("helloapi", undefined, join(file, "x", "y"))).toMatchObject({
    exitCode: 1,
    err: [inTheWay(join(file, "x")).replace("EEXIST", "ENOTDIR")],
  });
  const folder = join(root, "folder");
  mkdirSync(join(folder, "stacks", "django", "cdk.tf.json"), { recursive: true });
  expect(synth("helloapi", undefined, folder)).toMatchObject({
    exitCode: 1,
    err: [
      `"${join(folder, "stacks", "django", "cdk.tf.json")}" cannot be read or written (EISDIR): there is a folder where a file should be, so move it away.`,
    ],
  });
});

it("makes a folder whose parents are missing", () => {
  const deep = join(root, "a", "b", "c");
  expect(synth("helloapi", undefined, deep)).toMatchObject({
    exitCode: 0,
    out: [`Synthesized helloapi to ${deep}/stacks.`],
  });
});

it("prints nothing that steers a terminal or CI", () => {
  const { err } = synth("helloapi", ({ django }) => {
    Annotations.of(django).addWarning("all is well\u001b[2J\n::stop-commands::x");
  });
  expect(err.join("\n")).toContain("all is well\n: :stop-commands::x");
});
