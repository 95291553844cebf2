// The smallest platform with something of everything that consumers of the output meet: a load balancer with its bucket, an
// endpoint, a data store, and rules in both stacks.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "../../../src/model/environment";
import type { EnvironmentInput } from "../../../src/schema/environment";
import { defineEnvironment } from "../../../src/validation/define-environment";
import type { Workspace } from "./workspace";

/** Under the names of the pages, which are those of lightwave-prod. */
export const SMALL = {
  name: "lightwave-django-prod",
  region: "us-east-1",
  production: false,
  deletionProtection: false,
  network: { cidr: "10.51.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "none" },
  services: {
    django: { image: "lightwave/django:1.0.0", cpu: 256, memory: 512, port: 8000 },
    worker: { image: "lightwave/django:1.0.0", cpu: 256, memory: 512, connectsTo: ["redis"] },
  },
  cache: {},
  policies: {
    suppress: [
      { policy: "http-redirects", resource: "django/aws_lb_listener.http", reason: "There is no domain." },
    ],
  },
};

/** It as it is checked. @param more what its file says besides, where it has a value */
export function smallPlatform(more: object = {}): Environment {
  const input: EnvironmentInput = JSON.parse(JSON.stringify({ ...SMALL, ...more }));
  return defineEnvironment(input);
}

/** Puts it in the place of lightwave-prod in a workspace. @param more what its file says besides */
export async function describeSmallPlatform(workspace: Workspace, more: object = {}): Promise<void> {
  await writeFile(
    join(workspace.folder, "dist", "src", "environments", "lightwave-prod.js"),
    `exports.default = require("../validation/define-environment").defineEnvironment(${JSON.stringify({ ...SMALL, ...more })});`,
  );
}
