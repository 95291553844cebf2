// What follows a change of the database's password: the state machine is run here with the answers that AWS would give.
import { type RestartDefinition, restartDefinition } from "../../src/database/restart/definition";
import { type Aws, type Json, type Machine, run } from "../support/state-machine";

const definition: RestartDefinition = {
  secretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-1",
  clusterName: "shop",
  serviceNames: ["shop-web", "shop-worker"],
};

/** A service's deployments in ECS, the one that counts first. */
interface Deployed {
  readonly startedAt: string;
  readonly rollout?: string;
}

/** An account in which the password was rotated at noon. A restart begins at 12:05. */
function account(
  services: Record<string, Deployed | undefined>,
  { rotated = "2026-03-03T12:00:00Z", made = "2026-03-03T11:59:30Z", restarts = "COMPLETED" } = {},
) {
  const restarted: Json[] = [];
  let polls = 0;
  const aws: Aws = (call, args) => {
    switch (call) {
      case "secretsmanager:describeSecret":
        return { ARN: args.SecretId, ...(rotated !== "" && { LastRotatedDate: rotated }) };
      case "secretsmanager:listSecretVersionIds":
        return {
          Versions: [
            { VersionId: "old", VersionStages: ["AWSPREVIOUS"], CreatedDate: "2026-02-24T11:59:30Z" },
            { VersionId: "new", VersionStages: ["AWSCURRENT", "AWSPENDING"], CreatedDate: made },
          ],
        };
      case "ecs:describeServices": {
        const [name] = args.Services as readonly string[];
        const found = services[name ?? ""];
        const rollout = found?.rollout === "IN_PROGRESS" && polls++ > 1 ? restarts : found?.rollout;
        return {
          Services: found
            ? [
                {
                  ServiceName: name,
                  Deployments: [
                    {
                      Status: "PRIMARY",
                      CreatedAt: found.startedAt,
                      RolloutState: rollout ?? "COMPLETED",
                    },
                    { Status: "ACTIVE", CreatedAt: "2026-01-01T00:00:00Z", RolloutState: "COMPLETED" },
                  ],
                },
              ]
            : [],
        };
      }
      case "ecs:updateService":
        restarted.push(args);
        services[String(args.Service)] = { startedAt: "2026-03-03T12:05:00Z", rollout: "IN_PROGRESS" };
        return {};
      default:
        throw new Error(`Not expected: ${call}`);
    }
  };
  return { aws, restarted };
}

const machine: Machine = restartDefinition(definition);
const before = { startedAt: "2026-03-01T08:00:00Z" };
const after = { startedAt: "2026-03-03T12:01:00Z" };
const restart = (Service: string) => ({ Cluster: "shop", Service, ForceNewDeployment: true });

describe("The restart after a change of the database's password", () => {
  it("starts new tasks of each service whose tasks were started before it", async () => {
    const { aws, restarted } = account({ "shop-web": before, "shop-worker": before });
    await run(machine, aws, {});
    expect(restarted).toEqual([restart("shop-web"), restart("shop-worker")]);
  });

  it("leaves alone what was started after it, so that looking again and again does nothing", async () => {
    const { aws, restarted } = account({ "shop-web": after, "shop-worker": before });
    await run(machine, aws, {});
    await run(machine, aws, {});
    expect(restarted).toEqual([restart("shop-worker")]);
  });

  it("counts a rotation from its end: tasks that were started in it have the old password", async () => {
    const within = { startedAt: "2026-03-03T11:59:45Z" };
    const { aws, restarted } = account({ "shop-web": within, "shop-worker": after });
    await run(machine, aws, {});
    expect(restarted).toEqual([restart("shop-web")]);
  });

  it.each([
    ["never rotated", { rotated: "" }],
    ["written by hand after the last rotation", { rotated: "2026-01-01T00:00:00Z" }],
  ])("counts a version that was %s from its making", async (_, dates) => {
    const { aws, restarted } = account({ "shop-web": before, "shop-worker": after }, dates);
    await run(machine, aws, {});
    expect(restarted).toEqual([restart("shop-web")]);
  });

  it("reads times in seconds, too", async () => {
    const { aws, restarted } = account({ "shop-web": before, "shop-worker": after });
    const seconds: Aws = (call, args) =>
      JSON.parse(JSON.stringify(aws(call, args)), (key, value) =>
        /Date$|At$/.test(key) ? Date.parse(value) / 1000 : value,
      );
    await run(machine, seconds, {});
    expect(restarted).toEqual([restart("shop-web")]);
  });

  it("fails where new tasks do not come up, and says which", async () => {
    const { aws } = account({ "shop-web": before, "shop-worker": after }, { restarts: "FAILED" });
    await expect(run(machine, aws, {})).rejects.toThrow("Not restarted: shop-web");
  });

  it("fails where ECS has gone back to the tasks from before", async () => {
    const services: Record<string, Deployed> = { "shop-web": before, "shop-worker": after };
    const { aws } = account(services);
    const rolledBack: Aws = (call, args) => {
      const answer = aws(call, args);
      if (call === "ecs:updateService") services["shop-web"] = before;
      return answer;
    };
    await expect(run(machine, rolledBack, {})).rejects.toThrow("Not restarted: shop-web");
  });

  it("restarts the others where one is gone, or cannot be restarted, and fails then", async () => {
    const { aws, restarted } = account({ "shop-worker": before });
    await expect(run(machine, aws, {})).rejects.toThrow("Not restarted: shop-web");
    expect(restarted).toEqual([restart("shop-worker")]);

    const second = account({ "shop-web": before, "shop-worker": before });
    const refusing: Aws = (call, args) => {
      if (call === "ecs:updateService" && args.Service === "shop-web") throw new Error("AccessDenied");
      return second.aws(call, args);
    };
    await expect(run(machine, refusing, {})).rejects.toThrow("Not restarted: shop-web");
    expect(second.restarted).toEqual([restart("shop-worker")]);
  });

  it("never asks for the password, and reaches every state that it has", () => {
    const text = JSON.stringify(machine);
    expect(text).not.toMatch(/getSecretValue/i);
    const states = { ...machine.States, ...machine.States.Services?.ItemProcessor?.States };
    for (const name of text.matchAll(/"(?:Next|Default|StartAt)":"([^"]+)"/g)) {
      expect(Object.keys(states)).toContain(name[1]);
    }
  });
});
