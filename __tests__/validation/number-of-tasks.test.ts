// How many tasks a service may have, and while they are replaced: what is refused, all of it at once, and what follows.
import { deploymentOf, mostTasksInDeployment } from "../../src/model/services";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { problemsIn } from "../support/problems";

type ServiceInput = EnvironmentInput["services"][string];

const environment = (beat: Partial<ServiceInput>): EnvironmentInput => ({
  name: "shop",
  region: "us-east-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
  services: { beat: { image: "shop/web:1", cpu: 256, memory: 512, ...beat } },
});

function service(beat: Partial<ServiceInput>) {
  const { beat: defined } = defineEnvironment(environment(beat)).services;
  if (!defined) {
    throw new Error("The environment lost its service.");
  }
  return defined;
}

function problemsOf(beat: object): readonly string[] {
  return problemsIn(environment(beat)).map(({ path, value, remedy }) => `${path}: ${value} ${remedy}`);
}

describe("a singleton", () => {
  it("is one task, and none or one while it is replaced", () => {
    const beat = service({ singleton: true });
    expect(beat.desiredCount).toBe(1);
    expect(deploymentOf(beat)).toEqual({ minimumHealthyPercent: 0, maximumPercent: 100 });
    expect(mostTasksInDeployment(beat)).toBe(1);
  });

  it("may be parked, or behind the load balancer", () => {
    expect(service({ singleton: true, desiredCount: 0 }).desiredCount).toBe(0);
    expect(problemsOf({ singleton: true, port: 8000 })).toEqual([]);
  });

  it("has neither a second task, nor autoscaling, nor percentages of its own, which is said at once", () => {
    expect(
      problemsOf({
        singleton: true,
        desiredCount: 2,
        autoscaling: { minimum: 2, maximum: 4 },
        deployment: { minimumHealthyPercent: 50 },
      }),
    ).toEqual([
      "services.beat.desiredCount: 2 Give 1, or 0 to park it: a singleton is one task at most.",
      'services.beat.autoscaling: {"minimum":2,"maximum":4} Remove it: a singleton is one task at most.',
      'services.beat.deployment: {"minimumHealthyPercent":50} Remove it: the task of a singleton always stops before the ' +
        "next one starts (0 to 100 percent).",
    ]);
  });

  it("is not told of a number of tasks that only autoscaling says", () => {
    expect(problemsOf({ singleton: true, autoscaling: { minimum: 2, maximum: 4 } })).toEqual([
      'services.beat.autoscaling: {"minimum":2,"maximum":4} Remove it: a singleton is one task at most.',
    ]);
  });
});

describe("a deployment", () => {
  it("starts new tasks first where nothing is said", () => {
    const web = service({ desiredCount: 3 });
    expect(deploymentOf(web)).toEqual({ minimumHealthyPercent: 100, maximumPercent: 200 });
    expect(mostTasksInDeployment(web)).toBe(6);
  });

  it("has no more tasks than it may: ECS rounds down", () => {
    const deployment = { maximumPercent: 150 };
    expect(mostTasksInDeployment(service({ desiredCount: 3, deployment }))).toBe(4);
    const autoscaling = { minimum: 2, maximum: 5 };
    expect(mostTasksInDeployment(service({ autoscaling, deployment }))).toBe(7);
  });

  it.each<[string, object]>([
    ["four tasks by one", { desiredCount: 4, deployment: { maximumPercent: 125 } }],
    [
      "one task that stops first",
      { desiredCount: 1, deployment: { minimumHealthyPercent: 0, maximumPercent: 100 } },
    ],
    ["half of two", { deployment: { minimumHealthyPercent: 50, maximumPercent: 100 } }],
    ["parked", { desiredCount: 0, deployment: { maximumPercent: 150 } }],
    ["hundreds", { autoscaling: { minimum: 100, maximum: 5000 }, deployment: { maximumPercent: 101 } }],
  ])("may replace %s", (_, input) => {
    expect(problemsOf(input)).toEqual([]);
  });

  it.each<[string, object, string]>([
    [
      "one of one at a half",
      { desiredCount: 1, deployment: { minimumHealthyPercent: 50, maximumPercent: 150 } },
      "of 1 task, 1 may run and 1 must",
    ],
    ["all of two", { deployment: { maximumPercent: 100 } }, "of 2 tasks, 2 may run and 2 must"],
    [
      "a third of autoscaling's fewest",
      { autoscaling: { minimum: 3, maximum: 9 }, deployment: { maximumPercent: 130 } },
      "of 3 tasks, 3 may run and 3 must",
    ],
    [
      "the number in between",
      {
        autoscaling: { minimum: 1, maximum: 9 },
        deployment: { minimumHealthyPercent: 60, maximumPercent: 100 },
      },
      "of 1 task, 1 may run and 1 must",
    ],
  ])("is refused where it could move nothing: %s", (_, input, counts) => {
    expect(problemsOf(input)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^services\\.beat\\.deployment: .*${counts}, so a deployment could neither start one nor stop one\\.$`,
        ),
      ),
    ]);
  });

  it("is told of everything at once, whatever stands there", () => {
    expect(problemsOf({ deployment: { minimumHealthyPercent: -1, maximumPercent: 1001 } })).toEqual([
      "services.beat.deployment.minimumHealthyPercent: -1 Give a whole number of percent from 0 to 100.",
      "services.beat.deployment.maximumPercent: 1001 Give a whole number of percent from 100 to 1000.",
    ]);
    for (const value of [null, "fast", 7, []]) {
      expect(problemsOf({ deployment: value, autoscaling: { minimum: 1, maximum: 1e12 } })).toContainEqual(
        expect.stringMatching(/^services\.beat\.deployment: /),
      );
    }
  });
});
