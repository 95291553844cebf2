// What is said of connections: descriptions and reasons, from the environment file to rules, tables, diagrams and findings.
import { modelOf } from "../../../src/model/model";
import { peerText } from "../../../src/model/traffic/peer";
import { portText } from "../../../src/model/traffic/port";
import { dotDiagram, mermaidDiagram } from "../../../src/model/traffic/render-diagram";
import { markdownPage } from "../../../src/model/traffic/render-markdown";
import { allowedTable } from "../../../src/model/traffic/render-table";
import { viewOf } from "../../../src/model/traffic/traffic-view";
import { connectionStates } from "../../../src/operations/rollback/connections";
import type { EnvironmentInput } from "../../../src/schema/environment";
import { EnvironmentError } from "../../../src/schema/problem";
import { defineEnvironment } from "../../../src/validation/define-environment";
import { platformConfigs } from "../../support/platform-configs";

const input = {
  name: "shop",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: {
    web: {
      image: "shop/web:1.0.0",
      port: 8000,
      cpu: 256,
      memory: 512,
      connectsTo: [
        { to: "postgres", reason: "Orders" },
        { to: "redis", description: "Sessions of the shop", reason: "Nobody logs in twice" },
      ],
    },
    job: { image: "shop/job:1.0.0", cpu: 256, memory: 512, connectsTo: ["postgres", { to: "redis" }] },
  },
  database: { ingressFromVpc: true },
  cache: {},
  describedFlows: [
    { source: "internet", destination: "alb", port: 80, reason: "Old links" },
    { source: "0.0.0.0/0", destination: "alb", port: 443, description: "Customers" },
    { source: "alb", destination: "web", description: "Pages", reason: "The shop itself" },
    { source: "10.0.0.0/16", destination: "postgres", reason: "Reports" },
  ],
  extraFlows: [
    { source: "job", destination: "web", port: 8000, description: "Warm-up", reason: "First visitors" },
  ],
} as const satisfies EnvironmentInput;

const model = modelOf(defineEnvironment(input));
const view = viewOf(model.traffic);

it("says what the file says: without a description of its own, a reason follows the two ends", () => {
  expect(
    model.traffic.flows.map(({ source, destination, port, description, reason }) => [
      `${peerText(source)} -> ${peerText(destination)} ${portText(port)}`,
      description,
      reason,
    ]),
  ).toEqual([
    ["internet -> alb 80/tcp", "HTTP from Internet: Old links", "Old links"],
    ["internet -> alb 443/tcp", "Customers", undefined],
    ["alb -> web 8000/tcp", "Pages", "The shop itself"],
    ["web -> postgres 5432/tcp", "PostgreSQL from Web: Orders", "Orders"],
    ["job -> postgres 5432/tcp", "PostgreSQL from Job", undefined],
    ["web -> redis 6379/tcp", "Sessions of the shop", "Nobody logs in twice"],
    ["job -> redis 6379/tcp", "Redis from Job", undefined],
    ["10.0.0.0/16 -> postgres 5432/tcp", "PostgreSQL from VPC: Reports", "Reports"],
    ["web -> internet all", "All outbound from Web", undefined],
    ["job -> internet all", "All outbound from Job", undefined],
    ["job -> web 8000/tcp", "Warm-up", "First visitors"],
  ]);
});

it("writes both into each rule of a connection: the description, and a tag", () => {
  const configs = platformConfigs(model.environment);
  const rule = (stack: string, direction: string, name: string) => {
    const path = ["resource", `aws_vpc_security_group_${direction}_rule`, name];
    return path.reduce<unknown>((value, key) => Reflect.get(Object(value), key), configs[stack]);
  };
  const tags = { Name: "Pages", Reason: "The shop itself" };
  expect(rule("security-group-rules", "ingress", "web-from-alb-8000-tcp")).toMatchObject({
    description: "Pages",
    tags,
  });
  expect(rule("security-group-rules", "egress", "alb-to-web-8000-tcp")).toMatchObject({
    description: "Pages",
    tags,
  });
  expect(rule("security-group-rules", "ingress", "postgres-from-job-5432-tcp")).toMatchObject({
    tags: { Name: "PostgreSQL from Job" },
  });
  expect(rule("django", "ingress", "alb-from-internet-80-tcp")).toMatchObject({
    description: "HTTP from Internet: Old links",
    tags: { Name: "HTTP from Internet: Old links", Reason: "Old links" },
  });
});

it("shows the reason in tables, on the page, in the diagrams, and in what a rollback answers", () => {
  expect(allowedTable(view)).toMatch(
    /web +│ redis +│ 6379\/tcp +│ Nobody logs in twice \(Sessions of the shop\)/,
  );
  expect(allowedTable(view)).toMatch(/web +│ postgres +│ 5432\/tcp +│ PostgreSQL from Web: Orders +│/);
  expect(markdownPage("shop", view)).toContain("| alb | web | 8000/tcp | The shop itself (Pages) |");
  expect(mermaidDiagram(view)).toContain('-->|"5432/tcp: Orders"|');
  expect(mermaidDiagram(view)).toContain('-->|"80/tcp: Old links, 443/tcp"|');
  expect(dotDiagram(view)).toContain('[label="6379/tcp: Nobody logs in twice"]');
  const situation = {
    groupIds: new Map<string, string>(),
    live: [],
    vpcCidr: "10.0.0.0/16",
    prefixLists: new Map(),
  };
  expect(connectionStates(model.traffic.flows, situation)).toContainEqual({
    flow: "redis-from-web-6379-tcp",
    source: "web",
    destination: "redis",
    port: "6379/tcp",
    description: "Sessions of the shop",
    reason: "Nobody logs in twice",
    open: false,
    through: [],
  });
});

describe("an entry of describedFlows", () => {
  const problems = (...describedFlows: NonNullable<EnvironmentInput["describedFlows"]>) => {
    try {
      defineEnvironment({ ...input, describedFlows });
      return [];
    } catch (error) {
      if (error instanceof EnvironmentError) {
        return error.problems.map(({ path, value, remedy }) => `${path}: ${value} ${remedy}`);
      }
      throw error;
    }
  };

  it("is refused where no such connection follows, with those that do", () => {
    expect(problems({ source: "alb", destination: "job", reason: "Jobs" })).toEqual([
      'describedFlows[0]: "alb -> job" No such connection follows by itself: internet -> alb 80/tcp, internet -> alb 443/tcp, ' +
        "alb -> web 8000/tcp, 10.0.0.0/16 -> postgres 5432/tcp, web -> internet all, job -> internet all do. " +
        "To allow another one, use extraFlows.",
    ]);
    expect(problems({ source: "internet", destination: "alb", port: 8443, reason: "Others" })).toEqual([
      expect.stringContaining('describedFlows[0]: "internet -> alb 8443" No such connection'),
    ]);
  });

  it("is refused where the file declares the connection, with the field that does", () => {
    expect(
      problems(
        { source: "web", destination: "postgres", reason: "Orders" },
        { source: "job", destination: "web", reason: "Warm-up" },
      ),
    ).toEqual([
      'describedFlows[0]: "web -> postgres" Say it where the file declares this connection: a description and a reason in services.web.connectsTo.',
      'describedFlows[1]: "job -> web" Say it where the file declares this connection: a description and a reason in extraFlows.',
    ]);
  });

  it("is refused where another one speaks of the same connection, and where it says nothing", () => {
    expect(
      problems(
        { source: "internet", destination: "alb", reason: "Customers" },
        { source: "internet", destination: "alb", port: 443, reason: "Customers" },
      ),
    ).toEqual([
      'describedFlows[1]: "internet -> alb 443" Remove it, or name a port: describedFlows[0] speaks of it, too.',
    ]);
    expect(problems({ source: "alb", destination: "web" })).toEqual([
      expect.stringContaining("Give it a description, a reason, or both."),
    ]);
  });
});

it("names the nearest where a connection leads nowhere", () => {
  const wrong = { ...input.services.job, connectsTo: [{ to: "postgress", reason: "Orders" }] };
  const define = () =>
    Reflect.apply(defineEnvironment, undefined, [{ ...input, services: { ...input.services, job: wrong } }]);
  expect(define).toThrow(
    /services\.job\.connectsTo\[0\]\.to: "postgress"\s+There is no data store or service "postgress"; did you mean "postgres"\?/,
  );
});
