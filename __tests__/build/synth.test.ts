// The synth as a command: the same bytes as this process writes, a mistake in a file, a system more from one new file.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyProject, DEFINE } from "../support/project-copy";
import { contents, synthHere } from "../support/synth-here";

const scratch = mkdtempSync(join(tmpdir(), "synth-"));

/** A copy of the project, so that a test can add an environment file to it. */
const copy = join(scratch, "copy");

beforeAll(() => {
  const service = 'image: "sixth/web:1.0.0", port: 9000, cpu: 256, memory: 512, connectsTo: ["postgres"]';
  copyProject(copy, {
    "sixth-system": `import { defineEnvironment } from "${DEFINE}";
export default defineEnvironment({
  name: "sixth", region: "eu-central-1", services: { web: { ${service} } }, database: {},
  network: { cidr: "10.60.0.0/16", availabilityZones: ["eu-central-1a", "eu-central-1b"] },
  policies: { suppress: [{ policy: "http-redirects", reason: "It has no domain yet." }] },
});
`,
    broken: `import { defineEnvironment } from "${DEFINE}";
export default defineEnvironment({
  name: "Broken", region: "eu-central-1", services: { web: { image: "a/b:latest", cpu: 256, memory: 512 } },
  network: { cidr: "10.60.0.0/16", availabilityZones: ["eu-central-1a", "eu-central-1b"] },
});
`,
  });
  const build = spawnSync(process.execPath, [join(copy, "tools", "build.js"), "app"], {
    encoding: "utf8",
  });
  expect({ status: build.status, output: build.stderr }).toEqual({ status: 0, output: "" });
}, 60_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function synth(folder: string, environment: string, ...args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(copy, "tools", "run.js"), "app", ...args],
    {
      cwd: folder,
      encoding: "utf8",
      // Where no other program is found: a synth needs no Terraform.
      env: { ...process.env, PATH: "", ENVIRONMENT: environment },
    },
  );
  return { status, stdout, stderr };
}

function newFolder(): string {
  return mkdtempSync(join(scratch, "run-"));
}

describe("a synth", () => {
  it("writes the same bytes in two folders, in two processes and on two runs", () => {
    const folder = newFolder();
    expect(synth(folder, "helloapi").status).toBe(0);
    const other = newFolder();
    synthHere("helloapi", other);
    expect(contents(folder)).toEqual(contents(other));
    expect(contents(synthHere("helloapi", other))).toEqual(contents(folder));
    expect(Object.keys(contents(folder)).length).toBeGreaterThan(3);
  });

  it("writes the same HCL in two folders and in two processes", () => {
    const folder = newFolder();
    expect(synth(folder, "helloapi", "--hcl").status).toBe(0);
    expect(contents(folder)).toEqual(contents(synthHere("helloapi", newFolder(), true)));
    expect(contents(folder)["/stacks/django/load-balancer.tf"]).toContain('resource "aws_lb"');
  });

  it("of a broken environment says everything that is wrong, exits 1 and touches nothing", () => {
    const folder = synthHere("helloapi", newFolder());
    const before = contents(folder);
    const { status, stderr } = synth(folder, "broken");
    expect(status).toBe(1);
    expect(stderr).toContain('Environment "Broken" has 2 problems');
    expect(stderr).toContain('name: "Broken"');
    expect(stderr).toContain('services.web.image: "a/b:latest"');
    expect(contents(folder)).toEqual(before);
  });

  it("of an unknown environment lists the known ones and writes nothing", () => {
    const folder = newFolder();
    const { status, stderr } = synth(folder, "nowhere");
    expect(status).toBe(1);
    expect(stderr).toContain("helloapi, lightwave-prod, pdf-excel-prod, realtime-platform, sixth-system");
    expect(existsSync(join(folder, "cdktf.out"))).toBe(false);
  });

  it("takes a sixth system from one new file", () => {
    const folder = newFolder();
    const { status, stderr } = synth(folder, "sixth-system");
    expect(stderr).toContain("plain HTTP");
    expect(stderr).toContain("The policy http-redirects is suppressed: It has no domain yet.");
    expect(status).toBe(0);
    const rules = JSON.parse(contents(folder)["/stacks/security-group-rules/cdk.tf.json"] ?? "{}").resource;
    expect(Object.keys(rules.aws_vpc_security_group_ingress_rule).sort()).toEqual([
      "postgres-from-web-5432-tcp",
      "web-from-alb-9000-tcp",
    ]);
  });
});
