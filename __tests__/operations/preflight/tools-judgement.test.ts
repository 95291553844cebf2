// Which versions of the tools can deploy.
import { judgeCdktf, judgeNode, judgeTerraform } from "../../../src/operations/preflight/tools-judgement";

describe("Node.js", () => {
  it.each([
    ["20.19.0", "pass"],
    ["20.19.3", "pass"],
    ["20.20.2", "pass"],
    ["22.0.0", "pass"],
    ["20.9.0", "fail"],
    ["18.20.8", "fail"],
  ])("%s: %s", (version, status) => {
    expect(judgeNode(version, ">=20.19").status).toBe(status);
  });

  it("says what to do", () => {
    expect(judgeNode("18.20.8", ">=20.19").detail).toBe(
      "Node.js is 18.20.8, and package.json asks for >=20.19: install a newer one.",
    );
  });
});

describe("Terraform", () => {
  const saying = (version: string) =>
    ({ found: true, output: `{"terraform_version": "${version}"}` }) as const;

  it.each([
    ["1.11.0", "pass"],
    ["1.12.2", "pass"],
    ["2.0.0", "pass"],
    ["1.10.5", "fail"],
    ["1.9.8", "fail"],
    ["0.15.5", "fail"],
  ])("%s: %s", (version, status) => {
    expect(judgeTerraform("terraform", saying(version)).status).toBe(status);
  });

  it("finds the version behind a warning", () => {
    expect(
      judgeTerraform("tofu", { found: true, output: 'Warning: ...\n{\n  "terraform_version": "1.11.1"\n}' }),
    ).toEqual({ status: "pass", detail: "tofu 1.11.1." });
  });

  it("is missed where it is not on the PATH", () => {
    const { status, detail } = judgeTerraform("terraform", { found: false });
    expect(status).toBe("fail");
    expect(detail).toMatch(/^There is no "terraform" on the PATH\. Install Terraform 1\.11 or newer/);
  });

  it("is no good where it does not say its version", () => {
    expect(judgeTerraform("terraform", { found: true, output: "" }).status).toBe("fail");
  });
});

describe("cdktf", () => {
  it.each([
    ["0.21.0", "0.21.0", "pass", "The CLI and the library 0.21.0."],
    [
      "0.20.11",
      "0.21.0",
      "fail",
      'The CDKTF CLI is 0.20.11 and its library 0.21.0: run "npm ci" to install what package-lock.json says.',
    ],
    [undefined, "0.21.0", "fail", 'The CDKTF CLI is not installed: run "npm ci" in the project\'s folder.'],
  ])("CLI %s, library %s: %s", (cli, library, status, detail) => {
    expect(judgeCdktf(cli, library)).toEqual({ status, detail });
  });
});
