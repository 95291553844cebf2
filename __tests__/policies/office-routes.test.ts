// Whatever opens a route that is for an office, in the output as it is synthesized, fails the synth: edits tried one by one.
import { Testing } from "cdktf";
import { modelOf } from "../../src/model/model";
import { synthesizedPlatform } from "../../src/policies/check-policies";
import sourcesHeld from "../../src/policies/rules/sources-held";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { platformConfigs } from "../support/platform-configs";

const size = { image: "shop/web:1.0.0", cpu: 256, memory: 512 } as const;

const shop: EnvironmentInput = {
  name: "shop",
  region: "us-east-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
  services: {
    web: { ...size, port: 8000 },
    flower: {
      ...size,
      port: 5555,
      routes: [
        {
          priority: 10,
          hosts: ["flower.example.com"],
          sourceCidrs: [
            "203.0.113.0/24",
            "198.51.100.7/32",
            "192.0.2.0/28",
            "192.0.2.16/28",
            "192.0.2.32/28",
          ],
        },
        { priority: 20, paths: ["/flower/*"], sourceCidrs: ["203.0.113.0/24"] },
      ],
    },
  },
  dns: { domain: "shop.example.com", alternativeNames: ["www.example.com"] },
};

type Body = { [key: string]: unknown };

const environment = defineEnvironment(shop);
const model = modelOf(environment);
const text = JSON.stringify(platformConfigs(environment));

/** The rules of the edited output that the policy finds something in. */
function found(
  edit: (rules: Readonly<Record<string, Body>>, django: Readonly<Record<string, Body>>) => void,
) {
  const configs = JSON.parse(text);
  edit(configs.django.resource.aws_lb_listener_rule, configs.django.resource);
  return [...sourcesHeld.check(synthesizedPlatform(model, Testing.app(), configs))].map(
    ({ address }) => address,
  );
}

const rules: Readonly<Record<string, Body>> = JSON.parse(text).django.resource.aws_lb_listener_rule;
const isRefusal = ({ action }: Body) => JSON.stringify(action).includes('"403"');
const ofOffice = Object.keys(rules).filter((name) => name.startsWith("flower_"));
const admitting = ofOffice.filter((name) => !isRefusal(rules[name] ?? {}));
const refusing = ofOffice.filter((name) => isRefusal(rules[name] ?? {}));
const withoutSources = (body: Body) =>
  (Array.isArray(body.condition) ? body.condition : []).filter((condition) => !("source_ip" in condition));
const rule = (name: string, all: Readonly<Record<string, Body>>): Body => all[name] ?? {};

it("is in order as it is", () => {
  expect(admitting).toEqual(["flower_10", "flower_10_part_2", "flower_20"]);
  expect(refusing).toEqual(["flower_10_part_3", "flower_20_part_2"]);
  expect(found(() => {})).toEqual([]);
});

describe.each(admitting)("the rule %s", (name) => {
  it("keeps its addresses", () => {
    const address = `aws_lb_listener_rule.${name}`;
    expect(
      found((all) => Object.assign(rule(name, all), { condition: withoutSources(rule(name, all)) })),
    ).toContain(address);
    for (const values of [["0.0.0.0/0"], ["203.0.113.0/24", "198.51.100.0/24"], ["${var.office}"], []]) {
      const condition = [...withoutSources(rule(name, rules)), { source_ip: { values } }];
      expect(found((all) => Object.assign(rule(name, all), { condition }))).toContain(address);
    }
  });
});

describe.each(refusing)("the rule %s", (name) => {
  it("stays, at its place, and refuses everybody who comes there", () => {
    const listener = "aws_lb_listener.https";
    const forward = [{ type: "forward", target_group_arn: "${aws_lb_target_group.web.arn}" }];
    const edits: readonly Body[] = [
      { action: forward },
      { priority: 40_000 },
      { priority: "${var.place}" },
      { count: 0 },
      { condition: [...withoutSources(rule(name, rules)), { source_ip: { values: ["10.0.0.0/8"] } }] },
    ];
    for (const edit of edits) {
      expect(found((all) => Object.assign(rule(name, all), edit))).toContain(listener);
    }
    expect(found((all) => Reflect.deleteProperty(all, name))).toContain(listener);
  });
});

it("is the only way to the service", () => {
  const to = (service: string) => ({
    type: "forward",
    target_group_arn: `\${aws_lb_target_group.${service}.arn}`,
  });
  const added = (body: Body) =>
    found((all) => Object.assign(all, { own: { listener_arn: "${aws_lb_listener.https.arn}", ...body } }));
  const own = "aws_lb_listener_rule.own";
  expect(
    added({ priority: 5, action: [to("flower")], condition: [{ path_pattern: { values: ["/x"] } }] }),
  ).toEqual([own]);
  expect(added({ priority: 5, action: [{ type: "forward", target_group_arn: "${data.x.y.arn}" }] })).toEqual([
    own,
  ]);
  expect(added({ priority: 5, dynamic: { action: { for_each: [1], content: {} } } })).toEqual([own]);
  expect(added({ priority: 5, action: [to("web")] })).toEqual([]);
  const byDefault = (service: string) =>
    found((_, { aws_lb_listener: listeners = {} }) =>
      Object.assign(Object(listeners.https), { default_action: [to(service)] }),
    );
  expect(byDefault("flower")).toEqual(["aws_lb_listener.https"]);
  expect(byDefault("web")).toEqual([]);
});
