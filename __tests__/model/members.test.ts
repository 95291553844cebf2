// Members of the platform: what each knows of itself, and what is refused.
import { Members } from "../../src/model/members";
import { modelOf } from "../../src/model/model";
import { nameOfQueue, namesOfService } from "../../src/model/names/resolved";
import { Port } from "../../src/model/traffic/port";
import { ruleId } from "../../src/model/traffic/rules";
import { defineEnvironment } from "../../src/validation/define-environment";
import { allOptions } from "../support/all-options";
import { systems } from "../support/systems";

const lightwave = systems.load("lightwave-prod");

it("know their words, ports, subnets and groups", () => {
  const facts = modelOf(lightwave).members.all.map(({ key, kind, label, ports, tier, groupName }) => [
    key,
    kind,
    label,
    ports.map(({ from }) => from),
    tier,
    groupName,
  ]);
  expect(facts).toEqual([
    ["alb", "load-balancer", "ALB", [80, 443], "public", "lightwave-django-prod-alb-sg"],
    ["django", "service", "Django", [8000], "private", "lightwave-django-prod-ecs-sg"],
    ["postgres", "database", "PostgreSQL", [5432], "data", "lightwave-django-prod-postgres-sg"],
    ["redis", "cache", "Redis", [6379], "data", "lightwave-django-prod-redis-sg"],
  ]);
  expect(modelOf(allOptions).members.get("endpoints")).toMatchObject({
    kind: "endpoints",
    label: "AWS APIs",
    ports: [Port.tcp(443)],
    tier: "private",
    holdsData: false,
  });
});

it("answer on both ports while a service's port changes, and the load balancer may connect to both", () => {
  const environment = defineEnvironment({
    name: "shop",
    region: "eu-west-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    services: { web: { image: "a/b:1", port: 8001, formerPort: 8000, cpu: 256, memory: 512 } },
  });
  const { members, traffic } = modelOf(environment);
  expect(members.get("web").ports).toEqual([Port.tcp(8001), Port.tcp(8000)]);
  const between = traffic.rules().filter(({ holder }) => holder === "security-group-rules");
  expect(between.map(ruleId).sort()).toEqual([
    "alb-to-web-8000-tcp",
    "alb-to-web-8001-tcp",
    "web-from-alb-8000-tcp",
    "web-from-alb-8001-tcp",
  ]);
});

it("also admits the load balancer's health checks, where they have a port of their own, and nobody else there", () => {
  const web = {
    image: "a/b:1",
    cpu: 256,
    memory: 512,
    port: 8000,
    targetHealthCheck: { port: 8001 },
  } as const;
  const environment = defineEnvironment({
    name: "shop",
    region: "eu-west-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    services: { web },
  });
  const { members, traffic } = modelOf(environment);
  expect(members.get("web").ports).toEqual([Port.tcp(8000), Port.tcp(8001)]);
  const between = traffic.rules().filter(({ holder }) => holder === "security-group-rules");
  expect(between.map(ruleId).sort()).toEqual([
    "alb-to-web-8000-tcp",
    "alb-to-web-8001-tcp",
    "web-from-alb-8000-tcp",
    "web-from-alb-8001-tcp",
  ]);
});

it("are told apart by what they do, not by what they are called", () => {
  const { members } = modelOf(lightwave);
  const those = (fact: "holdsData" | "isEntrance" | "replicates") =>
    members.all.filter((member) => member[fact]).map(({ key }) => key);
  expect(those("isEntrance")).toEqual(["alb"]);
  expect(those("holdsData")).toEqual(["postgres", "redis"]);
  expect(those("replicates")).toEqual(["redis"]);
});

it("of one key are refused", () => {
  const [one, ...others] = modelOf(lightwave).members.all;
  expect(() => new Members(one ? [one, ...others, one] : [])).toThrow(
    'Two members of the platform have the key "alb": choose another for one of them.',
  );
});

it("that do not exist are an error that names those that do", () => {
  expect(() => modelOf(lightwave).members.get("nginx")).toThrow(
    'The platform has no member "nginx"; it has alb, django, postgres, redis.',
  );
});

it("names that do not exist are an error, and never made up", () => {
  expect(() => namesOfService(lightwave.names, "nginx")).toThrow(
    'The environment has no service "nginx"; it has django.',
  );
  expect(() => nameOfQueue(lightwave.names, "jobs")).toThrow(
    'The environment has no queue "jobs"; it has none.',
  );
  expect(() => namesOfService(lightwave.names, "constructor")).toThrow(/no service "constructor"/);
});
