// Celery on Redis and on SQS: tasks are done, also those that are tried again or wait for long.
import { WORKER } from "./support/commands";
import { type Container, eventually } from "./support/container";
import { VISIBILITY } from "./support/environments";
import { askJson } from "./support/requests";
import type { Shop } from "./support/shop";

interface Task {
  readonly started: number;
  readonly finished: number;
}

export function tasks(shop: () => Shop): void {
  describe.each(["SQS", "Redis"] as const)("Celery on %s", (broker) => {
    const site = () => (broker === "SQS" ? shop().webSite : shop().liveSite);
    const service = broker === "SQS" ? "jobs" : "worker";
    let worker: Container;
    const startWorker = async () => {
      const started = await shop().platform.start(service, WORKER);
      await eventually("the worker is ready", () => /ready\./.test(started.log()), started.log);
      return started;
    };
    beforeAll(async () => {
      worker = await startWorker();
    });
    afterAll(() => worker.kill());
    const begin = async (task: Readonly<Record<string, unknown>>) =>
      (await askJson<{ id: string }>(site(), "/tasks/", { body: JSON.stringify(task) })).id;
    const look = (id: string) => askJson<Task>(site(), `/tasks/${id}/`);
    const untilFinished = (id: string) =>
      eventually(
        `task ${id} ends`,
        async () => (await look(id)).finished > 0,
        () => worker.log(),
      );

    test("a task is done once, and one that is tried again is not lost", async () => {
      const [add, retry] = await Promise.all([begin({ kind: "add" }), begin({ kind: "retry" })]);
      await Promise.all([untilFinished(add), untilFinished(retry)]);
      expect(await look(add)).toEqual({ started: 1, finished: 1 });
      expect(await look(retry)).toEqual({ started: 2, finished: 1 });
    });

    test("the worker's heartbeat is its health check", async () => {
      await eventually("the worker is healthy", () => worker.isHealthy(), worker.log);
      expect(worker.log()).not.toMatch(/Traceback/);
    });

    test("a countdown beyond the visibility time-out ends the task", async () => {
      const id = await begin({ kind: "countdown", countdown: VISIBILITY + 5 });
      await untilFinished(id);
      expect((await look(id)).finished).toBeGreaterThanOrEqual(1);
    });
  });
}
