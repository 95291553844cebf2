// What the documents of the five systems say, a row each, held against the synthesized Terraform: each rule with its ends and its
// words, each reason, each name, and what each command names.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack, Testing } from "cdktf";
import type { Environment } from "../../src/model/environment";
import { modelOf } from "../../src/model/model";
import { peerText } from "../../src/model/traffic/peer";
import { portText } from "../../src/model/traffic/port";
import { observedPeerText } from "../../src/reachability/peers";
import { Reachability } from "../../src/reachability/reachability";
import { type Block, blocks } from "../../src/reachability/terraform-config";
import { addPlatform } from "../../src/stacks/platform";
import {
  DOCUMENTED_ALARM,
  DOCUMENTED_COMMANDS,
  DOCUMENTED_NAMES,
  DOCUMENTED_SCRIPTS,
} from "../support/documented-names";
import { DOCUMENTED_REASONS, DOCUMENTED_RULES, type DocumentedRule } from "../support/documented-rules";
import { parseJsonencode } from "../support/jsonencode";
import { platformConfigs } from "../support/platform-configs";
import { systems } from "../support/systems";

const ALONE = ", alone in its account";

/** The resources of each documented system, and of one that has the trail of its account. */
const resources = new Map<string, Block[]>();

function resourcesOf(name: string): Block[] {
  const known = resources.get(name) ?? synthesize(name);
  resources.set(name, known);
  return known;
}

function synthesize(name: string): Block[] {
  const system = systems.load(name.replace(ALONE, ""));
  const environment: Environment = name.endsWith(ALONE)
    ? { ...system, accountSecurity: systems.load("lightwave-prod").accountSecurity }
    : system;
  const app = Testing.app();
  addPlatform(app, environment);
  const stacks = app.node.children.filter((child) => TerraformStack.isStack(child));
  return stacks.flatMap((stack) => {
    stack.prepareStack();
    const found = blocks({ [stack.node.id]: JSON.parse(JSON.stringify(stack.toTerraform())) });
    return found.filter(({ mode }) => mode === "resource");
  });
}

/** The values of an argument, such as `health_check.path`, in all resources of a type. */
function valuesOf(name: string, type: string, argument: string): unknown[] {
  return resourcesOf(name)
    .filter((block) => block.type === type)
    .flatMap(({ body }) =>
      argument
        .split(".")
        .reduce<unknown[]>((values, key) => values.flatMap((value) => within(value, key)), [body]),
    );
}

function within(value: unknown, key: string): unknown[] {
  const inner: unknown = Reflect.get(Object(value), key);
  const read =
    typeof inner === "string" && inner.startsWith("${jsonencode(") ? parseJsonencode(inner) : inner;
  return Array.isArray(read) ? read : [read];
}

it.each(Object.entries(DOCUMENTED_RULES))(
  "%s has exactly the documented rules, in their words",
  (name, documented) => {
    const { rules } = new Reachability(platformConfigs(systems.load(name)));
    const found = rules.map(({ group, direction, port, peer, description }): DocumentedRule => {
      const all = port.protocol === "all";
      const end = observedPeerText(peer).replace(/^internet$/, "0.0.0.0/0");
      return [group, direction, all ? "-1" : "tcp", all ? undefined : port.from, end, description];
    });
    expect(found).toHaveLength(documented.length);
    expect(found).toEqual(expect.arrayContaining([...documented]));
  },
);

it.each(Object.entries(DOCUMENTED_REASONS))(
  "%s gives the documented reasons, and no others",
  (name, documented) => {
    const reasons = modelOf(systems.load(name)).traffic.flows.flatMap(
      ({ source, destination, port, reason }) =>
        reason === undefined ? [] : [[peerText(source), peerText(destination), portText(port), reason]],
    );
    expect(reasons).toEqual(documented);
  },
);

it.each(DOCUMENTED_NAMES)("%s: %s has the documented %s %s", (name, type, argument, value) => {
  expect(valuesOf(name, type, argument)).toContain(value);
});

it.each(DOCUMENTED_COMMANDS)(
  "%s: %s %s names something that is there",
  (name, _command, value, type, argument) => {
    const found = valuesOf(name, type, argument).map(String);
    const named = value.endsWith("*")
      ? found.filter((one) => one.startsWith(value.slice(0, -1)))
      : found.filter((one) => one === value);
    expect(named).not.toEqual([]);
  },
);

it.each(DOCUMENTED_SCRIPTS)("%s has its row in docs/from-shell-scripts.md", (script) => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "from-shell-scripts.md"), "utf8");
  expect(page.split("\n").filter((line) => line.startsWith("| `") && line.includes(script))).not.toEqual([]);
});

it("helloapi's alarm of failed log-ins fires as documented", () => {
  const alarms = resourcesOf("helloapi").filter(({ type }) => type === "aws_cloudwatch_metric_alarm");
  expect(alarms.map(({ body }) => body)).toContainEqual(expect.objectContaining(DOCUMENTED_ALARM));
});
