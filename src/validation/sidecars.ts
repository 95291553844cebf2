// The containers of a task against each other: names, ports, sizes, volumes, and who waits for whom.
import { containersOf, type OwnedContainer, ownShare } from "../model/containers";
import type { Problem } from "../schema/problem";
import type { Sidecar } from "../schema/sidecar";
import { type Check, type ComparedService, problem } from "./check";
import { unknownName } from "./spelling";

export const checkSidecars: Check = ({ services }) =>
  Object.entries(services).flatMap(([key, service]) => {
    const containers = containersOf(key, service);
    return [
      ...nameProblems(key, service),
      ...portProblems(key, service, containers),
      ...targetProblems(key, service),
      ...sizeProblems(key, service),
      ...volumeProblems(containers),
      ...dependencyProblems(containers, service),
    ];
  });

type Containers = readonly OwnedContainer<ComparedService | Sidecar>[];

function nameProblems(key: string, { sidecars }: ComparedService): Problem[] {
  return Object.hasOwn(sidecars, key)
    ? [
        problem(
          `services.${key}.sidecars.${key}`,
          key,
          "Choose another key: the service's own container is called so.",
        ),
      ]
    : [];
}

/** All containers of a task share one network: "Task networking with the awsvpc network mode", Amazon ECS developer guide. */
function portProblems(key: string, { extraPorts }: ComparedService, containers: Containers): Problem[] {
  const taken = new Map(extraPorts.map((port) => [port, key]));
  return containers.flatMap(({ name, path, said: { port } }) => {
    const other = port === undefined ? undefined : taken.get(port);
    if (port !== undefined) taken.set(port, other ?? name);
    const remedy = `Choose another port: "${other}" listens on it, and the containers of a task share one network.`;
    return other === undefined || other === name ? [] : [problem(`${path}.port`, port, remedy)];
  });
}

function targetProblems(key: string, { targetContainer, sidecars }: ComparedService): Problem[] {
  if (targetContainer === undefined) {
    return [];
  }
  const target = sidecars[targetContainer];
  const names = Object.keys(sidecars);
  if (target === undefined) {
    const remedy =
      targetContainer === key
        ? "Remove it: requests go to the service's own container where nothing is said."
        : unknownName(
            "sidecar",
            targetContainer,
            names,
            `Name a sidecar: ${names.join(", ") || "there is none"}.`,
          );
    return [problem(`services.${key}.targetContainer`, targetContainer, remedy)];
  }
  return target.port === undefined
    ? [
        problem(
          `services.${key}.sidecars.${targetContainer}.port`,
          null,
          "Give the port that it listens on: the load balancer sends requests there.",
        ),
      ]
    : [];
}

/** "Task size" and "Container definition parameters", Amazon ECS developer guide: containers have no more than their task. */
function sizeProblems(key: string, { cpu, memory, sidecars }: ComparedService): Problem[] {
  const left = ownShare({
    cpu: cpu ?? Number.POSITIVE_INFINITY,
    memory: memory ?? Number.POSITIVE_INFINITY,
    sidecars,
  });
  const remedy = (what: string, whole: number | undefined) =>
    `Give less: of the task's ${whole} ${what}, nothing would be left for the service's own container.`;
  return [
    ...(left.cpu <= 0 ? [problem(`services.${key}.sidecars`, "cpu", remedy("CPU units", cpu))] : []),
    ...(left.memory <= 0 ? [problem(`services.${key}.sidecars`, "memory", remedy("MiB", memory))] : []),
    ...Object.entries(sidecars).flatMap(([name, { memory: limit, memoryReservation }]) =>
      limit !== undefined && memoryReservation !== undefined && memoryReservation > limit
        ? [
            problem(
              `services.${key}.sidecars.${name}.memoryReservation`,
              memoryReservation,
              `Give the ${limit} of its memory at most: more than that it never gets.`,
            ),
          ]
        : [],
    ),
  ];
}

function volumeProblems(containers: Containers): Problem[] {
  const uses = containers.flatMap(({ path, said: { sharedVolumes, writablePaths } }) =>
    Object.entries(sharedVolumes).map(([volume, mount]) => ({
      volume,
      ...mount,
      at: `${path}.sharedVolumes.${volume}`,
      isTaken:
        (writablePaths ?? []).includes(mount.path) ||
        Object.entries(sharedVolumes).some(
          ([other, { path: there }]) => other < volume && there === mount.path,
        ),
    })),
  );
  return uses.flatMap(({ volume, at, path, isTaken }) => {
    const others = uses.filter((use) => use.volume === volume);
    const remedies = [
      ...(others.length === 1
        ? ["Name it in another container, too: what one has for itself is writablePaths."]
        : []),
      ...(others.length > 1 && others[0]?.at === at && others.every(({ readOnly }) => readOnly)
        ? ["Let one of its containers write: it is empty at the start."]
        : []),
      ...(isTaken ? [`Choose another path: something else is at ${path} in this container.`] : []),
    ];
    return remedies.map((remedy) => problem(at, path, remedy));
  });
}

function dependencyProblems(containers: Containers, own: ComparedService): Problem[] {
  const names = containers.map(({ name }) => name);
  const ofService = names[0];
  return containers.flatMap(({ name, path, said: { dependsOn } }) =>
    Object.entries(dependsOn).flatMap(([other, condition]) => {
      const at = `${path}.dependsOn.${other}`;
      const found = containers.find((one) => one.name === other);
      if (found === undefined) {
        const known = names.filter((one) => one !== name);
        const remedy = unknownName(
          "container",
          other,
          known,
          `Name another container of the task: ${known.join(", ")}.`,
        );
        return [problem(at, other, remedy)];
      }
      if (other === name) {
        return [problem(at, other, "Remove it: a container cannot wait for itself.")];
      }
      if (waitsFor(containers, other).has(name)) {
        return [
          problem(at, condition, `Remove it, or what "${other}" waits for: each would wait for the other.`),
        ];
      }
      const isOwn = other === ofService;
      if (condition === "HEALTHY" && !(isOwn ? hasHealthCheck(own) : found.said.healthCheck !== undefined)) {
        return [
          problem(
            at,
            condition,
            `Give "${other}" a healthCheck, or wait for its START: it would never be healthy.`,
          ),
        ];
      }
      const endsTask = isOwn || ("essential" in found.said && found.said.essential);
      if ((condition === "COMPLETE" || condition === "SUCCESS") && endsTask) {
        const remedy = isOwn
          ? "Wait for START or HEALTHY: the service's own container ends with the task."
          : `Set essential to false in "${other}": the task would end with it.`;
        return [problem(at, condition, remedy)];
      }
      return [];
    }),
  );
}

/** Django with a port is asked by Python where nothing else is said. */
function hasHealthCheck({ healthCheck, django, port }: ComparedService): boolean {
  return healthCheck?.command !== undefined || (django !== undefined && port !== undefined);
}

/** All that a container waits for, and what that waits for in its turn. */
function waitsFor(containers: Containers, name: string, found = new Set<string>()): Set<string> {
  for (const other of Object.keys(containers.find((one) => one.name === name)?.said.dependsOn ?? {})) {
    if (!found.has(other)) {
      found.add(other);
      waitsFor(containers, other, found);
    }
  }
  return found;
}
