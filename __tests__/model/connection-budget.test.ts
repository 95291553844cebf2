// How many connections services may open: numbers of commands as people write them, counted by hand.
import {
  connectionWarnings,
  likelyConnections,
  type OpenerSource,
  openerOf,
  statedConnections,
} from "../../src/model/connection-budget";
import { defineEnvironment } from "../../src/validation/define-environment";
import { systems } from "../support/systems";

const django = { allowedHosts: [] };
const celery = {};
const SIZE = { cpu: 1024, memory: 2048 } as const;
const words = (text: string): string[] => text.split(" ");

it.each<[string, OpenerSource, string | undefined]>([
  ["no command", { django }, "wsgi"],
  ["gunicorn", { django, command: words("gunicorn config.wsgi --workers 8") }, "wsgi"],
  ["an entry point", { django, entryPoint: ["uvicorn"], command: words("config.asgi:application") }, "asgi"],
  ["uvicorn", { django, command: words("uvicorn config.asgi:application") }, "asgi"],
  [
    "a module that is called so",
    { django, command: words("python -m django_on_aws.uvicorn config.asgi") },
    "asgi",
  ],
  [
    "gunicorn with workers of uvicorn's",
    { django, command: words("gunicorn -k uvicorn.workers.UvicornWorker config.asgi") },
    "asgi",
  ],
  ["hypercorn in a shell", { django, command: ["sh", "-c", "exec hypercorn config.asgi"] }, "asgi"],
  [
    "what the file says, whatever the command",
    { django: { ...django, interface: "wsgi" }, command: words("uvicorn x") },
    "wsgi",
  ],
  ["Celery, Django or not", { django, celery, command: words("celery --app config worker") }, "celery"],
  ["neither", { command: words("uvicorn main:app") }, undefined],
])("takes %s for what it is", (_, service, opener) => {
  expect(openerOf(service)).toBe(opener);
});

it.each<[string, OpenerSource, number, number | undefined]>([
  // Two processes and eight threads are what the platform hands to a task of one vCPU and 2 GiB.
  ["nothing", { django }, 0, 16],
  [
    "workers and threads",
    { django, command: words("gunicorn config.wsgi --workers 8 --threads=16") },
    128,
    128,
  ],
  ["short options", { django, command: words("gunicorn config.wsgi -w4 --threads 2") }, 8, 8],
  ["workers alone", { django, command: words("gunicorn config.wsgi -w 4") }, 4, 32],
  ["gunicorn's variable", { django, environment: { GUNICORN_CMD_ARGS: "--workers=3 --threads=4" } }, 12, 12],
  [
    "the platform's variables, set by the team",
    { django, environment: { WORKER_PROCESSES: "6", WORKER_THREADS: "10" } },
    60,
    60,
  ],
  ["WEB_CONCURRENCY", { django, environment: { WEB_CONCURRENCY: "5" } }, 5, 40],
  ["no number", { django, environment: { WORKER_PROCESSES: "many" } }, 0, 16],
  ["ASGI", { django, command: words("uvicorn config.asgi --workers 4") }, 0, undefined],
  [
    "ASGI with a limit",
    { django, command: words("uvicorn config.asgi --workers 4 --limit-concurrency 50") },
    0,
    200,
  ],
  ["Celery", { celery, command: words("celery --app config worker") }, 0, 2],
  ["Celery's processes", { celery, command: words("celery --app config worker --concurrency=12") }, 12, 12],
  ["Celery's processes, short", { celery, command: words("celery -A config worker -c 12") }, 12, 12],
  [
    "how many Celery may have",
    { celery, command: words("celery -A config worker --autoscale 10,3") },
    10,
    10,
  ],
  ["beat", { celery, command: words("celery --app config beat -s /tmp/schedule") }, 1, 1],
])("of a task that says %s, counts what is stated and what is likely", (_, service, stated, likely) => {
  const opener = openerOf(service);
  expect(statedConnections(service)).toBe(stated);
  expect(opener && likelyConnections({ ...service, ...SIZE }, opener)).toBe(likely);
});

describe("a synth", () => {
  const platform = (web: object, database: object) =>
    defineEnvironment({
      name: "shop",
      region: "us-east-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
      services: {
        web: {
          image: "shop/web:1",
          port: 8000,
          ...SIZE,
          connectsTo: ["postgres"],
          django: {},
          autoscaling: { minimum: 2, maximum: 10 },
          ...web,
        },
      },
      database,
    });

  it("warns where a release beside the former one needs more connections than there are", () => {
    // 20 tasks of 2 × 8; db.t4g.small takes 225, of which PostgreSQL keeps 3.
    expect(connectionWarnings(platform({}, { instanceClass: "db.t4g.small" }))).toEqual([
      expect.stringMatching(
        /^While a release runs .* may open 320 connections .* has 222 for them: web 20 tasks of 16\. /,
      ),
    ]);
    expect(connectionWarnings(platform({}, { instanceClass: "db.t4g.medium" }))).toEqual([]);
    expect(connectionWarnings(platform({ connectsTo: [] }, { instanceClass: "db.t4g.small" }))).toEqual([]);
  });

  it("counts as many tasks as a deployment may have, and one of a singleton", () => {
    const sum = (web: object) => connectionWarnings(platform(web, { instanceClass: "db.t4g.micro" }))[0];
    // db.t4g.micro takes 112, of which PostgreSQL keeps 3.
    expect(sum({ deployment: { maximumPercent: 150 } })).toMatch(/240 connections .* web 15 tasks of 16\. /);
    const command = words("gunicorn config.wsgi --workers 15 --threads 8");
    expect(sum({ singleton: true, autoscaling: undefined, command })).toMatch(
      /120 connections .* web 1 tasks of 120\. /,
    );
  });

  it("warns of ASGI without a limit", () => {
    const asgi = { command: words("uvicorn config.asgi:application") };
    expect(connectionWarnings(platform(asgi, {}))).toEqual([
      expect.stringMatching(/^Nothing bounds the connections of web /),
    ]);
    const limit = { command: words("uvicorn config.asgi:application --limit-concurrency 8") };
    expect(connectionWarnings(platform(limit, {}))).toEqual([]);
  });

  it.each(systems.names())("has nothing to warn of in %s", (name) => {
    expect(connectionWarnings(systems.load(name))).toEqual([]);
  });
});
