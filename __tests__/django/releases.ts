// A release as ECS makes it: the new task beside the old one, then the old one without new requests, then SIGTERM.
import { setTimeout as sleep } from "node:timers/promises";
import { begun } from "./support/begun";
import { ASGI, WSGI } from "./support/commands";
import type { Container } from "./support/container";
import type { Platform, ServiceSite } from "./support/platform";
import { ask, type Site } from "./support/requests";
import type { Cache } from "./support/servers/cache";
import type { Shop } from "./support/shop";
import type { Stage } from "./support/stage";
import { openWebSocket } from "./support/web-socket";

/** Seconds of the requests that take long. */
const SLOW = 2.5;

interface Load {
  /** @returns how many were asked, and what came that was no 200 */
  stop(): Promise<{ readonly asked: number; readonly failed: readonly string[] }>;
}

/** As much as two small containers bear: four users who ask at once, and one whose requests take long. */
function startLoad(site: Site): Load {
  let stopped = false;
  let asked = 0;
  const failed: string[] = [];
  const once = async (path: string) => {
    asked += 1;
    const answer = await ask(site, path).catch((error: unknown) => ({ status: 0, body: String(error) }));
    if (answer.status !== 200) {
      failed.push(`${path}: ${answer.status} ${answer.body.slice(0, 500)}`);
    }
  };
  const user = async (path: string, pause: number) => {
    while (!stopped) {
      await once(path);
      await sleep(pause);
    }
  };
  const users = [
    ...Array.from({ length: 4 }, () => user("/client/", 50)),
    ...Array.from({ length: 2 }, () => user(`/slow/?seconds=${SLOW}`, 0)),
  ];
  return {
    stop: async () => {
      stopped = true;
      await Promise.all(users);
      return { asked, failed };
    },
  };
}

/**
 * Puts a new task in an old one's place. While a task deregisters, ECS waits until the load balancer has let it go, its delay at
 * most, and sends SIGTERM only then.
 */
async function release(platform: Platform, site: ServiceSite, old: Container, command: readonly string[]) {
  const { name } = old.definition;
  const fresh = await platform.serve(name, command);
  await site.setTargets(old, fresh);
  await sleep(2_000);
  const delay = platform.deregistrationDelay(name);
  // Still there at the SIGTERM: a server ends what it has.
  const long = ask(site, `/slow/?seconds=${delay + 3}`);
  const second = ask(site, `/slow/?seconds=${delay + 3}`);
  await sleep(200);
  await site.setTargets(fresh);
  await sleep(delay * 1_000);
  const { exitCode, seconds } = await old.stop();
  const answers = await Promise.allSettled([long, second]);
  return {
    log: old.log() + fresh.log(),
    exitCode,
    inTime: seconds < old.definition.stopTimeout,
    unfinished: answers.filter((one) => one.status === "rejected" || one.value.status !== 200),
  };
}

/** Redis's numbers of the connections that Channels' layer has open. */
function connectionsOfLayer(cache: Cache): string[] {
  return [...cache.admin("CLIENT", "LIST").matchAll(/^id=(\d+) .* db=2 /gm)].map(([, id = ""]) => id);
}

/** As ElastiCache does with each connection after twelve hours. */
function endConnectionsOfLayer(cache: Cache): void {
  for (const id of connectionsOfLayer(cache)) {
    cache.admin("CLIENT", "KILL", "ID", id);
  }
}

/** Registers what is begun now. @returns what registers the tests that wait for it */
export function releases(stage: () => Stage, shop: () => Shop): () => void {
  const first = async (service: string, command: readonly string[]) => {
    const { platform } = shop();
    const old = await platform.serve(service, command);
    const site = await platform.site(service, "release");
    await site.setTargets(old);
    return { platform, old, site };
  };
  const byWsgi = begun(async () => {
    const { platform, old, site } = await first("web", WSGI);
    const load = startLoad(site);
    const released = await release(platform, site, old, WSGI);
    return { ...released, ...(await load.stop()) };
  });
  const byAsgi = begun(async () => {
    const { platform, old, site } = await first("live", ASGI);
    const listener = await openWebSocket(stage().image, site, "/ws/echo/");
    const opened = Date.now();
    const load = startLoad(site);
    const released = release(platform, site, old, ASGI);
    released.catch(() => undefined);
    const { cache } = stage().servers;
    await sleep(1_000);
    const waiting = connectionsOfLayer(cache);
    // The layer waits for 5 s at once: whoever gives up first may lose the message that comes just then.
    await sleep(6_000);
    const stillWaiting = connectionsOfLayer(cache);
    endConnectionsOfLayer(cache);
    await sleep(2_000);
    // Another socket, in another process or on the other task, after a silence.
    const sender = await openWebSocket(stage().image, site, "/ws/echo/");
    const silence = Date.now() - opened;
    sender.send("anybody there?");
    await sleep(1_000);
    const heard = listener.messages();
    const result = await released;
    const closeCode = listener.closeCode();
    const again = await openWebSocket(stage().image, site, "/ws/echo/");
    again.send("back");
    await sleep(1_000);
    const back = again.messages();
    for (const one of [listener, sender, again]) {
      one.end();
    }
    return {
      ...result,
      ...(await load.stop()),
      webSocket: { waiting, stillWaiting, silence, heard, closeCode, back },
    };
  });

  return () => {
    describe("releases", () => {
      test.each([
        ["WSGI", byWsgi],
        ["ASGI", byAsgi],
      ] as const)(
        "by %s, no request fails while a new task takes an old one's place",
        async (_name, begun) => {
          const { log, exitCode, inTime, unfinished, asked, failed } = await begun();
          expect(log).not.toMatch(/ERROR|Traceback/);
          expect(failed).toEqual([]);
          expect(asked).toBeGreaterThan(300);
          expect(unfinished).toEqual([]);
          expect(inTime).toBe(true);
          expect(exitCode).toBe(0);
        },
      );

      test("a WebSocket outlives a silence and its cache's connections, and is closed with 1012 at a release, after which the new task takes it", async () => {
        const { webSocket } = await byAsgi();
        expect(webSocket.waiting).not.toEqual([]);
        expect(webSocket.stillWaiting).toEqual(webSocket.waiting);
        expect(webSocket.silence).toBeGreaterThan(6_000);
        expect(webSocket.heard).toEqual(["anybody there?"]);
        expect(webSocket.closeCode).toBe(1012);
        expect(webSocket.back).toEqual(["back"]);
      });
    });
  };
}
