// A synth looks at what stands beside its output: Terraform would apply it, and the proof has not read it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentInput } from "../../src/schema/environment";
import { addPlatform } from "../../src/stacks/platform";
import { createApp, synthesize } from "../../src/terraform/synthesize";
import { defineEnvironment } from "../../src/validation/define-environment";

const scratch = mkdtempSync(join(tmpdir(), "strays-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const input: EnvironmentInput = {
  name: "shop",
  region: "eu-west-1",
  production: false,
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: { web: { image: "shop/web:1.0.0", cpu: 256, memory: 512 } },
};

function problemsOf(changes: Partial<EnvironmentInput> = {}): string {
  const app = createApp({ outdir: scratch });
  addPlatform(app, defineEnvironment({ ...input, ...changes }));
  try {
    synthesize(app, "shop");
    return "";
  } catch (error) {
    return String(error);
  }
}

const place = (name: string) => join(scratch, "stacks", "django", name);

beforeAll(() => expect(problemsOf()).toBe(""));

describe("a synth", () => {
  it.each([
    ["extra.tf.json", '{"resource": {"aws_security_group_rule": {"open": {}}}}'],
    ["cdk.tf", 'resource "aws_security_group_rule" "open" {\n}\n'],
    ["extra.tf", 'resource "aws_security_group_rule" "open" {\n}\n'],
    ["module.tf", 'module "more" {\n  source = "./more"\n}\n'],
    ["unread.tf", "resource <<EOT\n"],
    ["unread.tf.json", "{"],
    ["django_override.tf.json", '{"locals": {}}'],
    ["override.tf", 'resource "aws_vpc" "vpc" {\n}\n'],
  ])("refuses to be applied together with %s, unless that is accepted", (name, text) => {
    writeFileSync(place(name), text);
    expect(problemsOf()).toContain(
      `[high] no-stray-files: django/${name}: Terraform would apply this file together with the stack.`,
    );
    const suppress = [{ policy: "no-stray-files", resource: `django/${name}`, reason: "A rule for one day" }];
    expect(problemsOf({ policies: { suppress } })).toBe("");
    rmSync(place(name), { force: true });
  });

  it.each([
    ["needs.tf", 'terraform {\n  required_version = ">= 1.11.0" # and no older one\n}\n'],
    ["backend.tf.json", '{"terraform": {"backend": {"s3": {}}}}'],
    ["backend_override.tf.json", '{"terraform": {"backend": {"local": {}}}}'],
    ["adopt.tf.json", '{"//": "", "locals": {}, "data": {}, "import": []}'],
    ["terraform.tfvars", 'image = "a"\n'],
    ["notes.txt", "resource"],
    ["old.tf.json~", "{"],
  ])("leaves %s alone, which makes nothing", (name, text) => {
    writeFileSync(place(name), text);
    expect(problemsOf()).toBe("");
    rmSync(place(name), { force: true });
  });
});
