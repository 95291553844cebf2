// Connections over time: those that the load balancer keeps to the tasks, a request that takes long, and those that a pool keeps to
// the database.
import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { begun } from "./support/begun";
import { ASGI } from "./support/commands";
import type { Container } from "./support/container";
import { ask, type Site } from "./support/requests";
import type { Row } from "./support/rows";
import type { Shop } from "./support/shop";
import type { Stage } from "./support/stage";

const CONNECTIONS = 30;
/** Seconds between one request of a connection and its next. Servers close after 2 s or 5 s by themselves. */
const PAUSES = [1, 2, 5, 2, 5, 3, 10, 2, 1];

/** Asks 300 times, each time by all connections at once, so that none stands in for another. @returns what came, by how often */
async function askOverTime(site: Site): Promise<Record<string, number>> {
  const agents = Array.from({ length: CONNECTIONS }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  const came: Record<string, number> = {};
  for (const pause of [...PAUSES, 0]) {
    await Promise.all(
      agents.map(async (agent, index) => {
        // Connections that fall idle one after the other are asked again one after the other.
        await sleep(index * 5);
        const answer = await ask(site, "/slow/?seconds=0.3", { agent }).catch((error) => ({ status: error }));
        came[answer.status] = (came[answer.status] ?? 0) + 1;
      }),
    );
    await sleep(pause * 1_000);
  }
  for (const agent of agents) {
    agent.destroy();
  }
  return came;
}

/** How many connections of somebody's a container has closed before they did, within the last minute. */
async function closedByTask(container: Container, somebody: string): Promise<number> {
  const TIME_WAIT = "06";
  const { output } = await container.run(["cat", "/proc/net/tcp"]);
  const from = somebody.split(".").map((part) => Number(part).toString(16).padStart(2, "0").toUpperCase());
  return output
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , remote = "", state]) => remote.startsWith(from.reverse().join("")) && state === TIME_WAIT)
    .length;
}

/** Registers what is begun now. @returns what registers the tests that wait for it */
export function connections(stage: () => Stage, shop: () => Shop, row: Row): () => void {
  const servers = ["WSGI", "ASGI"] as const;
  const server = (name: (typeof servers)[number]) => (name === "WSGI" ? shop().web : shop().live);
  const kept = servers.map((name) =>
    begun(async () => {
      const container = server(name);
      // A load balancer that nobody else uses.
      const site = await shop().platform.site(container.definition.name, "kept-connections");
      await site.setTargets(container);
      const came = await askOverTime(site);
      return { came, closedByTask: await closedByTask(container, site.address) };
    }),
  );
  const long = servers.map((name) =>
    begun(async () => {
      const { platform, webSite, liveSite } = shop();
      const container = server(name);
      const answer = ask(name === "WSGI" ? webSite : liveSite, "/slow/?seconds=20");
      const checks: boolean[] = [];
      for (let check = 0; check < 3; check += 1) {
        await sleep(5_000);
        checks.push(await platform.answersHealthCheck(container), await container.isHealthy());
      }
      return { status: (await answer).status, checks };
    }),
  );

  return () => {
    describe("connections", () => {
      test.each(servers)(
        "by %s, 300 requests over kept connections with pauses of 1 to 10 s are all answered",
        async (name) => {
          expect(await kept[servers.indexOf(name)]?.()).toEqual({ came: { 200: 300 }, closedByTask: 0 });
        },
      );

      test.each(servers)(
        "by %s, a request of 20 s is answered, and so are the health checks meanwhile",
        async (name) => {
          const { status, checks } = (await long[servers.indexOf(name)]?.()) ?? {};
          expect(status).toBe(200);
          expect(checks).toEqual([true, true, true, true, true, true]);
        },
      );

      // Django has it since 5.1.
      if (row.django !== "4.2") {
        test("by ASGI, psycopg's pool bounds the connections to the database", async () => {
          const { platform } = shop();
          const container = await platform.serve("live", ASGI, { environment: { DATABASE_POOL_SIZE: "2" } });
          const site = await platform.site("live", "pool");
          await site.setTargets(container);
          const failed: string[] = [];
          for (let round = 0; round < 5; round += 1) {
            const answers = Array.from({ length: 20 }, () => ask(site, "/database/"));
            const bad = (await Promise.all(answers)).filter(({ status }) => status !== 200);
            failed.push(...bad.map(({ status, body }) => `${status} ${body.slice(0, 300)}`));
          }
          await container.stop();
          expect(container.log()).not.toMatch(/"level": "ERROR"|Traceback/);
          expect(failed).toEqual([]);
          const opened = stage()
            .servers.database.log()
            .split(`connection received: host=${container.address} `);
          const processes = Number(container.definition.environment.WORKER_PROCESSES);
          expect(opened.length - 1).toBeGreaterThan(0);
          expect(opened.length - 1).toBeLessThanOrEqual(2 * processes);
        });
      }
    });
  };
}
