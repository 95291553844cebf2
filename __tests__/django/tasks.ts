// Celery on SQS and on Redis: what is done, what comes back, what is given up, and beat. Both brokers' stories begin at once, since
// most of their time is spent waiting for messages.
import { BROKERS, type Broker, begin, type Story } from "./support/celery";
import { BEAT } from "./support/commands";
import { type Container, eventually } from "./support/container";
import { askJson } from "./support/requests";
import type { Row } from "./support/rows";
import { queueLength } from "./support/servers/aws";
import type { Shop } from "./support/shop";
import type { Stage } from "./support/stage";

/** The lines that the platform's alarm would count. */
const errors = (log: string) => log.split("\n").filter((line) => /ERROR|CRITICAL|Traceback/.test(line));

export function tasks(row: Row, stage: () => Stage, shop: () => Shop): void {
  describe("Celery", () => {
    let stories: Record<Broker, Story>;
    let beats: Container[] = [];
    beforeAll(async () => {
      // As in a release: two of them side by side.
      const { platform } = shop();
      stories = { SQS: begin(shop(), "SQS", true), Redis: begin(shop(), "Redis", row.givesUp) };
      beats = await Promise.all([platform.start("beat", BEAT), platform.start("beat", BEAT)]);
    });
    afterAll(async () => {
      const workers = BROKERS.flatMap((broker) => stories[broker].workers);
      await Promise.all([...workers, ...beats].map((container) => container.kill()));
    });

    test("beat sends its tasks from a read-only root, its heartbeat is its health check, two of them make one report a period", async () => {
      const made = async () => (await askJson<{ reports: number }>(shop().liveSite, "/reports/")).reports;
      const dues = () => beats.map((beat) => beat.log().match(/Sending due task report/g)?.length ?? 0);
      await eventually("both send reports", () => dues().every((sent) => sent >= 4), beats[0]?.log);
      const [beat] = beats;
      expect(await beat?.isHealthy()).toBe(true);
      await eventually("reports are made", async () => (await made()) >= 4, beat?.log);
      // Of each period at most one, in the time that both have been sending.
      const [first = 0, second = 0] = dues();
      expect(await made()).toBeLessThanOrEqual(Math.max(first, second) + 2);
      const ended = await Promise.all(beats.map((one) => one.stop()));
      for (const { exitCode, output } of ended) {
        expect(exitCode).toBe(0);
        expect(errors(output)).toEqual([]);
      }
    });

    describe.each(BROKERS)("on %s", (broker) => {
      test("a task is done once, one that is tried again is not lost, and the heartbeat is the health check", async () => {
        const { add, retry, isHealthy } = await stories[broker].served;
        expect(add).toEqual({ started: 1, finished: 1 });
        expect(retry).toEqual({ started: 2, finished: 1 });
        expect(isHealthy).toBe(true);
      });

      test("a countdown beyond the visibility time-out is given out again, and done as often", async () => {
        const { givenOut, ...countdown } = (await stories[broker].served).countdown;
        expect(givenOut).toBeGreaterThanOrEqual(2);
        expect(countdown).toEqual({ started: givenOut, finished: givenOut });
      });

      test("a worker that is asked to stop ends its tasks and begins no others; all are done, none twice", async () => {
        const { first, atItsEnd, later } = await stories[broker].released;
        expect(first.exitCode).toBe(0);
        expect(first.seconds).toBeLessThan(20);
        expect(atItsEnd).toEqual(Array(2).fill({ started: 1, finished: 1 }));
        expect(later).toEqual(Array(6).fill({ started: 1, finished: 1 }));
      });

      test("a worker logs no ERROR from its start to its end", async () => {
        const { first } = await stories[broker].released;
        expect(first.output).toMatch(/Task shop\.tasks\.retry.* retry: Retry in 1s/);
        expect(errors(first.output)).toEqual([]);
      });

      test("a task that fails is one line with ERROR, and is not given out again", async () => {
        const { log, fail } = await stories[broker].failed;
        expect(errors(log)).toHaveLength(1);
        expect(errors(log)[0]).toContain("RuntimeError('This task always fails.')");
        expect(fail).toEqual({ started: 1, finished: 0 });
      });

      test("a task that loses its process after its work comes back, and finds it done", async () => {
        expect((await stories[broker].failed).once).toEqual({ started: 2, finished: 1 });
      });

      test("a task whose worker is killed comes back when its time is up", async () => {
        const { lost, seconds } = await stories[broker].killed;
        expect(lost).toEqual({ started: 2, finished: 1 });
        // Not only when a worker looks the next time.
        expect(seconds).toBeLessThan(100);
      });
    });

    test("on SQS, a task that kills its process ends among the dead letters after maxReceiveCount starts", async () => {
      const { platform } = shop();
      expect(await stories.SQS.poison).toEqual({ started: 3, finished: 0 });
      const count = (queue: string) => queueLength(stage().servers.aws, platform.queueUrl(queue));
      await eventually("the message is a dead letter", async () => (await count("jobs_dead_letters")) > 0);
      expect(await count("jobs_dead_letters")).toBe(1);
      expect(await count("jobs")).toBe(0);
    });

    test("on Redis, a task that kills its process is given up after max_retries, or never before Celery 5.7", async () => {
      const { started, finished } = await stories.Redis.poison;
      expect(finished).toBe(0);
      if (row.givesUp) {
        expect(started).toBe(4);
      } else {
        expect(started).toBeGreaterThan(5);
      }
    });

    test.each(BROKERS)("at the end, nothing on %s was done once more", async (broker) => {
      const { givenOut } = (await stories[broker].served).countdown;
      expect(await stories[broker].last).toEqual([
        { started: 1, finished: 1 }, // add
        { started: 2, finished: 1 }, // retry
        { started: givenOut, finished: givenOut }, // the countdown
        ...Array(6).fill({ started: 1, finished: 1 }),
        { started: 1, finished: 0 }, // the failure
        { started: 2, finished: 1 }, // once
        ...(broker === "SQS" ? [{ started: 3, finished: 0 }] : []), // the poison
        ...(broker === "Redis" && row.givesUp ? [{ started: 4, finished: 0 }] : []),
        { started: 2, finished: 1 }, // the one whose worker was killed
      ]);
    });
  });
}
