// Synthesizes an environment of the rows in this process, with what makes an extra member of the tests' own.
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import type { EnvironmentInput } from "../../src/schema/environment";
import { addPlatform } from "../../src/stacks/platform";
import { createApp, type Synthesis, synthesize } from "../../src/terraform/synthesize";
import { defineEnvironment } from "../../src/validation/define-environment";

/** Writes all stacks into a folder. Throws what a synth prints. */
export function synthesizePlatform(input: EnvironmentInput, outdir: string): Synthesis {
  const app = createApp({ outdir });
  const { django, environment } = addPlatform(app, defineEnvironment(input));
  for (const member of Object.keys(environment.extraMembers)) {
    new NetworkInterface(django, member, {
      subnetId: django.network.privateSubnetIds[0] ?? "",
      securityGroups: [django.groups.idOf(member)],
    });
  }
  return synthesize(app, environment.name);
}
