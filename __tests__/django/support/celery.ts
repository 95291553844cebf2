// What becomes of tasks on one broker: a worker in service, a release with old and new side by side, and a worker that is killed.
import { setTimeout as sleep } from "node:timers/promises";
import { WORKER } from "./commands";
import { type Container, eventually, type Finished } from "./container";
import type { ServiceSite } from "./platform";
import { askJson } from "./requests";
import type { Shop } from "./shop";

export const BROKERS = ["SQS", "Redis"] as const;
export type Broker = (typeof BROKERS)[number];

/** How often a task was begun and ended. */
export interface Counts {
  readonly started: number;
  readonly finished: number;
}

export interface Story {
  /** The worker that was first, once it has done these. */
  readonly served: Promise<{
    readonly add: Counts;
    readonly retry: Counts;
    /** Beyond the time after which the broker gives a message out again. */
    readonly countdown: Counts & { readonly givenOut: number };
    readonly isHealthy: boolean;
  }>;
  /** How it ended when a release stopped it, and the tasks that it was doing, of as many as waited. */
  readonly released: Promise<{
    readonly first: Finished & { readonly seconds: number };
    readonly atItsEnd: readonly Counts[];
    readonly later: readonly Counts[];
  }>;
  /** Tasks that fail, in the second worker. */
  readonly failed: Promise<{
    readonly fail: Counts;
    readonly once: Counts;
    readonly log: string;
  }>;
  /** The task in whose midst the second worker was killed, and after how many seconds it was given out again. */
  readonly killed: Promise<{ readonly lost: Counts; readonly seconds: number }>;
  /** All tasks once more, when nothing is left to do. */
  readonly last: Promise<readonly Counts[]>;
  /** The task that always loses its process, once it is given up; or begun more often than it ever should, and never given up. */
  readonly poison: Promise<Counts>;
  readonly workers: readonly Container[];
}

/** @param givesUp whether the broker or Celery gives up what always loses its process */
export function begin(shop: Shop, broker: Broker, givesUp: boolean): Story {
  const { platform } = shop;
  const site = broker === "SQS" ? shop.webSite : shop.liveSite;
  const ids: string[] = [];
  const send = async (kind: string, more: Readonly<Record<string, number>> = {}): Promise<Sent> => {
    const body = JSON.stringify({ kind, ...more });
    const { id } = await askJson<{ id: string }>(site, "/tasks/", { body });
    ids.push(id);
    return sent(site, `${kind} on ${broker}`, id, () => workers.map((worker) => worker.log()).join("\n"));
  };
  const workers: Container[] = [];
  const startWorker = async (): Promise<Container> => {
    const worker = await platform.start(broker === "SQS" ? "jobs" : "worker", WORKER);
    workers.push(worker);
    await eventually(`a worker on ${broker}`, () => / ready\./.test(worker.log()), worker.log);
    return worker;
  };
  /** On Redis, a worker looks for messages whose time is up when it starts, and then every 100 s. */
  const startWorkerThatLooks = async (other: Container): Promise<Container> => {
    await sleep((visibility(other) + 1) * 1000);
    return startWorker();
  };

  const serve = async () => {
    const began = Date.now();
    const first = await startWorker();
    const start = Math.ceil((Date.now() - began) / 1000);
    const add = await send("add");
    const retry = await send("retry");
    // On Redis, the message comes back when the second worker starts: that may take thrice as long as the first one took.
    const more = broker === "SQS" ? 5 : 5 + 3 * start;
    const countdown = await send("countdown", { countdown: visibility(first) + more });
    await Promise.all([add, retry].map((task) => task.until("finished", 1)));
    await eventually("the worker is healthy", () => first.isHealthy(), first.log);
    const isHealthy = await first.isHealthy();
    // Side by side from here on, as in a release.
    const second = await startWorkerThatLooks(first);
    const givenOut = () =>
      workers.flatMap((worker) => worker.log().match(RegExp(`${countdown.id}\\] received`, "g")) ?? [])
        .length;
    await countdown.until("finished", 2);
    await countdown.until("finished", givenOut());
    return {
      first,
      second,
      add: await add.counts(),
      retry: await retry.counts(),
      countdown: { ...(await countdown.counts()), givenOut: givenOut() },
      isHealthy,
    };
  };
  const served = serve();

  const release = async () => {
    const { first, second } = await served;
    const tasks = await Promise.all(Array.from({ length: 6 }, () => send("sleep", { seconds: 4 })));
    const isAtWork = (worker: Container) => tasks.filter(({ id }) => worker.log().includes(id)).length >= 2;
    await eventually("both workers are at work", () => isAtWork(first) && isAtWork(second), second.log);
    const its = tasks.filter(({ id }) => first.log().includes(id));
    await Promise.all(its.slice(0, 2).map((task) => task.until("started", 1)));
    const ended = await first.stop();
    const atItsEnd = await Promise.all(its.slice(0, 2).map((task) => task.counts()));
    await Promise.all(tasks.map((task) => task.until("finished", 1)));
    return { second, first: ended, atItsEnd, later: await Promise.all(tasks.map((task) => task.counts())) };
  };
  const released = release();

  const failing = async () => {
    const { second } = await released;
    const fail = await send("fail");
    await eventually("the failure is logged", () => second.log().includes("always fails"), second.log);
    const log = second.log();
    const once = await send("once");
    const poison = givesUp ? await send("poison") : undefined;
    await once.until("started", 2);
    if (poison) {
      await poison.until("started", broker === "SQS" ? 3 : 4);
      const isGivenUp = () => /raised error: .*WorkerLostError/.test(second.log().slice(log.length));
      await eventually("the poison is given up", isGivenUp, second.log);
    }
    return { second, log, fail: await fail.counts(), once: await once.counts(), poison };
  };
  const failed = failing();

  const kill = async () => {
    const { second } = await failed;
    const lost = await send("sleep", { seconds: 3 });
    await lost.until("started", 1);
    await second.kill();
    const began = Date.now();
    await startWorkerThatLooks(second);
    await lost.until("started", 2);
    const seconds = (Date.now() - began) / 1000;
    await lost.until("finished", 1);
    return { lost: await lost.counts(), seconds };
  };
  const killed = kill();

  const look = async () => {
    await killed;
    return Promise.all(ids.map((id) => askJson<Counts>(site, `/tasks/${id}/`)));
  };
  const last = look();
  const poisoned = async () => {
    await last;
    const given = (await failed).poison;
    if (given) {
      return given.counts();
    }
    const endless = await send("poison");
    await endless.until("started", 6);
    return endless.counts();
  };
  const story = { served, released, failed, killed, last, poison: poisoned(), workers };
  for (const part of Object.values(story)) {
    // Each test that awaits it says what went wrong.
    Promise.resolve(part).catch(() => {});
  }
  return story;
}

/** After how many seconds the broker gives out again what a worker has not ended. */
function visibility({ definition }: Container): number {
  return Number(definition.environment.VISIBILITY_TIMEOUT_SECONDS);
}

interface Sent {
  readonly id: string;
  counts(): Promise<Counts>;
  until(field: keyof Counts, count: number, time?: number): Promise<void>;
}

function sent(site: ServiceSite, what: string, id: string, log: () => string): Sent {
  const counts = () => askJson<Counts>(site, `/tasks/${id}/`);
  return {
    id,
    counts,
    until: (field, count, time) =>
      eventually(
        `${what} (${id}): ${field} ${count}`,
        async () => (await counts())[field] >= count,
        log,
        time,
      ),
  };
}
