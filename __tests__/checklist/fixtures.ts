// lightwave-prod as its file describes it, and as Terraform's JSON: all of its stacks, with edits.
import { Testing } from "cdktf";
import type { Environment } from "../../src/model/environment";
import { isObject, type JsonObject } from "../../src/reachability/terraform-config";
import type { EnvironmentInput } from "../../src/schema/environment";
import { AccountSecurityStack } from "../../src/stacks/account-security";
import { platformConfigs } from "../support/platform-configs";

type Configs = Readonly<Record<string, JsonObject>>;

type Service = EnvironmentInput["services"][string];

/** The service of lightwave-prod. */
export const django: Service = {
  image: "lightwave/django:1.0.0",
  port: 8000,
  cpu: 512,
  memory: 1024,
  autoscaling: { minimum: 2, maximum: 10 },
  connectsTo: ["postgres", "redis"],
  django: { settingsModule: "config.settings.production" },
};

/** What lightwave-prod says, for tests that change a part of it; its state is in S3. */
export const input: EnvironmentInput = {
  name: "lightwave-django-prod",
  region: "us-east-1",
  network: {
    cidr: "10.0.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    natGateways: "per-zone",
  },
  services: { django },
  database: { databaseName: "lightwave", username: "lightwave" },
  cache: {},
  dns: { domain: "api.lightwave-media.ltd" },
  accountSecurity: {},
  state: { backend: "s3", bucket: "lightwave-state", region: "us-east-1" },
};

/** The configurations of all stacks. */
export function allConfigs(environment: Environment): Configs {
  const { accountSecurity } = environment;
  const configs = platformConfigs(environment);
  if (!accountSecurity) {
    return configs;
  }
  const stack = new AccountSecurityStack(Testing.app(), "account-security", { environment, accountSecurity });
  stack.prepareStack();
  return { ...configs, "account-security": JSON.parse(JSON.stringify(stack.toTerraform())) };
}

/** The configurations with arguments of a resource changed, a resource added, or one removed by `undefined`. */
export function withResource(configs: Configs, address: string, body: JsonObject | undefined): Configs {
  const [, stack = "", type = "", name = ""] = /^([\w-]+)\/(\w+)\.([\w-]+)$/.exec(address) ?? [];
  const { [stack]: config = {} } = configs;
  const resources = object(config.resource);
  const { [name]: before, ...others } = object(resources[type]);
  const after = body && { ...object(before), ...body };
  return {
    ...configs,
    [stack]: { ...config, resource: { ...resources, [type]: after ? { ...others, [name]: after } : others } },
  };
}

function object(value: JsonObject[string] | undefined): JsonObject {
  return isObject(value) ? value : {};
}
