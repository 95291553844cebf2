// What becomes of a listener's rules on a platform that runs when hosts are declared: read from the real provider's plans, applied.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ACMClient, RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CREDENTIALS, childEnvironment, REGION } from "./support/child-environment";
import { expectSuccess, startCommand } from "./support/command";
import { type Emulator, startEmulator } from "./support/emulator";
import { plannedChanges } from "./support/planned-changes";
import { requirePrerequisites } from "./support/prerequisites";
import { type SharedProvider, startSharedProvider } from "./support/shared-provider";
import { createWorkspace, type Workspace } from "./support/workspace";

const TIMEOUT = 600_000;
const DJANGO = "django";

const service = { image: "registry.example.com/shop/web:1.0.0", cpu: 256, memory: 512, desiredCount: 0 };
const paths = ["/api/*", "/v1/*", "/v2/*", "/v3/*"];

/** A route in the last place of all, which the last rules need. */
const SHOP = {
  name: "shop",
  region: REGION,
  production: false,
  network: { cidr: "10.60.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "none" },
  services: {
    web: { ...service, port: 8000 },
    api: { ...service, port: 9000, routes: [{ priority: 50_000, paths }] },
  },
};

let emulator: Emulator;
let provider: SharedProvider;
let workspace: Workspace;
let client: ElasticLoadBalancingV2Client;
let certificateArn: string | undefined;

/** Synthesizes the environment with a domain and these other names. */
async function describeHosts(...alternativeNames: readonly string[]): Promise<void> {
  const dns = { domain: "shop.example.com", alternativeNames, certificateArn };
  await writeFile(
    join(workspace.folder, "dist", "src", "environments", "shop.js"),
    `exports.default = require("../validation/define-environment").defineEnvironment(${JSON.stringify({ ...SHOP, dns })});`,
  );
  const variables = { ...childEnvironment(emulator.endpoint), ENVIRONMENT: "shop" };
  const { ended } = startCommand(process.execPath, ["dist/main.js"], { folder: workspace.folder, variables });
  expectSuccess("synth", await ended);
}

async function apply(): Promise<string> {
  const args = ["apply", "-auto-approve", "-input=false", "-no-color"];
  return expectSuccess("terraform apply", await workspace.terraform(DJANGO, ...args)).output;
}

/** As it was before hosts were declared: one rule, for any host, in the place that the environment gives it. */
async function asBefore(): Promise<void> {
  const file = join(workspace.stackFolder(DJANGO), "cdk.tf.json");
  const config = JSON.parse(await readFile(file, "utf8"));
  const { aws_lb_listener_rule: rules } = config.resource;
  const { depends_on: _, ...route } = rules.api_50000;
  config.resource.aws_lb_listener_rule = {
    api_50000: { ...route, priority: 50_000, condition: [{ path_pattern: { values: paths } }] },
  };
  for (const each of Object.values<{ depends_on?: string[] }>(config.resource.aws_ecs_service)) {
    each.depends_on = (each.depends_on ?? []).filter((address) => !/_declared_hosts|_part_/.test(address));
  }
  await writeFile(file, JSON.stringify(config));
}

/** The rules of a port's listener as AWS has them: place, hosts, paths, action; the default last. */
async function rulesOf(port: number): Promise<string[]> {
  const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({ Names: ["shop"] }));
  const { LoadBalancerArn } = LoadBalancers[0] ?? {};
  const { Listeners = [] } = await client.send(new DescribeListenersCommand({ LoadBalancerArn }));
  const { ListenerArn } = Listeners.find(({ Port }) => Port === port) ?? {};
  const { Rules = [] } = await client.send(new DescribeRulesCommand({ ListenerArn }));
  return Rules.map(({ Priority = "", Conditions = [], Actions = [] }) => {
    const values = (field: string) => {
      const found = Conditions.find(({ Field }) => Field === field);
      return (found?.HostHeaderConfig ?? found?.PathPatternConfig)?.Values?.toSorted().join(" ") ?? "any";
    };
    const [action] = Actions;
    const target = action?.TargetGroupArn?.replace(/.*targetgroup\/([^/]+)\/.*/, "$1");
    const answer = action?.FixedResponseConfig?.StatusCode ?? action?.RedirectConfig?.StatusCode;
    return [Priority, values("host-header"), values("path-pattern"), target ?? answer].join(" | ");
  }).sort((one, other) => placeOf(one) - placeOf(other));
}

/** The default rule comes last. */
function placeOf(rule: string): number {
  return rule.startsWith("default") ? 50_001 : Number.parseInt(rule, 10);
}

/** In which order Terraform began and ended with listener rules. */
function order(output: string): string[] {
  return [
    ...output.matchAll(/^aws_lb_listener_rule\.(\S+): (Creating|Modifying|Destroying|\S+ complete)/gm),
  ].map(([, name, what]) => `${name}: ${what}`);
}

beforeAll(async () => {
  await requirePrerequisites();
  emulator = await startEmulator();
  client = new ElasticLoadBalancingV2Client({
    endpoint: emulator.endpoint,
    region: REGION,
    credentials: CREDENTIALS,
  });
  const acm = new ACMClient({ endpoint: emulator.endpoint, region: REGION, credentials: CREDENTIALS });
  ({ CertificateArn: certificateArn } = await acm.send(
    new RequestCertificateCommand({ DomainName: "shop.example.com" }),
  ));
  acm.destroy();
  provider = await startSharedProvider(childEnvironment(emulator.endpoint));
  workspace = await createWorkspace({ emulator, environment: "shop", provider });
  await describeHosts();
  await asBefore();
  await workspace.terraformInit(DJANGO);
  await apply();
}, TIMEOUT);

afterAll(async () => {
  client?.destroy();
  await workspace?.dispose();
  await provider?.stop();
  await emulator?.stop();
}, TIMEOUT);

it(
  "comes to a running platform in one apply: the route makes room in place, and hosts are refused last",
  async () => {
    await describeHosts();
    expect(await plannedChanges(workspace, DJANGO)).toEqual([
      "create aws_lb_listener_rule.undeclared_hosts",
      "create aws_lb_listener_rule.web_declared_hosts",
      "update aws_lb_listener_rule.api_50000",
    ]);
    const output = await apply();
    expect(order(output).slice(-2)).toEqual([
      "undeclared_hosts: Creating",
      "undeclared_hosts: Creation complete",
    ]);
    expect(await rulesOf(443)).toEqual([
      "25000 | shop.example.com | /api/* /v1/* /v2/* /v3/* | shop-api",
      "49999 | shop.example.com | any | shop-web",
      "50000 | any | * | 421",
      "default | any | any | shop-web",
    ]);
    expect(await rulesOf(80)).toEqual(["default | any | any | HTTP_301"]);
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
  },
  TIMEOUT,
);

it(
  "takes another host into a part of its own, and lets it go again",
  async () => {
    await describeHosts("www.example.com");
    expect(await plannedChanges(workspace, DJANGO)).toEqual([
      "create aws_lb_listener_rule.api_50000_part_2",
      "update aws_lb_listener_rule.web_declared_hosts",
    ]);
    await apply();
    expect(await rulesOf(443)).toEqual([
      "25000 | shop.example.com | /api/* /v1/* /v2/* /v3/* | shop-api",
      "25001 | www.example.com | /api/* /v1/* /v2/* /v3/* | shop-api",
      "49999 | shop.example.com www.example.com | any | shop-web",
      "50000 | any | * | 421",
      "default | any | any | shop-web",
    ]);
    await describeHosts();
    await apply();
    expect(await plannedChanges(workspace, DJANGO)).toEqual([]);
    expect(await rulesOf(443)).toHaveLength(4);
  },
  TIMEOUT,
);
