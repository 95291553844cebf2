// Terraform as the CDKTF CLI starts it outlives the terminal that the CLI gave it, and is otherwise as it is.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const root = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "terraform-hangup-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs it with a program in Terraform's place, a shell script. */
function run(script: string, ...args: readonly string[]) {
  writeFileSync(join(folder, "terraform"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` };
  const { status, signal, stdout } = spawnSync(join(root, "tools", "steady-terraform"), args, {
    env,
    encoding: "utf8",
  });
  return { status, signal, stdout };
}

it("goes on where its terminal is gone", () => {
  expect(run("kill -HUP $$; echo written")).toEqual({ status: 0, signal: null, stdout: "written\n" });
});

it("still hears Ctrl-C, and has the arguments and the exit code", () => {
  expect(run("kill -INT $$; echo written")).toEqual({ status: null, signal: "SIGINT", stdout: "" });
  expect(run('printf "%s|" "$@"; exit 3', "apply", "a b")).toEqual({
    status: 3,
    signal: null,
    stdout: "apply|a b|",
  });
});
