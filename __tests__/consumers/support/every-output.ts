// What a consumer may be handed: every stack of the five systems, of one with every option, and of both flavours, in both formats.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../../src/model/environment";
import { addPlatform } from "../../../src/stacks/platform";
import { createApp, synthesize } from "../../../src/terraform/synthesize";
import { allOptions } from "../../support/all-options";
import { childOf } from "../../support/child-module";
import { systems } from "../../support/systems";

const SYSTEMS = ["lightwave-prod", "realtime-platform", "pdf-excel-prod", "ecs-webapp", "helloapi"];

/**
 * @param more further environments, by what they are
 * @returns the folders of all stacks, by what they are: `helloapi/hcl/django`
 */
export function writeEveryOutput(
  folder: string,
  more: Readonly<Record<string, Environment>> = {},
): ReadonlyMap<string, string> {
  const environments: readonly (readonly [string, Environment])[] = [
    ...SYSTEMS.map((name) => [name, systems.load(name)] as const),
    ["all-options", allOptions],
    ["lightwave-prod as modules", childOf(systems.load("lightwave-prod"))],
    ["all-options as modules", childOf(allOptions)],
    ...Object.entries(more),
  ];
  return new Map(
    environments.flatMap(([name, environment]) =>
      ["json", "hcl"].flatMap((format) => write(join(folder, name), name, environment, format)),
    ),
  );
}

function write(folder: string, name: string, environment: Environment, format: string): [string, string][] {
  const outdir = join(folder, format);
  const app = createApp({ outdir, hcl: format === "hcl" });
  addPlatform(app, environment);
  synthesize(app, environment.name);
  return readdirSync(join(outdir, "stacks")).map((stack) => [
    `${name}/${format}/${stack}`,
    join(outdir, "stacks", stack),
  ]);
}
