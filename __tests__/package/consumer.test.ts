// This project as somebody else's dependency: packed, installed into an empty folder with the example's files, and used.
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const MINUTE = 60_000;
const project = mkdtempSync(join(tmpdir(), "own-project-"));

interface Run extends Pick<SpawnSyncReturns<string>, "status" | "stdout" | "stderr"> {
  /** What it has printed, on both streams. */
  readonly output: string;
}

function run(
  folder: string,
  command: string,
  args: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): Run {
  // What belongs to the npm and the jest that run this must not reach those of the other project.
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|JEST_|NODE_ENV|ENVIRONMENT$|CDKTF_)/.test(name),
  );
  const done = spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...Object.fromEntries(own), ...variables },
  });
  const { status, stdout, stderr } = done;
  return { status, stdout, stderr, output: `${stdout}${stderr}` };
}

function succeed(folder: string, command: string, ...args: readonly string[]): string {
  const { status, output, stdout } = run(folder, command, args);
  if (status !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${output}`);
  }
  return stdout;
}

/** Runs JavaScript in the other project, as a file of its own would. */
function script(text: string): Run {
  const file = join(project, "script.js");
  writeFileSync(file, text);
  return run(project, process.execPath, [file]);
}

/** What the app says of resources that `body` adds: it has `platform`, `django` and `aws`, which gives resource classes. */
function extended(body: string): Run {
  return script(`
    const { runApp } = require("django-on-aws-cdktf");
    const aws = (file, name) => require("@cdktf/provider-aws/lib/" + file)[name];
    process.exitCode = runApp({ process, extend: (platform) => {
      const { django } = platform;
      ${body}
    } });
  `);
}

beforeAll(() => {
  succeed(root, "npm", "pack", "--silent", "--pack-destination", project);
  cpSync(join(root, "examples", "own-project"), project, { recursive: true });
  const [tarball] = readdirSync(project).filter((file) => file.endsWith(".tgz"));
  const manifest = join(project, "package.json");
  const { dependencies, devDependencies, ...others } = JSON.parse(readFileSync(manifest, "utf8"));
  // Nothing here runs the CDKTF CLI, which would take as long to install as all the rest.
  const { "cdktf-cli": _cli, ...tools } = devDependencies;
  const packaged = { ...dependencies, "django-on-aws-cdktf": `file:./${tarball}` };
  writeFileSync(manifest, JSON.stringify({ ...others, dependencies: packaged, devDependencies: tools }));
  succeed(project, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund");
  succeed(project, "npx", "tsc");
}, 10 * MINUTE);

afterAll(() => rmSync(project, { recursive: true, force: true }));

const stack = (id: string) =>
  JSON.parse(readFileSync(join(project, "cdktf.out", "stacks", id, "cdk.tf.json"), "utf8"));

test(
  "the example synthesizes, with its own bucket, alarm and record, into its own folder",
  () => {
    expect(succeed(project, "npm", "run", "synth")).toContain("Synthesized shop-prod to cdktf.out/stacks.");
    const { resource } = stack("django");
    const buckets = Object.values<{ bucket: string }>(resource.aws_s3_bucket).map(({ bucket }) => bucket);
    expect(buckets).toContain("example-shop-prod-uploads");
    expect(Object.values(resource.aws_cloudwatch_metric_alarm)).toContainEqual(
      expect.objectContaining({ alarm_name: "example-shop-prod-uploads-size" }),
    );
    const { resource: own, provider, terraform } = stack("status-page");
    expect(Object.values(own.aws_route53_record)).toEqual([
      expect.objectContaining({ name: "status.shop.example.com", records: ["shop.statuspage.example.net"] }),
    ]);
    // Its stack has the environment's account, tags and place of state, as the platform's have.
    expect(provider.aws).toEqual([
      {
        allowed_account_ids: ["123456789012"],
        default_tags: [{ tags: { Environment: "shop-prod", ManagedBy: expect.any(String) } }],
        region: "eu-central-1",
      },
    ]);
    expect(terraform.backend.s3).toMatchObject({
      bucket: "example-shop-states",
      key: "shop-prod/status-page.tfstate",
    });
    expect(existsSync(join(project, "node_modules", "django-on-aws-cdktf", "cdktf.out"))).toBe(false);
  },
  MINUTE,
);

test(
  "the example's own tests pass",
  () => {
    expect(succeed(project, "npm", "test")).toBeDefined();
  },
  2 * MINUTE,
);

test(
  "the operations know the environments of the folder that cdktf.json names",
  () => {
    const { environment, allowed } = JSON.parse(
      succeed(project, "npx", "django-on-aws", "traffic", "--json"),
    );
    expect(environment).toBe("shop-prod");
    expect(allowed).toContainEqual(expect.objectContaining({ source: "web", destination: "postgres" }));
    expect(run(project, "npx", ["django-on-aws", "traffic"], { ENVIRONMENT: "shop" }).stderr).toContain(
      'There is no environment "shop"; did you mean "shop-prod"? Known: shop-prod.',
    );
  },
  MINUTE,
);

test("there is one cdktf, one constructs and one provider", () => {
  for (const name of ["cdktf", "constructs", "@cdktf/provider-aws"]) {
    expect(existsSync(join(project, "node_modules", name, "package.json"))).toBe(true);
    expect(existsSync(join(project, "node_modules", "django-on-aws-cdktf", "node_modules", name))).toBe(
      false,
    );
  }
});

test(
  "what the index does not name cannot be imported",
  () => {
    const { status, stderr } = script('require("django-on-aws-cdktf/lib/stacks/django");');
    expect(status).not.toBe(0);
    expect(stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");

    writeFileSync(join(project, "deep.ts"), 'export * from "django-on-aws-cdktf/lib/stacks/django";\n');
    const { status: refused, output } = run(project, "npx", ["tsc", "--noEmit"]);
    rmSync(join(project, "deep.ts"));
    expect(refused).not.toBe(0);
    expect(output).toMatch(/deep\.ts.*Cannot find module 'django-on-aws-cdktf\/lib\/stacks\/django'/);
  },
  MINUTE,
);

test("an environment file loads neither cdktf nor the AWS SDK", () => {
  const { output } = script(`
    require("./dist/environments/shop-prod");
    const loaded = Object.keys(require.cache).filter((file) => /node_modules\\/(cdktf|@cdktf|@aws-sdk)\\//.test(file));
    console.log(JSON.stringify(loaded));
  `);
  expect(output.trim()).toBe("[]");
});

test.each([
  [
    "a bucket without a block of public access",
    'new (aws("s3-bucket", "S3Bucket"))(django, "leaflets", { bucket: "example-leaflets" });',
    /buckets-private: django\/aws_s3_bucket\.leaflets/,
  ],
  [
    "a group with a rule inside",
    `new (aws("security-group", "SecurityGroup"))(django, "reports", {
      vpcId: django.network.vpcId,
      description: "Reports",
      ingress: [{ fromPort: 9200, toPort: 9200, protocol: "tcp", cidrBlocks: ["10.80.0.0/16"] }],
    });`,
    /no-inline-rules: django\/aws_security_group\.reports/,
  ],
  [
    "a service opened to the Internet",
    `new (aws("vpc-security-group-ingress-rule", "VpcSecurityGroupIngressRule"))(django, "open", {
      securityGroupId: django.groups.idOf("web"),
      ipProtocol: "tcp",
      fromPort: 8000,
      toPort: 8000,
      cidrIpv4: "0.0.0.0/0",
      description: "Everybody",
    });`,
    /aws_vpc_security_group_ingress_rule\.open allows shop-prod-ecs-web-sg <- internet 8000\/tcp, which is no flow/,
  ],
  [
    "a resource of the address of another",
    'new (aws("security-group", "SecurityGroup"))(django, "search", { vpcId: django.network.vpcId });',
    /^aws_security_group\.search is the address of django\/security-groups\/search and of django\/search\. Give/,
  ],
  [
    "another member of the database's group, in a stack of its own",
    `const { EnvironmentStack } = require("django-on-aws-cdktf");
    const other = new EnvironmentStack(platform.app, "other", platform);
    new (aws("instance", "Instance"))(other, "jump-host", {
      ami: "ami-0123456789abcdef0",
      instanceType: "t3.micro",
      vpcSecurityGroupIds: [django.groups.idOf("postgres")],
    });`,
    /other\/aws_instance\.jump_host is in .*the environment puts .* in no group/,
  ],
])(
  "%s is refused, and nothing is written",
  (_, body, message) => {
    rmSync(join(project, "cdktf.out"), { recursive: true, force: true });
    const { status, stderr } = extended(body);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
    expect(existsSync(join(project, "cdktf.out", "stacks", "django", "cdk.tf.json"))).toBe(false);
  },
  MINUTE,
);

test("its types say beside each field of an environment what it means, for the editor", () => {
  const types = join(project, "node_modules", "django-on-aws-cdktf", "lib", "schema", "environment.d.ts");
  expect(readFileSync(types, "utf8")).toContain("/** Seconds between two checks. */ intervalSeconds: ");
});
