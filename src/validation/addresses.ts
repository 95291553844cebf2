// Resources that would get the same address in Terraform: what AWS takes for two, Terraform would take for one.

import { containersOf } from "../model/containers";
import { passwordRotationOf, usersWithUrl } from "../model/database-login";
import { namesOfService, resolveNames } from "../model/names/resolved";
import { oneOffFamily, scheduledRun } from "../model/names/services";
import {
  ACCESS_LOGS_RESOURCE,
  alarmResource,
  DATABASE_RESTART_RESOURCE,
  databaseUrlResource,
  deadLettersResource,
  generatedSecretResource,
  oneOffResource,
  PREVIOUS_SECRET_KEY_RESOURCE,
  SECRET_KEY_RESOURCE,
  scheduleResource,
  sharedSecretResource,
  terraformName,
  UNDELIVERED_RESOURCE,
} from "../model/names/terraform";
import { schedulesOf } from "../model/schedules";
import { isPublic, oneOffCommandsOf } from "../model/services";
import { imageTagVariable } from "../schema/image";
import { MEMBER_KEYS } from "../schema/member-keys";
import type { Problem } from "../schema/problem";
import { type Check, problem, type Sections } from "./check";

/** A resource of its kind. */
interface Resource {
  /** What it is called in Terraform, before that is put in snake_case. */
  readonly id: string;
  /** What it is, in words. */
  readonly what: string;
  /** Where its key stands, and that key. */
  readonly path: string;
  readonly key: string;
  /** Its name in AWS, where another check refuses one that is given twice. */
  readonly name?: string;
}

export const checkAddresses: Check = (sections) =>
  [taskDefinitions, imageTags, queues, buckets, secrets, alarms, schedules].flatMap((resources) =>
    sharedAddresses(resources(sections)),
  );

function sharedAddresses(resources: readonly Resource[]): Problem[] {
  const seen = new Map<string, Resource>();
  return resources.flatMap((resource) => {
    const address = terraformName(resource.id);
    const other = seen.get(address);
    seen.set(address, other ?? resource);
    if (!other || (other.name !== undefined && other.name === resource.name)) {
      return [];
    }
    const remedy = `Choose another key: in Terraform, ${resource.what} would be called "${address}", as ${other.what} is.`;
    return [problem(resource.path, resource.key, remedy)];
  });
}

function taskDefinitions({
  name,
  names,
  services,
  serviceKeys,
  queueKeys,
  bucketKeys,
  fileSystemKeys,
  memberKeys,
}: Sections): Resource[] {
  const resolved =
    name !== undefined && names !== undefined
      ? resolveNames(
          name,
          {
            services: serviceKeys,
            queues: queueKeys,
            buckets: bucketKeys,
            fileSystems: fileSystemKeys,
            extraMembers: memberKeys,
          },
          names,
        )
      : undefined;
  return Object.entries(services).flatMap(([key, service]) => {
    const family = resolved && namesOfService(resolved, key).taskDefinition;
    const path = `services.${key}`;
    return [
      {
        id: key,
        what: `the task definition of "${key}"`,
        path,
        key,
        ...(family !== undefined && { name: family }),
      },
      ...Object.keys(oneOffCommandsOf(service)).map((command) => ({
        id: oneOffResource(key, command),
        what: `the command "${command}" of "${key}"`,
        path,
        key,
        ...(family !== undefined && { name: oneOffFamily(family, command) }),
      })),
    ];
  });
}

/** The variables of images' tags; those of services alone are as different as their task definitions. */
function imageTags({ services }: Sections): Resource[] {
  const all = Object.entries(services).flatMap(([key, service]) => containersOf(key, service));
  return all.length === Object.keys(services).length
    ? []
    : all.map(({ name, path, key }) => ({
        id: imageTagVariable(key),
        what: `the tag of the image of "${name}"`,
        path,
        key: name,
      }));
}

function queues({ queueKeys, services }: Sections): Resource[] {
  const scheduled = schedulesOf(services).length > 0;
  const ofSchedules = {
    id: UNDELIVERED_RESOURCE,
    what: "the queue of the schedules",
    path: "services",
    key: "",
  };
  return (scheduled ? [ofSchedules] : []).concat(
    queueKeys.flatMap((key) => [
      { id: key, what: `the queue "${key}"`, path: `queues.${key}`, key },
      {
        id: deadLettersResource(key),
        what: `the dead-letter queue of "${key}"`,
        path: `queues.${key}`,
        key,
      },
    ]),
  );
}

function buckets({ bucketKeys }: Sections): Resource[] {
  return [
    {
      id: ACCESS_LOGS_RESOURCE,
      what: "the bucket of the load balancer's access logs",
      path: "loadBalancer",
      key: "",
    },
    ...bucketKeys.map((key) => ({ id: key, what: `the bucket "${key}"`, path: `buckets.${key}`, key })),
  ];
}

function secrets({ services, database, sharedSecrets = {} }: Sections): Resource[] {
  const shared = Object.values(services).some(({ django }) => django);
  return [
    ...(shared
      ? [
          {
            id: SECRET_KEY_RESOURCE,
            what: "Django's SECRET_KEY",
            path: "services",
            key: SECRET_KEY_RESOURCE,
          },
          {
            id: PREVIOUS_SECRET_KEY_RESOURCE,
            what: "Django's former SECRET_KEY",
            path: "services",
            key: PREVIOUS_SECRET_KEY_RESOURCE,
          },
        ]
      : []),
    ...usersWithUrl({ database, services }).map((user) => ({
      id: databaseUrlResource(user),
      what: "the database's URL",
      path: "services",
      key: databaseUrlResource(user),
    })),
    ...Object.entries(sharedSecrets).flatMap(([key, source]) =>
      "generate" in source
        ? [
            {
              id: sharedSecretResource(key),
              what: `the shared secret "${key}"`,
              path: `sharedSecrets.${key}`,
              key,
            },
          ]
        : [],
    ),
    ...Object.entries(services).flatMap(([key, service]) =>
      containersOf(key, service).flatMap(({ path, key: container, name, said }) =>
        Object.entries(said.secrets ?? {}).flatMap(([variable, source]) =>
          "generate" in source
            ? [
                {
                  id: generatedSecretResource(container, variable),
                  what: `${variable} of "${name}"`,
                  path: `${path}.secrets.${variable}`,
                  key: variable,
                },
              ]
            : [],
        ),
      ),
    ),
  ];
}

/** State machines: those of schedules, and the one that restarts services. */
function schedules({ name, services, database }: Sections): Resource[] {
  return [
    ...(passwordRotationOf(database)?.restartServices
      ? [{ id: DATABASE_RESTART_RESOURCE, what: "what restarts services", path: "database", key: "database" }]
      : []),
    ...schedulesOf(services).map(({ service, key }) => ({
      id: scheduleResource(service, key),
      what: `the schedule "${key}" of "${service}"`,
      path: `services.${service}.schedules.${key}`,
      key,
      ...(name !== undefined && { name: scheduledRun(name, service, key) }),
    })),
  ];
}

/** The load balancer's alarm on errors against the one on what a service logs. */
function alarms({ services, monitoring }: Sections): Resource[] {
  const reached = Object.values(services).some(isPublic);
  return !monitoring || !reached
    ? []
    : [
        {
          id: alarmResource(MEMBER_KEYS.loadBalancer, "server-errors"),
          what: "the load balancer's alarm on errors",
          path: "monitoring",
          key: MEMBER_KEYS.loadBalancer,
        },
        ...Object.keys(services).map((key) => ({
          id: alarmResource(key, "errors"),
          what: `the alarm on what "${key}" logs`,
          path: `services.${key}`,
          key,
        })),
      ];
}
