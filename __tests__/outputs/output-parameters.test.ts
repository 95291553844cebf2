// Outputs in Parameter Store: one parameter for each, or for each key, with the type that a value asks for.
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { TerraformOutput, Testing } from "cdktf";
import { OutputParameters } from "../../src/outputs/output-parameters";
import { addPlatform } from "../../src/stacks/platform";
import { allOptions } from "../support/all-options";
import { synthScope } from "../support/synth-scope";
import { resources, type Synthesized } from "../support/synthesized";

Testing.setupJest();

describe("OutputParameters", () => {
  const synth = synthScope((scope) => {
    new OutputParameters(scope, "parameters", {
      path: "/platforms/shop",
      outputs: [
        { name: "url", description: "Where it is", value: "https://shop.example.com" },
        { name: "database_port", description: "Port", value: 5432 },
        { name: "subnet_ids", description: "Subnets", value: ["subnet-1", "subnet-2"] },
        {
          name: "queue_urls",
          description: "Queues",
          value: { jobs: "https://sqs/jobs", mail: "https://sqs/mail" },
        },
        { name: "tables", description: "Tables", value: { public: ["rtb-1", "rtb-2"] } },
        { name: "services", description: "Services", value: { web: { name: "shop-web", log: "/ecs/web" } } },
      ],
    });
  });
  const parameters = Object.fromEntries(
    Object.values<Record<string, unknown>>(JSON.parse(synth).resource.aws_ssm_parameter).map(
      ({ name, type, tier, insecure_value }) => [name, [type, insecure_value, tier]],
    ),
  );

  it("has a text for a text and a number, a list for a list, one of each key, and JSON for the rest", () => {
    expect(parameters).toEqual({
      "/platforms/shop/url": ["String", "https://shop.example.com", undefined],
      "/platforms/shop/database_port": ["String", "5432", undefined],
      "/platforms/shop/subnet_ids": ["StringList", "subnet-1,subnet-2", undefined],
      "/platforms/shop/queue_urls/jobs": ["String", "https://sqs/jobs", undefined],
      "/platforms/shop/queue_urls/mail": ["String", "https://sqs/mail", undefined],
      "/platforms/shop/tables/public": ["StringList", "rtb-1,rtb-2", undefined],
      "/platforms/shop/services/web": [
        "String",
        expect.stringMatching(/^\$\{jsonencode\(\{"name" = "shop-web", "log" = "\/ecs\/web"\}\)\}$/),
        "Intelligent-Tiering",
      ],
    });
  });

  it("says what each is, in its description and its tags", () => {
    expect(synth).toHaveResourceWithProperties(SsmParameter, {
      name: "/platforms/shop/queue_urls/jobs",
      description: "Queues",
      tags: { Name: "/platforms/shop/queue_urls/jobs" },
    });
  });
});

describe("the platform with every option", () => {
  const app = Testing.app();
  const { django } = addPlatform(app, allOptions);
  django.prepareStack();
  const config: Synthesized = JSON.parse(JSON.stringify(django.toTerraform()));
  const published = resources(config, "aws_ssm_parameter").map(([, { name }]) => String(name));

  it("publishes each of its outputs, and nothing else", () => {
    const outputs = django.node.findAll().filter((one) => one instanceof TerraformOutput);
    const names = published.map((name) => name.split("/")[3]);
    expect([...new Set(names)].sort()).toEqual(outputs.map(({ node }) => node.id).sort());
  });

  it("has names that Parameter Store takes", () => {
    expect(published.length).toBeGreaterThan(70);
    expect(
      published.filter((name) => !/^\/platforms\/all-options(\/[a-zA-Z0-9_.-]+){1,2}$/.test(name)),
    ).toEqual([]);
    expect(new Set(published).size).toBe(published.length);
  });
});

it("publishes nothing where nobody asks for it", () => {
  const { outputs: _, ...without } = allOptions;
  const { django } = addPlatform(Testing.app(), without);
  expect(django.node.findAll().filter((one) => one instanceof SsmParameter)).toEqual([]);
});
