// How many connections to the database an environment's services may open: what WSGI, ASGI and Celery each make of their tasks.
import { MEMBER_KEYS } from "../schema/member-keys";
import type { Service } from "../schema/service";
import { connectionLimit } from "./database-connections";
import type { Environment } from "./environment";
import { HANDOVER, type TaskSize, WORKER_THREADS, workerProcesses } from "./handover";
import { type CommandSource, numberIn, numberOption, runs, wordsOf } from "./server-command";
import { connects, mostTasksInDeployment } from "./services";

/** What opens connections in a task. */
export type Opener = "wsgi" | "asgi" | "celery";

/** What of a service says how it opens connections. */
export type OpenerSource = CommandSource & {
  readonly [Field in "django" | "celery"]?: Service[Field] | undefined;
};

/** What PostgreSQL keeps for administrators: `superuser_reserved_connections`, three by default. */
const RESERVED_CONNECTIONS = 3;

/** `undefined` for what is neither Django nor Celery: nothing is known of it. */
export function openerOf(service: OpenerSource): Opener | undefined {
  if (service.celery) {
    return "celery";
  }
  return service.django && (service.django.interface ?? (speaksAsgi(service) ? "asgi" : "wsgi"));
}

function speaksAsgi(service: CommandSource): boolean {
  const words = wordsOf(service);
  // gunicorn runs ASGI by a worker of uvicorn's.
  return runs(words, "uvicorn", "hypercorn", "daphne") || words.some((word) => /uvicorn.*worker/i.test(word));
}

/** Numbers that the environment file states; `undefined` where it doesn't. */
interface Stated {
  readonly processes: number | undefined;
  /** Of each process: threads of WSGI, requests at once of ASGI. */
  readonly each: number | undefined;
}

/**
 * Celery opens one a process, beat one; WSGI one a thread. With ASGI each request that is being answered has one: nothing but
 * the server's limit on requests at once bounds that (`--limit-concurrency`), or a pool in the application, which no file shows.
 */
function statedOf(service: OpenerSource, opener: Opener): Stated {
  const words = [...wordsOf(service), ...(service.environment?.GUNICORN_CMD_ARGS ?? "").split(/\s+/)];
  const processes = (names: readonly string[], ...variables: readonly string[]) =>
    [
      numberOption(words, names),
      ...[HANDOVER.processes, ...variables].map((name) => numberIn(service, name)),
    ].find((number) => number !== undefined);
  switch (opener) {
    case "celery":
      return {
        processes:
          runs(words, "beat") && !runs(words, "worker")
            ? 1
            : processes(["-c", "--concurrency", "--autoscale"]),
        each: 1,
      };
    case "wsgi":
      return {
        processes: processes(["-w", "--workers"], "WEB_CONCURRENCY"),
        each: numberOption(words, ["--threads"]) ?? numberIn(service, HANDOVER.threads),
      };
    case "asgi":
      return {
        processes: processes(["-w", "--workers"], "WEB_CONCURRENCY"),
        each: numberOption(words, ["--limit-concurrency"]) ?? numberIn(service, "UVICORN_LIMIT_CONCURRENCY"),
      };
  }
}

/**
 * The connections that a task opens for certain once it is busy, by numbers that the file states; 0 where it states none. ASGI
 * counts as none: a pool may hold it to less.
 */
export function statedConnections(service: OpenerSource): number {
  const opener = openerOf(service);
  if (opener === undefined || opener === "asgi") {
    return 0;
  }
  const { processes = 0, each = 1 } = statedOf(service, opener);
  return processes * each;
}

/** The connections that a task may open, with what the platform hands it where the file states nothing; `undefined` without bound. */
export function likelyConnections(service: OpenerSource & TaskSize, opener: Opener): number | undefined {
  const { processes = workerProcesses(service), each = opener === "wsgi" ? WORKER_THREADS : undefined } =
    statedOf(service, opener);
  return each === undefined ? undefined : processes * each;
}

/** How many connections applications get: what the database takes, less what PostgreSQL keeps. */
export function connectionsForServices(database: Parameters<typeof connectionLimit>[0]): number | undefined {
  const limit = connectionLimit(database);
  return limit === undefined ? undefined : limit - RESERVED_CONNECTIONS;
}

/** What services may open of a database's connections while a release runs beside the former one. */
export interface ConnectionBudget {
  /** The connections that the database has for services. */
  readonly room: number;
  /** Services whose tasks open no more than a number of connections that is known. */
  readonly bounded: readonly {
    readonly key: string;
    /** Connections of one task. */
    readonly each: number;
    /** Tasks, those of the former release among them. */
    readonly tasks: number;
  }[];
  /** Keys of services of which nothing is known. */
  readonly unbounded: readonly string[];
}

/** `undefined` where nothing is known of the database, or there is none. */
export function connectionBudget({
  services,
  database,
}: Pick<Environment, "services" | "database">): ConnectionBudget | undefined {
  const room = database && connectionsForServices(database);
  if (room === undefined) {
    return undefined;
  }
  const openers = Object.entries(services).flatMap(([key, service]) => {
    const opener = connects(service, MEMBER_KEYS.database) ? openerOf(service) : undefined;
    return opener === undefined ? [] : [{ key, service, each: likelyConnections(service, opener) }];
  });
  return {
    room,
    bounded: openers.flatMap(({ key, service, each }) =>
      each === undefined ? [] : [{ key, each, tasks: mostTasksInDeployment(service) }],
    ),
    unbounded: openers.filter(({ each }) => each === undefined).map(({ key }) => key),
  };
}

/** What may go wrong with the connections of a platform, as sentences; none where all fits, or nothing is known. */
export function connectionWarnings(environment: Pick<Environment, "services" | "database">): string[] {
  const budget = connectionBudget(environment);
  if (budget === undefined) {
    return [];
  }
  const { room, bounded, unbounded } = budget;
  const sum = bounded.reduce((total, { each, tasks }) => total + each * tasks, 0);
  return [
    ...(sum > room
      ? [
          `While a release runs beside the former one, services may open ${sum} connections to the database, which has ${room} for ` +
            `them: ${bounded.map(({ key, each, tasks }) => `${key} ${tasks} tasks of ${each}`).join(", ")}. Lower ` +
            `autoscaling.maximum or ${HANDOVER.processes} and ${HANDOVER.threads}, or take a larger database.instanceClass.`,
        ]
      : []),
    ...unbounded.map(
      (key) =>
        `Nothing bounds the connections of ${key} to the database: with ASGI each request that is being answered has one. Give its ` +
        "server a limit (uvicorn: --limit-concurrency), have CONN_MAX_AGE 0, and use psycopg's pool.",
    ),
  ];
}
