// A load balancer with private addresses alone: where it stands, who comes in, and what services are told of it.
import { modelOf } from "../../src/model/model";
import { peerText } from "../../src/model/traffic/peer";
import { trafficDisagreements } from "../../src/policies/traffic-agreement";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { parseJsonencode } from "../support/jsonencode";
import { platformConfigs } from "../support/platform-configs";
import { problemsIn } from "../support/problems";

const shop = {
  name: "shop",
  region: "us-east-1",
  network: { cidr: "10.20.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "single" },
  services: { web: { image: "example/web:1.0.0", port: 8000, cpu: 256, memory: 512 } },
  loadBalancer: { internal: true, ingressCidrs: ["10.20.0.0/16", "172.16.0.0/12"] },
  dns: { domain: "shop.example.com", hostedZoneName: "example.com" },
} as const satisfies EnvironmentInput;

const environment = defineEnvironment(shop);
const model = modelOf(environment);
const configs = platformConfigs(environment);
const resources = Object(Object(configs.django).resource);

it("stands in the private subnets, behind its firewall and its name", () => {
  expect(resources.aws_lb.load_balancer).toMatchObject({
    internal: true,
    subnets: ["${aws_subnet.private_us_east_1a.id}", "${aws_subnet.private_us_east_1b.id}"],
  });
  expect(resources.aws_lb.load_balancer.depends_on).toBeUndefined();
  expect(
    resources.aws_wafv2_web_acl_association.load_balancer ?? resources.aws_wafv2_web_acl_association,
  ).toBeDefined();
  expect(Object.keys(resources.aws_route53_record)).toContain("alias_shop_example_com");
  expect(model.members.get("alb").tier).toBe("private");
});

it("is reached from the blocks that the file names, and from nowhere else", () => {
  const into = model.traffic.flows
    .filter(({ destination }) => peerText(destination) === "alb")
    .map(({ source, port }) => `${peerText(source)} ${port.from}`);
  expect(into).toEqual(["10.20.0.0/16 80", "172.16.0.0/12 80", "10.20.0.0/16 443", "172.16.0.0/12 443"]);
  const denied = model.traffic
    .denied()
    .map(({ source, destination }) => `${peerText(source)} -> ${peerText(destination)}`);
  expect(denied).toContain("internet -> web");
  expect(trafficDisagreements(model, configs)).toEqual([]);
});

it("is what services take requests from", () => {
  const [container] = Object(
    parseJsonencode(String(resources.aws_ecs_task_definition.web.container_definitions)),
  );
  expect(container.environment).toContainEqual({
    name: "TRUSTED_NETWORKS",
    value: "10.20.64.0/21,10.20.72.0/21",
  });
});

describe("is refused", () => {
  const problems = (change: object) =>
    problemsIn({ ...shop, ...change }).map(({ path, remedy }) => `${path}: ${remedy}`);

  it("for anybody outside, as by default", () => {
    const remedy =
      "loadBalancer.ingressCidrs: Name the private blocks that come in, such as the network's own and those of a VPN: nobody outside " +
      "reaches an internal load balancer.";
    expect(problems({ loadBalancer: { internal: true } })).toEqual([remedy]);
    expect(
      problems({ loadBalancer: { internal: true, ingressCidrs: ["10.0.0.0/8", "203.0.113.0/24"] } }),
    ).toEqual([remedy]);
  });

  it("in subnets that are too small for it", () => {
    const subnets = {
      "us-east-1a": { public: "10.20.0.0/27", private: "10.20.1.0/28", data: "10.20.2.0/28" },
      "us-east-1b": { public: "10.20.0.32/27", private: "10.20.1.32/27", data: "10.20.2.16/28" },
    };
    expect(problems({ network: { ...shop.network, subnets } })).toEqual([
      "network.subnets.us-east-1a.private: Give a /27 or larger: AWS takes no smaller one here.",
    ]);
  });
});
