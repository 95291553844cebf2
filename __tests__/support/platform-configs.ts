// The stacks of an environment as Terraform's JSON, the way they are written to disk.

import { Testing } from "cdktf";
import { invokeAspects } from "cdktf/lib/synthesize/synthesizer";
import type { Environment } from "../../src/model/environment";
import { modelOf } from "../../src/model/model";
import type { JsonObject } from "../../src/reachability/terraform-config";
import { DjangoStack } from "../../src/stacks/django";
import { addPlatform } from "../../src/stacks/platform";
import { SecurityGroupRulesStack } from "../../src/stacks/security-group-rules";
import { BaseStack } from "../../src/terraform/base-stack";

const synthesized = new WeakMap<Environment, Record<string, JsonObject>>();

/** The two stacks of the platform by their ids, as plain JSON. A test that changes them makes a copy first. */
export function platformConfigs(environment: Environment): Readonly<Record<string, JsonObject>> {
  const configs = synthesized.get(environment) ?? synthesize(environment);
  synthesized.set(environment, configs);
  return configs;
}

function synthesize(environment: Environment): Record<string, JsonObject> {
  const app = Testing.app();
  const stacks = [
    new DjangoStack(app, "django", { model: modelOf(environment) }),
    new SecurityGroupRulesStack(app, "security-group-rules", { model: modelOf(environment) }),
  ];
  return Object.fromEntries(
    stacks.map((stack): [string, JsonObject] => {
      stack.prepareStack();
      return [stack.node.id, JSON.parse(JSON.stringify(stack.toTerraform()))];
    }),
  );
}

/** All stacks of an environment by their ids, in the order in which they are deployed. */
export function allConfigs(environment: Environment): Record<string, JsonObject> {
  const app = Testing.app();
  addPlatform(app, environment);
  return Object.fromEntries(
    app.node
      .findAll()
      .filter(BaseStack.isStack)
      .map((stack): [string, JsonObject] => {
        stack.prepareStack();
        invokeAspects(stack);
        return [stack.node.id, JSON.parse(JSON.stringify(stack.toTerraform()))];
      }),
  );
}
