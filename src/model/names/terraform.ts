// What elements are called in Terraform, as far as an environment's keys are part of it.

import type { DatabaseUser } from "../database-login";

/**
 * The name of an element with this construct id, in the snake_case of Terraform's style guide: `Uploads` is `uploads`,
 * `public-us-east-1a` is `public_us_east_1a`.
 *
 * Children of one construct need different ids, while a bucket and its policy should have one name. So an id may say
 * before a colon what the element is to its construct: `policy:uploads` is `uploads`, too.
 */
export function terraformName(id: string): string {
  const known = names.get(id) ?? newName(id);
  names.set(id, known);
  return known;
}

/** Every reference to an element asks for its name again. */
const names = new Map<string, string>();

function newName(id: string): string {
  const colon = id.indexOf(":");
  const name = id
    .slice(colon + 1)
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .replaceAll(/[^A-Za-z0-9]/g, "_")
    .toLowerCase();
  return /^[a-z]/.test(name) ? name : `id_${name}`;
}

/** A command that a service runs once; the service itself is called by its key alone. */
export function oneOffResource(service: string, command: string): string {
  return `${service}_${command}`;
}

/** What restarts services after a change of the database's password. */
export const DATABASE_RESTART_RESOURCE = "database-restart";

/** What a service runs by the clock. */
export function scheduleResource(service: string, schedule: string): string {
  return `${service}_${schedule}`;
}

/** What all schedules share: their group, the role that starts runs, and the queue for those that could not be started. */
export const SCHEDULES_RESOURCE = "schedules";
export const UNDELIVERED_RESOURCE = "undelivered-schedules";

/** A queue for what could not be worked off; the queue itself is called by its key alone. */
export function deadLettersResource(queue: string): string {
  return `${queue}-dead-letters`;
}

/** The bucket of the load balancer's access logs; the environment's own buckets are called by their keys. */
export const ACCESS_LOGS_RESOURCE = "access-logs";

/** A value that is made up for a variable of a container. @param container its key: `web`, `web-nginx` */
export function generatedSecretResource(container: string, variable: string): string {
  return `${container}-${variable}`;
}

/** A secret that several services share. */
export function sharedSecretResource(key: string): string {
  return `shared-${key}`;
}

/** Django's SECRET_KEY. */
export const SECRET_KEY_RESOURCE = "secret-key";

/** What it was before. */
export const PREVIOUS_SECRET_KEY_RESOURCE = "secret-key-previous";

/** The database's URL with a user's log-in. */
export function databaseUrlResource(user: DatabaseUser): string {
  return user === "application" ? "database-user-url" : "database-url";
}

/** An alarm. */
export function alarmResource(subject: string, kind: string): string {
  return `${subject}_${kind}`;
}
