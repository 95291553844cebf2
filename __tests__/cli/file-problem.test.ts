// A file or a folder that is not as a command needs it: one sentence, exit code 2, and no stack trace.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileProblem } from "../../src/project/file-problem";
import { addPlatform } from "../../src/stacks/platform";
import { createApp, synthesize } from "../../src/terraform/synthesize";
import { runOps } from "../support/run-ops";
import { systems } from "../support/systems";

jest.mock("../../src/operations/aws/session", () => ({
  AwsSession: {
    open: async () => ({
      accountId: "123456789012",
      region: "us-east-1",
      explain: () => undefined,
      close: () => undefined,
    }),
  },
}));
jest.mock("../../src/operations/live/security-groups", () => ({
  vpcNamed: async () => ({
    ids: ["vpc-1"],
    groups: ["alb", "ecs", "postgres", "redis"].map((name) => ({
      GroupId: `sg-${name}`,
      Tags: [{ Key: "Name", Value: `lightwave-django-prod-${name}-sg` }],
    })),
  }),
  rulesOf: async () => [
    {
      id: "sgr-1",
      groupId: "sg-postgres",
      direction: "ingress",
      protocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      peer: { kind: "group", groupId: "sg-ecs" },
      description: "Allow Django ECS to PostgreSQL",
    },
  ],
}));
// A state that holds nothing.
jest.mock("../../src/operations/terraform/run", () => ({ runTerraform: async () => "" }));

const scratch = mkdtempSync(join(tmpdir(), "file-problem-"));
const output = join(scratch, "cdktf.out");
const stack = join(output, "stacks", "security-group-rules");

const synthesized = join(scratch, "synthesized");

beforeAll(() => {
  const environment = systems.load("lightwave-prod");
  const app = createApp({ outdir: synthesized });
  addPlatform(app, environment);
  synthesize(app, environment.name);
});
beforeEach(() => cpSync(synthesized, output, { recursive: true }));
afterEach(() => rmSync(output, { recursive: true }));
afterAll(() => rmSync(scratch, { recursive: true }));

const AWAY = "there is a folder where a file should be, so move it away";

describe("adopt", () => {
  const adopt = () => runOps(["adopt", "--output", output]);
  const said = (place: string, reason: string) => ({
    status: 2,
    stdout: "",
    stderr: `"${place}" cannot be read or written ${reason}.\n`,
  });

  it("writes its file where nothing is in the way", async () => {
    expect(await adopt()).toMatchObject({ status: 0, stdout: expect.stringContaining("Wrote ") });
  });

  it("says where its file cannot be written", async () => {
    mkdirSync(join(stack, "adopt.tf.json.incomplete"));
    expect(await adopt()).toEqual(said(join(stack, "adopt.tf.json.incomplete"), `(EISDIR): ${AWAY}`));
  });

  it("names the file that it cannot replace", async () => {
    mkdirSync(join(stack, "adopt.tf.json"));
    expect(await adopt()).toEqual(said(join(stack, "adopt.tf.json"), `(EISDIR): ${AWAY}`));
  });
});

it.each(["adopt", "rollback"])("%s says where the output cannot be read", async (command) => {
  rmSync(join(output, "environment"));
  mkdirSync(join(output, "environment"));
  expect(await runOps([command, "--output", output])).toEqual({
    status: 2,
    stdout: "",
    stderr: `A file cannot be read (EISDIR): ${AWAY}.\n`,
  });
});

it("checklist says where the output is not as a synth leaves it", async () => {
  rmSync(join(output, "stacks"), { recursive: true });
  writeFileSync(join(output, "stacks"), "");
  expect(await runOps(["checklist", "--from", output])).toEqual({
    status: 2,
    stdout: "",
    stderr: `"${join(output, "stacks")}" cannot be read or written (ENOTDIR): there is a file where a folder should be, so move it away, or name another folder.\n`,
  });
});

it("checklist tells a file that cannot be read from one that is not JSON", async () => {
  const file = join(stack, "cdk.tf.json");
  writeFileSync(file, "{");
  expect((await runOps(["checklist", "--from", output])).stderr).toContain(`${file} is not JSON`);
  rmSync(file);
  mkdirSync(file);
  expect((await runOps(["checklist", "--from", output])).stderr).toBe(
    `A file cannot be read (EISDIR): ${AWAY}.\n`,
  );
});

it("traffic-docs says where its pages cannot be written", async () => {
  const file = join(output, "environment");
  expect(await runOps(["traffic-docs", "--folder", join(file, "pages")])).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^".*pages" cannot be read or written \(ENOTDIR\): [^\n]*\n$/),
  });
});

/** An error as Node.js makes it. */
const failed = (facts: object) =>
  Object.assign(new Error("failed"), { syscall: "open", path: "a/b", ...facts });

it.each([
  ["EACCES", "give yourself the permission, or name another folder"],
  ["EPERM", "give yourself the permission, or name another folder"],
  ["EROFS", "name a folder that can be written to"],
  ["ENOENT", "make sure that its folder is there, or name another one"],
  ["ENOSPC", "make room on the disk"],
  ["EIO", "make sure that it can be"],
])("has a remedy for %s", (code, remedy) => {
  expect(fileProblem(failed({ code }))).toBe(`"a/b" cannot be read or written (${code}): ${remedy}.`);
});

it.each([
  ["a connection", { code: "ECONNRESET", syscall: "read", path: undefined }],
  ["a program that is not there", { code: "ENOENT", syscall: "spawn terraform", path: "terraform" }],
  ["a module that is not there", { code: "MODULE_NOT_FOUND", syscall: undefined, path: undefined }],
])("is silent about %s", (_, facts) => {
  expect(fileProblem(failed(facts))).toBeUndefined();
});

it("is silent about what is no error", () => {
  expect(fileProblem(undefined)).toBeUndefined();
});
