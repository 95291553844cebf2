// How it is found out from inside whether services reach what they connect to: in whose image, and by what.
import { destinationOf } from "../schema/connection";
import { MEMBER_KEYS, STORE_KEYS } from "../schema/member-keys";
import type { Service } from "../schema/service";
import { hasPlatformNames } from "./presets";
import { connectionTo } from "./services";

export type Store = (typeof STORE_KEYS)[number];

/** The data store of a key; `undefined` for what is none, such as a service. */
export function storeNamed(key: string): Store | undefined {
  return STORE_KEYS.find((store) => store === key);
}

/** The variables by which services, and the probe, are told where a store is. */
export const STORE_VARIABLES = {
  postgres: { host: "DATABASE_HOST", port: "DATABASE_PORT" },
  redis: { host: "REDIS_HOST", port: "REDIS_PORT" },
} as const satisfies Readonly<Record<Store, { readonly host: string; readonly port: string }>>;

/** Django's own check, which logs in to the database: "System check framework", `check --database`, Django documentation. */
export const DJANGO_CHECK: readonly string[] = ["python", "manage.py", "check", "--database", "default"];

/** Python's official image, which has no entry point: tag 3.13.15-alpine3.24, 17 MB. */
export const PROBE_IMAGE =
  "public.ecr.aws/docker/library/python@sha256:79e7a9b9ff1cbceff819f856fb374477792a5967759d94df266de7b7b4120e6f";

/** The container of the task that tries connections in that image. */
export const PROBE_CONTAINER = "probe";

/** One service, and a store or another service that it connects to. */
export interface Connectivity {
  /** The service's key. */
  readonly service: string;
  /** Where it connects to, by its key. */
  readonly to: string;
  /** The ports that the file names; none where they follow from the destination. */
  readonly ports?: readonly number[] | undefined;
  /** Whose image runs in the task: the service's own, where something is known that it can run, or the probe's. */
  readonly image: "service" | "probe";
  /** What ends with exit code 0 where the store is reached; `undefined` for the probe's script. */
  readonly command: readonly string[] | undefined;
}

/** What of a service decides; in a file that may still be wrong, as much as is known. */
type ConnectingServices = Readonly<
  Record<
    string,
    { readonly [Field in "connectsTo" | "django" | "entryPoint" | "presets"]?: Service[Field] | undefined }
  >
>;

/** Every service with everything that it connects to, in the file's order. */
export function connectivityOf(services: ConnectingServices): Connectivity[] {
  return Object.entries(services).flatMap(([service, { connectsTo = [], django, entryPoint, presets }]) =>
    connectsTo.map((connection): Connectivity => {
      const to = destinationOf(connection);
      const words = connectionTo({ connectsTo }, to);
      // What an entry point of the file's makes of another command, nobody knows: ECS replaces none for one task.
      const runsPython = django !== undefined && entryPoint === undefined;
      const isKnown = runsPython && to === MEMBER_KEYS.database;
      const command = words?.checkCommand ?? (isKnown ? DJANGO_CHECK : undefined);
      // Django's image has Python, which with the platform's names is all that the script takes.
      const image = command || (runsPython && hasPlatformNames({ presets })) ? "service" : "probe";
      return { service, to, command, image, ...(words?.ports && { ports: words.ports }) };
    }),
  );
}

/** Whether the platform has a task of its own that tries connections. */
export function needsProbe(services: ConnectingServices): boolean {
  return connectivityOf(services).some(({ image }) => image === "probe");
}
