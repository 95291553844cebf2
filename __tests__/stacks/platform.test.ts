// The app as it is run: the same bytes wherever and whenever, nothing of this machine, nothing secret, all or nothing.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { SecurityGroupRule } from "@cdktf/provider-aws/lib/security-group-rule";
import { addPlatform } from "../../src/stacks/platform";
import { createApp, synthesize } from "../../src/terraform/synthesize";
import { copyProject, DEFINE } from "../support/project-copy";
import { systems } from "../support/systems";

const root = join(__dirname, "..", "..");
const scratch = mkdtempSync(join(tmpdir(), "platform-"));

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
  const build = spawnSync(process.execPath, [join(copy, "tools", "build.mjs"), "app"], {
    encoding: "utf8",
  });
  expect({ status: build.status, output: build.stderr }).toEqual({ status: 0, output: "" });
}, 60_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Synthesizes in this process, as main.ts does. */
function synthHere(name: string, hcl = false, folder = newFolder()): string {
  const environment = systems.load(name);
  const app = createApp({ outdir: join(folder, "cdktf.out"), hcl });
  addPlatform(app, environment);
  synthesize(app, environment.name);
  return folder;
}

const once = new Map<string, string>();

/** The output of an environment, for tests that only read it. */
function synthesizedOnce(name: string): string {
  const folder = once.get(name) ?? synthHere(name);
  once.set(name, folder);
  return folder;
}

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function synth(folder: string, environment: string, ...args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(copy, "tools", "run.mjs"), "app", ...args],
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

/** Every file of an output folder: path to content. */
function contents(folder: string): Record<string, string> {
  const out = join(folder, "cdktf.out");
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((file) => [
      join(file.parentPath, file.name).slice(out.length),
      readFileSync(join(file.parentPath, file.name), "utf8"),
    ]),
  );
}

/** What a secret looks like: long random text, keys of AWS, passwords that are spelt out. */
const SECRET_LOOKING = [
  /AKIA[0-9A-Z]{16}/,
  /-----BEGIN/,
  /"(password|secret_string|auth_token|master_password)":/,
  /(?<![\w/+:-])[A-Za-z0-9+]{40,}(?![\w/+:-])/,
];

describe("a synth", () => {
  it("writes the same bytes in two folders, in two processes and on two runs", () => {
    const folder = newFolder();
    expect(synth(folder, "helloapi").status).toBe(0);
    const other = synthesizedOnce("helloapi");
    expect(contents(folder)).toEqual(contents(other));
    expect(contents(synthHere("helloapi", false, other))).toEqual(contents(folder));
    expect(Object.keys(contents(folder)).length).toBeGreaterThan(3);
  });

  it("writes the same HCL in two folders and in two processes", () => {
    const folder = newFolder();
    expect(synth(folder, "helloapi", "--hcl").status).toBe(0);
    expect(contents(folder)).toEqual(contents(synthHere("helloapi", true)));
    expect(contents(folder)["/stacks/django/cdk.tf"]).toContain('resource "aws_lb"');
  });

  it.each(systems.names())("puts no path of this machine and nothing secret-looking into %s", (name) => {
    const folder = synthesizedOnce(name);
    for (const [file, text] of Object.entries(contents(folder))) {
      for (const path of [root, scratch, tmpdir(), homedir()]) {
        expect({ file, holds: text.includes(`${path}/`) ? path : "" }).toEqual({ file, holds: "" });
      }
      for (const pattern of SECRET_LOOKING) {
        expect({ file, found: pattern.exec(text)?.[0] }).toEqual({ file, found: undefined });
      }
    }
  });

  it("leaves exactly one configuration file a stack when the format changes", () => {
    const folder = synthHere("helloapi");
    const files = () =>
      readdirSync(join(folder, "cdktf.out", "stacks", "django")).filter((file) => file.startsWith("cdk.tf"));
    expect(files()).toEqual(["cdk.tf.json"]);
    synthHere("helloapi", true, folder);
    expect(files()).toEqual(["cdk.tf"]);
    synthHere("helloapi", false, folder);
    expect(files()).toEqual(["cdk.tf.json"]);
  });

  it("of a broken environment says everything that is wrong, exits 1 and touches nothing", () => {
    const folder = synthHere("helloapi");
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

  it("fails and writes nothing where a construct allows what the environment does not, and names it", () => {
    const folder = newFolder();
    const environment = systems.load("lightwave-prod");
    const app = createApp({ outdir: join(folder, "cdktf.out") });
    addPlatform(app, environment);
    const groups = app.node.findChild("django").node.findChild("security-groups");
    new SecurityGroupRule(groups, "added", {
      type: "ingress",
      securityGroupId: "${aws_security_group.postgres.id}",
      protocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      cidrBlocks: ["0.0.0.0/0"],
    });
    expect(() => synthesize(app, environment.name)).toThrow(
      /lightwave-django-prod-postgres-sg <- internet 5432\/tcp, which is no flow[\s\S]*internet -> postgres 5432\/tcp gets through/,
    );
    expect(contents(folder)).toEqual({});
  });

  /** Every suppression of this project's environments: the policy, where, and why. */
  const SUPPRESSED: Readonly<Record<string, string[]>> = {
    "ecs-webapp": [
      "The policy http-redirects is suppressed at django/aws_lb_listener.http: It shows a " +
        "load balancer on port 80 alone, without a domain.",
    ],
    helloapi: [
      "The policy http-redirects is suppressed at django/aws_lb_listener.http: It starts on " +
        "plain HTTP, until a domain is chosen.",
    ],
  };

  it.each(systems.names())("of %s has no finding, and says every suppression", (name) => {
    expect(systems.load(name).policies.suppress).toHaveLength(SUPPRESSED[name]?.length ?? 0);
    // A finding, or a suppression of none, would have failed the synth.
    const { stacks } = JSON.parse(contents(synthesizedOnce(name))["/manifest.json"] ?? "{}");
    const said = Object.values<{ annotations: { level: string; message: string }[] }>(stacks)
      .flatMap(({ annotations }) => annotations)
      .filter(({ message }) => message.includes("suppressed"));
    expect(said.map(({ level, message }) => [level, message])).toEqual(
      (SUPPRESSED[name] ?? []).map((message) => ["@cdktf/warn", message]),
    );
  });

  it("fails and writes nothing where a policy finds something, and says how to accept it", () => {
    const folder = newFolder();
    const environment = { ...systems.load("helloapi"), policies: { suppress: [] } };
    const app = createApp({ outdir: join(folder, "cdktf.out") });
    addPlatform(app, environment);
    expect(() => synthesize(app, environment.name)).toThrow(
      /\[high\] http-redirects: django\/aws_lb_listener\.\S+: It answers plain HTTP[\s\S]*To accept it, add to policies\.suppress/,
    );
    expect(contents(folder)).toEqual({});
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

describe("two environments", () => {
  /** Values by which AWS, or S3, would take two resources for one. */
  const NAMES = ["name", "identifier", "replication_group_id", "user_group_id", "user_id", "bucket"];

  function namesIn(value: unknown): string[] {
    if (Array.isArray(value)) {
      return value.flatMap(namesIn);
    }
    if (typeof value !== "object" || value === null) {
      return [];
    }
    return Object.entries(value).flatMap(([type, resources]) =>
      Object.values(resources).flatMap((body: unknown) =>
        typeof body === "object" && body !== null
          ? Object.entries(body).flatMap(([key, name]) =>
              NAMES.includes(key) && typeof name === "string" && !name.startsWith("${")
                ? [`${type} ${name}`]
                : [],
            )
          : [],
      ),
    );
  }

  it("never share a state, a resource's name, a VPC's Name tag or an output file", () => {
    const seen = new Map<string, string>();
    const shared: string[] = [];
    const take = (what: string, by: string) => {
      const other = seen.get(what);
      if (other !== undefined && other !== by) {
        shared.push(`${what}: ${other}, ${by}`);
      }
      seen.set(what, by);
    };
    // Inline policies and one-word names within a role or an autoscaling target belong to what they are part of.
    const PARTS = /^aws_(iam_role_policy|appautoscaling_policy|vpc_endpoint) /;
    for (const name of systems.names()) {
      const folder = synthesizedOnce(name);
      for (const [file, text] of Object.entries(contents(folder))) {
        take(`output file ${join(folder, file)}`, name);
        if (file.endsWith("cdk.tf.json")) {
          const config = JSON.parse(text);
          take(`state ${JSON.stringify(config.terraform.backend)}`, `${name}${file}`);
          for (const resource of namesIn(config.resource).filter((text) => !PARTS.test(text))) {
            take(resource, name);
          }
        }
      }
      take(`VPC ${systems.load(name).names.vpc}`, name);
    }
    expect(shared).toEqual([]);
    expect(seen.size).toBeGreaterThan(100);
  });
});
