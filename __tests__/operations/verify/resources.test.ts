// Whether a resource counts as up.
import { modelOf } from "../../../src/model/model";
import type { LiveResources } from "../../../src/operations/live/resources";
import { judgeResources } from "../../../src/operations/verify/resources";
import { defineEnvironment } from "../../../src/validation/define-environment";
import { environment } from "./fixtures";

const up: LiveResources = {
  loadBalancer: { State: { Code: "active" } },
  services: new Map([["django", { desiredCount: 2, runningCount: 2, deployments: [{}] }]]),
  database: { DBInstanceStatus: "available" },
  cache: { group: { Status: "available" }, members: [{ CacheClusterStatus: "available" }] },
  fileSystems: new Map(),
  endpoints: [],
};
const django = (service: { desiredCount: number; runningCount: number }) =>
  new Map([["django", { ...service, deployments: [{}] }]]);

function judge(changed: Partial<LiveResources>, of = environment) {
  return judgeResources(modelOf(of), { ...up, ...changed })
    .filter(({ status }) => status === "fail")
    .map(({ id, detail }) => [id, detail]);
}

describe("resources", () => {
  it("pass when all are up", () => {
    expect(judge({})).toEqual([]);
    expect(judgeResources(modelOf(environment), up).map(({ id, title }) => [id, title])).toEqual([
      ["resource:alb", "The load balancer lightwave-django-prod is up"],
      ["resource:django", "The ECS service lightwave-django-prod is up"],
      ["resource:postgres", "The database lightwave-django-prod is up"],
      ["resource:redis", "The cache lightwave-django-prod is up"],
    ]);
  });

  it("fail where they are absent or not up", () => {
    expect(
      judge({ services: new Map(), loadBalancer: undefined, database: undefined, cache: undefined }),
    ).toEqual([
      ["resource:alb", "not deployed"],
      ["resource:django", "not deployed"],
      ["resource:postgres", "not deployed"],
      ["resource:redis", "not deployed"],
    ]);
    expect(judge({ database: { DBInstanceStatus: "stopped" } })).toEqual([["resource:postgres", "stopped"]]);
    expect(judge({ services: django({ desiredCount: 2, runningCount: 1 }) })).toEqual([
      ["resource:django", "1 of 2 tasks running"],
    ]);
  });

  it("fail where a service is scaled to 0, unless the environment says so", () => {
    const services = django({ desiredCount: 0, runningCount: 0 });
    expect(judge({ services })).toEqual([["resource:django", "scaled to 0: nothing runs"]]);
    const [service] = Object.values(environment.services);
    const resting = { ...environment, services: service ? { django: { ...service, desiredCount: 0 } } : {} };
    expect(judge({ services }, resting)).toEqual([]);
  });

  it("say that a service is parked which its schedule stops at times", () => {
    const [service] = Object.values(environment.services);
    const { django: clocked } = defineEnvironment({
      name: "shop",
      region: "us-east-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
      services: {
        django: {
          image: "shop/web:1",
          cpu: 256,
          memory: 512,
          autoscaling: {
            minimum: 1,
            maximum: 1,
            schedule: {
              night: { time: "19:00", minimum: 0, maximum: 0 },
              day: { time: "07:00", minimum: 1, maximum: 1 },
            },
          },
        },
      },
    }).services;
    const parked = {
      ...environment,
      services: service && clocked ? { django: { ...service, autoscaling: clocked.autoscaling } } : {},
    };
    const none = django({ desiredCount: 0, runningCount: 0 });
    expect(judge({ services: none }, parked)).toEqual([]);
    const all = judgeResources(modelOf(parked), { ...up, services: none });
    expect(all.find(({ id }) => id === "resource:django")?.detail).toBe("parked: 0 of 0 tasks running");
  });
});
