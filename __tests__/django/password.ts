// Redis with a password: Django, Celery, Flower and RQ log on with what ECS fills in, over TLS, and nobody else does.
import { FLOWER, RQ, WORKER } from "./support/commands";
import { type Container, eventually } from "./support/container";
import { askJson } from "./support/requests";
import { shellJson } from "./support/shell";
import type { Shop } from "./support/shop";
import type { Stage } from "./support/stage";

export function password(stage: () => Stage, shop: () => Shop): void {
  describe("a cache with a password", () => {
    const started: Container[] = [];
    const start = async (service: string, command: readonly string[], ready: RegExp, more = {}) => {
      const container = await shop().platform.start(service, command, { environment: more });
      started.push(container);
      await eventually(`${service} is ready`, () => ready.test(container.log()), container.log);
      return container;
    };
    afterAll(async () => {
      await Promise.all(started.map((container) => container.kill()));
    });

    test("lets Django in with the secret's, and by no token", async () => {
      expect(await shellJson(shop().web, COUNT)).toEqual({
        credentials: "UsernamePasswordCredentialProvider",
        kept: 1,
      });
      expect(stage().servers.cache.log()).not.toContain("plain-app");
    });

    test.each([
      ["another password", { REDIS_PASSWORD: "another" }],
      ["a token of IAM", { REDIS_PASSWORD: "", REDIS_CACHE_NAME: "plain" }],
    ])("refuses %s", async (_what, environment) => {
      const read = "from django.core.cache import cache; cache.get('x')";
      const command = ["python", "manage.py", "shell", "-c", read];
      const { exitCode, output } = await shop().platform.run("web", command, { environment });
      expect(exitCode).toBe(1);
      expect(output).toContain("invalid username-password pair");
    });

    test("is Celery's broker and keeps its results, and Flower sees who works", async () => {
      const { webSite } = shop();
      const worker = await start("worker", WORKER, / ready\./);
      const { id } = await askJson<{ id: string }>(webSite, "/tasks/", {
        body: JSON.stringify({ kind: "add" }),
      });
      await eventually(
        "the task is done",
        async () => (await askJson<{ finished: number }>(webSite, `/tasks/${id}/`)).finished === 1,
        worker.log,
      );
      const flower = await start("flower", FLOWER, /Connected to rediss?:/, {
        FLOWER_BASIC_AUTH: "office:secret",
      });
      expect(flower.log()).not.toContain("CachePassword");
      const asked = async (path: string, user = "office:secret") =>
        (await flower.run(["python", "-c", ASK, path, user])).output.trim();
      expect(await asked("/api/workers?refresh=1", "office:another")).toBe("401");
      await eventually(
        "Flower has seen the worker",
        async () => (await asked("/api/workers?refresh=1")).includes('"celery@'),
        flower.log,
      );
      expect(await asked("/broker")).toMatch(/celery/);
      expect(flower.log()).not.toMatch(/Traceback|NOPERM/);
    });

    test("is all that RQ needs: one URL, under RQ's own name", async () => {
      const worker = await start("rq", RQ, /Listening on default/);
      const { definition } = worker;
      expect(definition.environment.RQ_REDIS_URL).toMatch(
        /^rediss:\/\/plain-app:\w{40}@cache\.elasticache\.test:6379\/0$/,
      );
      const { output } = await worker.run(["python", "-c", ENQUEUE]);
      expect(output.trim()).toBe("42");
      const { exitCode, output: log } = await worker.stop();
      expect(exitCode).toBe(0);
      expect(log).not.toMatch(/Traceback|NOPERM/);
    });
  });
}

const COUNT = `
import json
from django.core.cache import cache
from django_on_aws.redis_login import redis_credentials

cache.set("kept", 1)
print(json.dumps({"credentials": type(redis_credentials()).__name__, "kept": cache.get("kept")}))
`;

/** Asks Flower for a page, and prints it, or its status. */
const ASK = `
import base64, sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

path, user = sys.argv[1:]
login = base64.b64encode(user.encode()).decode()
try:
    print(urlopen(Request("http://127.0.0.1:5555" + path, headers={"Authorization": "Basic " + login})).read().decode())
except HTTPError as error:
    print(error.code)
`;

/** Has a job done by the worker, and prints its result. */
const ENQUEUE = `
import os, time
from redis import Redis
from rq import Queue

job = Queue("default", connection=Redis.from_url(os.environ["RQ_REDIS_URL"])).enqueue("shop.jobs.double", 21)
for _ in range(300):
    if job.get_status() in ("finished", "failed"):
        break
    time.sleep(0.1)
print(job.return_value())
`;
