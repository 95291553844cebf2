// The same bytes from every Node.js that is named, without a word of what is deprecated.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childEnvironment } from "../e2e/support/child-environment";
import { expectSuccess, startCommand } from "../e2e/support/command";
import { projectFolder } from "../e2e/support/project";
import { contents } from "../support/synth-here";
import { toolPath } from "./support/tools";

const scratch = mkdtempSync(join(tmpdir(), "node-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What a program synthesizes, and what it says besides. */
async function synth(program: string, name: string, ...args: string[]) {
  const folder = join(scratch, name);
  const variables = {
    ...childEnvironment("http://127.0.0.1:1"),
    ENVIRONMENT: "lightwave-prod",
    CDKTF_OUTDIR: join(folder, "cdktf.out"),
    NODE_OPTIONS: "--trace-deprecation",
  };
  const { ended } = startCommand(program, [join("tools", "run.js"), "app", ...args], {
    folder: projectFolder(),
    variables,
  });
  const { output } = expectSuccess("synth", await ended);
  return { files: contents(folder), output };
}

test.each(["node22", "node24"] as const)(
  "%s",
  async (name) => {
    for (const args of [[], ["--hcl"]]) {
      const here = await synth(process.execPath, `here${args.join("")}`, ...args);
      const there = await synth(toolPath(name), `${name}${args.join("")}`, ...args);
      expect(there.files).toEqual(here.files);
      expect(Object.keys(there.files).length).toBeGreaterThan(5);
      expect(there.output).not.toMatch(/DEP\d|deprecat/i);
    }
  },
  300_000,
);
