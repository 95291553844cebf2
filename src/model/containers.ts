// The containers of a service's task: its own, called after the service, and its sidecars; and which of them the load balancer finds.
import { COLLECTOR } from "../schema/open-telemetry";
import type { Service } from "../schema/service";
import type { Sidecar } from "../schema/sidecar";

/** Sidecars, as far as they are known, by name. */
type Sidecars<Fields extends keyof Sidecar> = Readonly<Record<string, Pick<Sidecar, Fields>>>;

/** A container with what a file says of it. */
export interface OwnedContainer<Said> {
  /** The container's name: the service's key, or the sidecar's. */
  readonly name: string;
  /** Where the file describes it: `services.web`, `services.web.sidecars.nginx`. */
  readonly path: string;
  /** What names its own resources and variables in Terraform: `web`, `web-nginx`. */
  readonly key: string;
  /** The folder of secrets that are made up for it: `web`, `web/nginx`. */
  readonly secrets: string;
  readonly said: Said;
}

/** The containers of a service, its own first, sidecars by their names: in whatever order a file has them, they are the same. */
export function containersOf<Own extends object, Beside = never>(
  service: string,
  own: Own & { readonly sidecars?: Readonly<Record<string, Beside>> | undefined },
): readonly [OwnedContainer<Own>, ...OwnedContainer<Beside>[]] {
  const path = `services.${service}`;
  return [
    { name: service, path, key: service, secrets: service, said: own },
    ...Object.entries(own.sidecars ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, said]) => ({
        name,
        path: name === COLLECTOR ? `${path}.openTelemetry` : `${path}.sidecars.${name}`,
        key: `${service}-${name}`,
        secrets: `${service}/${name}`,
        said,
      })),
  ];
}

/** What of a service says where the load balancer sends requests. */
export interface TargetSource {
  readonly port?: Service["port"];
  readonly targetContainer?: Service["targetContainer"];
  readonly sidecars?: Sidecars<"port"> | undefined;
}

/** The port that the load balancer sends requests to; `undefined` where it does not reach the service. */
export function targetPort({ port, targetContainer, sidecars = {} }: TargetSource): number | undefined {
  return targetContainer === undefined ? port : sidecars[targetContainer]?.port;
}

/** What is left of a task for the service's own container, once sidecars have what they may use, or what is kept for them. */
export function ownShare({
  cpu,
  memory,
  sidecars = {},
}: {
  readonly cpu: number;
  readonly memory: number;
  readonly sidecars?: Sidecars<"cpu" | "memory" | "memoryReservation"> | undefined;
}): { readonly cpu: number; readonly memory: number } {
  const all = Object.values(sidecars);
  return {
    cpu: all.reduce((left, sidecar) => left - (sidecar.cpu ?? 0), cpu),
    memory: all.reduce((left, sidecar) => left - (sidecar.memory ?? sidecar.memoryReservation ?? 0), memory),
  };
}

/** Where a file says what runs in its services' containers: `services.web.image`. */
export function imageFields({
  services,
}: {
  readonly services: Readonly<Record<string, Pick<Service, "sidecars">>>;
}): string[] {
  return Object.entries(services).flatMap(([key, service]) =>
    containersOf(key, service).map(({ path }) => `${path}.image`),
  );
}
