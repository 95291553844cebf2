// The checks from inside: whether each service reaches each store and each service that it connects to, and what the end of the
// task says that has tried it.
import {
  type Connectivity,
  connectivityOf,
  STORE_VARIABLES,
  type Store,
  storeNamed,
} from "../../model/connectivity";
import type { Environment } from "../../model/environment";
import { namesOfService } from "../../model/names/resolved";
import { type PrivateAddress, privateAddresses } from "../../model/private-names";
import { mostTasks } from "../../model/services";
import type { RanOnce } from "../tasks/run-once";
import type { VerifyCheck } from "./check";
import { PROBE_ENDS, PROBE_PATIENCE } from "./probe-script";
import { notChecked } from "./unread";

/** What checks call the stores, in their IDs too. */
const CALLED: Readonly<Record<Store, string>> = { postgres: "database", redis: "cache" };

/** A check from inside, before it is made. */
export interface InsideCheck extends Connectivity, Pick<VerifyCheck, "id" | "title"> {
  /** The store, which tasks know by their variables, or where the other service is found. */
  readonly target: Store | Pick<PrivateAddress, "host" | "port">;
}

/** `database:*`, `cache:*`, and `service:*` for each port of another service, unless that is to run no task. */
export function insideChecks(environment: Pick<Environment, "name" | "network" | "services">): InsideCheck[] {
  const { services } = environment;
  const addresses = privateAddresses(environment);
  return connectivityOf(services).flatMap((connectivity): InsideCheck[] => {
    const { service, to, ports } = connectivity;
    const store = storeNamed(to);
    if (store !== undefined) {
      const called = CALLED[store];
      const title = `From inside, ${service} reaches its ${called}`;
      return [{ ...connectivity, target: store, id: `${called}:${service}`, title }];
    }
    const [address, destination] = [addresses[to], services[to]];
    if (address === undefined || destination === undefined || mostTasks(destination) === 0) {
      return [];
    }
    return (ports ?? [address.port]).map((port) => ({
      ...connectivity,
      target: { host: address.host, port },
      id: `service:${service}:${to}:${port}`,
      title: `From inside, ${service} reaches ${to} on ${port}`,
    }));
  });
}

/** What the check connects to, in words. */
function targetText({ target }: Pick<InsideCheck, "target">): string {
  return typeof target === "string" ? `the ${CALLED[target]}` : `${target.host}:${target.port}`;
}

/** What the check starts in the account, for people. */
export function whatItStarts(check: InsideCheck, { names }: Pick<Environment, "names">): string {
  const { id, service, image, command } = check;
  const { service: name } = namesOfService(names, service);
  const like = image === "service" ? `like those of ${name}` : `in the network of ${name}`;
  const runs = command
    ? `it runs "${command.join(" ")}"`
    : `it opens one connection to ${targetText(check)}, logs in nowhere,`;
  return `${id} starts a task in the cluster ${names.cluster}, ${like}; ${runs} and ends.`;
}

/** What the task's end says; never that a store is reached where nothing has reached it. */
export function judgeInside(
  check: InsideCheck,
  ran: RanOnce,
  startedAt: string,
): Omit<VerifyCheck, "id" | "title"> {
  if (!ran.started) {
    return unknown(`ECS started no task: ${ran.reason}`);
  }
  const { exitCode, reason, log, isOverdue } = ran;
  const task = { exitCode: exitCode ?? null, log, startedAt };
  if (exitCode === undefined) {
    const why = isOverdue
      ? `The task started at ${startedAt} ${reason}`
      : `The container did not start: ${reason}`;
    return { ...unknown(`${why}${remedy(check, isOverdue)}`), ...task };
  }
  const end = `exit code ${exitCode} from the task started at ${startedAt}`;
  return { ...(check.command ? ofCommand(exitCode, end, reason) : ofProbe(check, exitCode, end)), ...task };
}

type Verdict = Pick<VerifyCheck, "status" | "detail" | "reached">;

function unknown(why: string): Verdict {
  return { status: "fail", detail: notChecked(why), reached: null };
}

function ofCommand(exitCode: number, end: string, reason: string): Verdict {
  return exitCode === 0
    ? { status: "pass", detail: end, reached: true }
    : { status: "fail", detail: `${end} (${reason})`, reached: false };
}

function ofProbe(check: InsideCheck, exitCode: number, end: string): Verdict {
  const { target } = check;
  const { host, port } = typeof target === "string" ? STORE_VARIABLES[target] : target;
  const noName =
    typeof target === "string"
      ? `the host name in ${host} is not found`
      : `${host} is not found: no task of ${check.to} is registered under it`;
  const closed = (words: string): Verdict => ({
    status: "fail",
    detail: `${words} (${end})`,
    reached: false,
  });
  switch (exitCode) {
    case PROBE_ENDS.reached:
      return {
        status: "pass",
        detail: `its port answers${typeof target === "string" ? ", with TLS" : ""} (${end})`,
        reached: true,
      };
    case PROBE_ENDS.noName:
      return closed(noName);
    case PROBE_ENDS.refused:
      return closed(
        `the host refuses the connection: nothing listens on the port ${typeof target === "string" ? "in " : ""}${port}`,
      );
    case PROBE_ENDS.silent:
      return closed(
        `no answer within ${PROBE_PATIENCE} seconds: a security group, a network ACL or a route keeps the connection out`,
      );
    case PROBE_ENDS.broken:
      return closed("the network breaks the connection off");
    case PROBE_ENDS.noTls:
      return closed("the port answers, and no TLS handshake succeeds");
    case PROBE_ENDS.noAddress:
      return unknown(`${host} and ${port} tell the task no address (${end})`);
    default:
      return unknown(
        `The probe does not end like that (${end})${check.image === "service" ? remedy(check, true) : ""}`,
      );
  }
}

/** @param ran whether anything ran in the task, if not what it was told to */
function remedy({ service, image }: InsideCheck, ran: boolean | undefined): string {
  const checkCommand = `say what the service's image can run, by checkCommand in services.${service}.connectsTo`;
  if (image === "probe") {
    return `. Where the probe's image cannot be pulled, ${checkCommand}`;
  }
  return ran
    ? `. The image's entry point has to run the command that it is given (exec "$@"); or ${checkCommand}`
    : "";
}
