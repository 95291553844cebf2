// The app as main.ts runs it: nothing of this machine, nothing secret, all or nothing. What a process of its own shows is in
// __tests__/build.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { SecurityGroupRule } from "@cdktf/provider-aws/lib/security-group-rule";
import { addPlatform } from "../../src/stacks/platform";
import { createApp, synthesize } from "../../src/terraform/synthesize";
import { contents, synthHere } from "../support/synth-here";
import { systems } from "../support/systems";

const root = join(__dirname, "..", "..");
const scratch = mkdtempSync(join(tmpdir(), "platform-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const once = new Map<string, string>();

/** The output of an environment, for tests that only read it. */
function synthesizedOnce(name: string): string {
  const folder = once.get(name) ?? synthHere(name, newFolder());
  once.set(name, folder);
  return folder;
}

function newFolder(): string {
  return mkdtempSync(join(scratch, "run-"));
}

/** What a secret looks like: long random text, keys of AWS, passwords that are spelt out. */
const SECRET_LOOKING = [
  /AKIA[0-9A-Z]{16}/,
  /-----BEGIN/,
  /"(password|secret_string|auth_token|master_password)":/,
  /(?<![\w/+:-])[A-Za-z0-9+]{40,}(?![\w/+:-])/,
];

describe("a synth", () => {
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

  it("leaves one configuration a stack when the format changes: JSON, or HCL in files by topic", () => {
    const folder = synthHere("helloapi", newFolder());
    const files = () => readdirSync(join(folder, "cdktf.out", "stacks", "django")).sort();
    expect(files()).toEqual(["cdk.tf.json", "moved.tf", "versions.tf"]);
    synthHere("helloapi", folder, true);
    expect(files()).toEqual([
      "account.tf",
      "cdk.tf",
      "cluster.tf",
      "data-subnet-acl.tf",
      "database.tf",
      "django-secret-key.tf",
      "load-balancer.tf",
      "metadata.json",
      "monitoring.tf",
      "moved.tf",
      "network.tf",
      "outputs.tf",
      "security-groups.tf",
      "service-api.tf",
      "variables.tf",
      "versions.tf",
      "waf.tf",
    ]);
    synthHere("helloapi", folder);
    expect(files()).toEqual(["cdk.tf.json", "moved.tf", "versions.tf"]);
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
