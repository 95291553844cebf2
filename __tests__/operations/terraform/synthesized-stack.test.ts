// What a stack's operations say where Terraform refuses: a small program stands in for it.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SynthesizedStack } from "../../../src/operations/terraform/synthesized-stack";

const folder = mkdtempSync(join(tmpdir(), "synthesized-stack-test-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A stack whose Terraform fails with this text. */
function failing(text: string): SynthesizedStack {
  const binary = join(folder, "terraform");
  writeFileSync(binary, `#!/bin/sh\ncat >&2 <<'END'\n${text}\nEND\nexit 1\n`);
  chmodSync(binary, 0o755);
  mkdirSync(join(folder, ".terraform", "providers"), { recursive: true });
  return new SynthesizedStack({
    binary,
    folder,
    variables: {},
    signal: new AbortController().signal,
    workspace: "default",
    hasBackend: false,
    say: () => undefined,
  });
}

const planned = (text: string) => failing(text).planDestroy(["aws_vpc.main"], async () => undefined);

it("says what to do where moves are pending", async () => {
  // Terraform 1.11.4, asked with -target.
  const refusal = `
\u2577
\u2502 Error: Moved resource instances excluded by targeting
\u2502
\u2502 Resource instances in your current state have moved to new addresses in the
\u2502 latest configuration.
\u2575`;
  await expect(planned(refusal)).rejects.toMatchObject({
    name: "TerraformFailure",
    kind: "failed",
    message:
      `Terraform plans for some resources alone only once it knows all of ${folder} by its present addresses. Deploy this ` +
      "stack once as a whole, and try again: docs/upgrading.md.",
  });
});

it("passes any other refusal on", async () => {
  await expect(planned("Error: Invalid target")).rejects.toMatchObject({
    message: expect.stringMatching(/ failed in .*Error: Invalid target/s),
  });
});
