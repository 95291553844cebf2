// Keys whose resources would get one address in Terraform are refused; in what is valid, every address is unique.
import { Testing } from "cdktf";
import fc from "fast-check";
import type { EnvironmentInput } from "../../src/schema/environment";
import { addPlatform } from "../../src/stacks/platform";
import { addressOf, elementsOf } from "../../src/terraform/addresses";
import { BaseStack } from "../../src/terraform/base-stack";
import { defineEnvironment } from "../../src/validation/define-environment";
import { arbitraryEnvironment } from "../support/arbitrary-environment";

const task = { image: "shop/web:1.0.0", cpu: 256, memory: 512 } as const;
const generated = { generate: { length: 40 } };

const base: EnvironmentInput = {
  name: "shop",
  region: "us-east-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "single" },
  services: { api: task },
};

/** What is refused: in words, by which change of the environment above, and what is said. */
const REFUSED: [string, Partial<EnvironmentInput>, string[]][] = [
  [
    "a service beside another one's command, where its task definitions have a name of their own",
    {
      services: { web: { ...task, oneOffCommands: { migrate: ["migrate"] } }, "web-migrate": task },
      names: { services: { web: { taskDefinition: "www" } } },
    },
    [
      'services.web-migrate: "web-migrate" Choose another key: in Terraform, the task definition of "web-migrate" would ' +
        'be called "web_migrate", as the command "migrate" of "web" is.',
    ],
  ],
  [
    "a queue beside another one's dead-letter queue",
    { queues: { jobs: {}, "jobs-dead-letters": {} } },
    [
      'queues.jobs-dead-letters: "jobs-dead-letters" Choose another key: in Terraform, the queue "jobs-dead-letters" ' +
        'would be called "jobs_dead_letters", as the dead-letter queue of "jobs" is.',
    ],
  ],
  [
    "variables of two services, and of one",
    {
      services: {
        web: { ...task, secrets: { API_KEY: generated, S3KEY: generated, S3_KEY: generated } },
        "web-api": { ...task, secrets: { KEY: generated } },
      },
    },
    [
      'services.web.secrets.S3_KEY: "S3_KEY" Choose another key: in Terraform, S3_KEY of "web" would be called ' +
        '"web_s3_key", as S3KEY of "web" is.',
      'services.web-api.secrets.KEY: "KEY" Choose another key: in Terraform, KEY of "web-api" would be called ' +
        '"web_api_key", as API_KEY of "web" is.',
    ],
  ],
  [
    "a variable beside Django's SECRET_KEY",
    { services: { web: { ...task, django: {} }, secret: { ...task, secrets: { KEY: generated } } } },
    [
      'services.secret.secrets.KEY: "KEY" Choose another key: in Terraform, KEY of "secret" would be called ' +
        '"secret_key", as Django\'s SECRET_KEY is.',
    ],
  ],
  [
    "a variable beside Django's former SECRET_KEY",
    { services: { web: { ...task, django: {} }, secret: { ...task, secrets: { KEY_PREVIOUS: generated } } } },
    [
      'services.secret.secrets.KEY_PREVIOUS: "KEY_PREVIOUS" Choose another key: in Terraform, KEY_PREVIOUS of "secret" would ' +
        'be called "secret_key_previous", as Django\'s former SECRET_KEY is.',
    ],
  ],
  [
    "a service's alarm beside the load balancer's",
    { services: { "alb-server": { ...task, port: 8000 } }, monitoring: { emails: ["on-call@example.com"] } },
    [
      'services.alb-server: "alb-server" Choose another key: in Terraform, the alarm on what "alb-server" logs would be ' +
        'called "alb_server_errors", as the load balancer\'s alarm on errors is.',
    ],
  ],
];

it.each(REFUSED)("refuses %s", (_, change, sentences) => {
  let message = "";
  try {
    defineEnvironment({ ...base, ...change });
  } catch (error) {
    message = String(error);
  }
  for (const sentence of sentences) expect(message.replaceAll(/\s+/g, " ")).toContain(sentence);
});

/** Keys of which some belong together, so that what is put together of them may meet. */
const KEYS = ["web", "web-api", "web-migrate", "secret", "alb-server", "web--api"] as const;

const nasty = fc
  .record({
    environment: arbitraryEnvironment,
    keys: fc.shuffledSubarray([...KEYS], { minLength: 2 }),
    variables: fc.shuffledSubarray(["KEY", "API_KEY", "_API_KEY", "S3KEY", "S3_KEY"]),
    commands: fc.shuffledSubarray(["migrate", "api-migrate", "api"]),
    queues: fc.shuffledSubarray(["jobs", "jobs-dead-letters", "jobs-dlq"]),
    django: fc.boolean(),
  })
  .map(
    ({ environment, keys, variables, commands, queues, django }): EnvironmentInput => ({
      ...environment,
      extraFlows: [],
      services: Object.fromEntries(
        keys.map((key, index) => [
          key,
          {
            ...task,
            ...(index === 0 && { port: 8000 }),
            ...(django && index === 0 && { django: {} }),
            secrets: Object.fromEntries(variables.map((variable) => [variable, generated])),
            ...(index === 0 && { oneOffCommands: Object.fromEntries(commands.map((one) => [one, ["run"]])) }),
          },
        ]),
      ),
      queues: Object.fromEntries(queues.map((queue) => [queue, {}])),
      monitoring: { emails: ["on-call@example.com"] },
    }),
  );

/** Rules between groups keep their hyphens. */
const RULE = /^aws_vpc_security_group_(ingress|egress)_rule\.[a-z][a-z0-9-]*$/;
const SNAKE_CASE = /^([a-z][a-z0-9_]*\.)+[a-z][a-z0-9_]*$/;

it("gives every resource of whatever is valid an address of its own, in snake_case", () => {
  let valid = 0;
  fc.assert(
    fc.property(fc.oneof(arbitraryEnvironment, nasty), (input) => {
      let environment: ReturnType<typeof defineEnvironment>;
      try {
        environment = defineEnvironment(input);
      } catch {
        return;
      }
      valid++;
      const app = Testing.app();
      addPlatform(app, environment);
      for (const stack of app.node.children.filter((child) => child instanceof BaseStack)) {
        const addresses = elementsOf(stack)
          .map(addressOf)
          .filter((address) => address !== undefined);
        expect(addresses.length).toBe(new Set(addresses).size);
        expect(addresses.filter((address) => !SNAKE_CASE.test(address) && !RULE.test(address))).toEqual([]);
      }
    }),
    // Chance seldom finds the one pair of keys that meets: each that is known is tried, and would fail if it were not refused.
    { numRuns: 35, examples: REFUSED.map(([, change]) => [{ ...base, ...change }]) },
  );
  expect(valid).toBeGreaterThan(8);
});
