// For `npm run bench`: synthesizes a platform of so many services into a folder, and prints the milliseconds that took.
import { addPlatform } from "../src/stacks/platform";
import { createApp, synthesize } from "../src/terraform/synthesize";
import { defineEnvironment } from "../src/validation/define-environment";

const [, , count = "1", outdir = "cdktf.out"] = process.argv;
const service = {
  image: "bench/worker:1",
  cpu: 256,
  memory: 512,
  connectsTo: ["postgres", "redis"],
} as const;
const names = Array.from({ length: Number(count) }, (_, index) => `worker-${index}`);

const started = performance.now();
const environment = defineEnvironment({
  name: "bench",
  region: "eu-west-1",
  services: Object.fromEntries(names.map((name) => [name, service])),
  database: {},
  cache: {},
  // A large network, and AWS's limits raised: what is measured is time.
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  quotas: { rulesPerSecurityGroup: 1000 },
});
const app = createApp({ outdir });
addPlatform(app, environment);
synthesize(app, environment.name);
console.log(performance.now() - started);
