// What an environment says of its pipeline, and everything that is wrong with it.
import { githubSubjects } from "../../src/model/github-subjects";
import { defineEnvironment } from "../../src/validation/define-environment";
import { problemsIn } from "../support/problems";

const valid = {
  name: "shop",
  region: "eu-west-1",
  account: "111122223333",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: { job: { image: "shop/job:1.0.0", cpu: 256, memory: 512 } },
  state: { backend: "s3", bucket: "states", region: "eu-west-1" },
};

const problemsOf = (input: object) => problemsIn({ ...valid, ...input });

const github = { repository: "acme/shop" };

describe("ci", () => {
  it("fills in who may plan, and that the provider is made", () => {
    const { ci } = defineEnvironment({
      ...valid,
      services: { job: { image: "shop/job:1.0.0", cpu: 256, memory: 512 } },
      state: { backend: "s3", bucket: "states", region: "eu-west-1" },
      ci: { github },
    });
    expect(ci).toEqual({
      github: { ...github, planFrom: ["pull-requests", "branches"] },
      createProvider: true,
      own: { stacks: [], resources: [], roles: [] },
    });
    expect(ci && githubSubjects(ci, "shop")).toEqual({
      plan: ["repo:acme/shop:pull_request", "repo:acme/shop:ref:refs/heads/*"],
      deploy: ["repo:acme/shop:environment:shop"],
    });
  });

  it.each(["acme/shop", "a/b", "acme-2/shop.web_x", "acme@123/shop@456"])(
    "takes the repository %s",
    (repository) => {
      expect(problemsOf({ ci: { github: { repository } } })).toEqual([]);
    },
  );

  it.each<[input: object, path: string, remedy: RegExp]>([
    [{ ci: {} }, "ci.github", /an object/],
    [{ ci: { github: { repository: "shop" } } }, "ci.github.repository", /owner\/name/],
    [{ ci: { github: { repository: "acme/*" } } }, "ci.github.repository", /owner\/name/],
    [{ ci: { github: { repository: "*" } } }, "ci.github.repository", /owner\/name/],
    [{ ci: { github: { repository: "acme/shop:ref" } } }, "ci.github.repository", /owner\/name/],
    [{ ci: { github: { repository: "acme@1/shop" } } }, "ci.github.repository", /both numbers/],
    [{ ci: { github: { ...github, deployFrom: "main" } } }, "ci.github.deployFrom", /\{ branch: "main" \}/],
    [
      { ci: { github: { ...github, deployFrom: { branch: "*" } } } },
      "ci.github.deployFrom.branch",
      /without wildcards/,
    ],
    [
      { ci: { github: { ...github, deployFrom: { environment: "a:b" } } } },
      "ci.github.deployFrom.environment",
      /letters, digits/,
    ],
    [
      { ci: { github: { ...github, deployFrom: { branch: "main", environment: "live" } } } },
      "ci.github.deployFrom",
      /\{ environment: "production" \} or/,
    ],
    [
      { ci: { github: { ...github, planFrom: [] } } },
      "ci.github.planFrom",
      /"pull-requests", "branches" or both/,
    ],
    [
      { ci: { github: { ...github, planFrom: ["tags"] } } },
      "ci.github.planFrom[0]",
      /"pull-requests" or "branches"/,
    ],
    [{ ci: { github: { ...github, planFrom: ["branches", "branches"] } } }, "ci.github.planFrom", /once/],
    [{ ci: { github, createProvider: "yes" } }, "ci.createProvider", /^Give true or false here\.$/],
    [{ ci: { github }, account: undefined }, "account", /Name the account/],
    [{ ci: { github }, tags: { Environment: "production" } }, "tags.Environment", /to be "shop"/],
    [{ ci: { github }, state: { backend: "local" } }, "state.backend", /"s3"/],
    [{ ci: { github }, state: undefined }, "state.backend", /keep no files/],
  ])("refuses %j", (input, path, remedy) => {
    const problems = problemsOf(input);
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]?.remedy).toMatch(remedy);
  });

  it("says both what it lacks and what is wrong elsewhere", () => {
    const problems = problemsOf({ ci: { github }, account: undefined, state: undefined, region: "europe" });
    expect(problems.map(({ path }) => path).sort()).toEqual(["account", "region", "state.backend"]);
  });

  it.each([
    { ci: { github }, tags: { Environment: "shop", Owner: "web" } },
    { tags: { Environment: "production" } },
  ])("takes the tags of %j", (input) => {
    expect(problemsOf(input)).toEqual([]);
  });

  it("takes no state at all, for those who bring their own backend", () => {
    expect(problemsOf({ ci: { github }, state: { backend: "none" } })).toEqual([]);
  });
});
