// The project as it ships: the samples in src/environments are the five documented systems. For this repository's own CI;
// `npm test` asks nothing of that folder, so that a user may change and remove what is in it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { modelOf } from "../../src/model/model";
import { markdownPage } from "../../src/model/traffic/render-markdown";
import { viewOf } from "../../src/model/traffic/traffic-view";
import { Environments } from "../../src/project/environments";
import { stages } from "../support/stages";
import { systems } from "../support/systems";

const root = join(__dirname, "..", "..");
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const shipped = Environments.ofProject(root);

/** Stages of one platform, beside the documented systems. */
const STAGES = ["shop-production", "shop-staging"];

const SYSTEMS = ["ecs-webapp", "helloapi", "lightwave-prod", "pdf-excel-prod", "realtime-platform"];

it("ships the five documented systems and a pair of stages, and no other", () => {
  expect(shipped.names()).toEqual([...SYSTEMS, ...STAGES].sort());
  expect(systems.names()).toEqual(SYSTEMS);
});

describe.each([...SYSTEMS, ...STAGES])("%s", (name) => {
  it("is in README's list", () => {
    expect(read("README.md")).toContain(`[${name}](src/environments/${name}.ts)`);
  });

  it("is what the tests know by this name", () => {
    expect(shipped.load(name)).toEqual((STAGES.includes(name) ? stages : systems).load(name));
  });

  it("has its page of traffic up to date", () => {
    expect(read("docs", "traffic", `${name}.md`)).toBe(
      markdownPage(name, viewOf(modelOf(shipped.load(name)).traffic)),
    );
  });
});

it("means lightwave-prod where nobody names an environment, in the workflow, too", () => {
  expect(shipped.defaultName()).toBe("lightwave-prod");
  expect(read(".github", "workflows", "deploy.yml")).toContain(
    "environment: ${{ vars.PLATFORM_ENVIRONMENT || 'lightwave-prod' }}",
  );
});
