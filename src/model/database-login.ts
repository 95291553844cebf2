// How services come by the database's password, when it changes, and who has to be restarted then.

import type { ApplicationUser } from "../schema/application-user";
import { MEMBER_KEYS } from "../schema/member-keys";
import { type PasswordRotation, passwordRotationSchema, rotationHour } from "../schema/password-rotation";
import type { Service } from "../schema/service";
import { boundLogin, isBound } from "./bindings";
import { hasPlatformNames } from "./presets";
import { connects } from "./services";

/** The variables in which a service finds the database's user and password. */
export const LOGIN_VARIABLES = { user: "DATABASE_USER", password: "DATABASE_PASSWORD" } as const;

/** The container of the task that makes the application's own user. */
export const DATABASE_USER_CONTAINER = "psql";

/** The staging label of the version of its secret that the database has: the command `database-user` puts it there. */
export const IN_DATABASE = "IN_DATABASE";

/** What the secret of the application's own user says of itself: by it, a change of the name is seen without reading it. */
export function databaseUserDescription({ name }: Pick<ApplicationUser, "name">): string {
  return `The application's own user of the database: ${name}`;
}

/** What of a database decides; in a file that may still be wrong, as much as is known. */
interface RotatingDatabase {
  readonly credentials?: string;
  readonly passwordRotation?: PasswordRotation | undefined;
  readonly applicationUser?: object | undefined;
}

/** When the database's password changes by itself; `undefined` where it never does. */
export function passwordRotationOf(database: RotatingDatabase | undefined): PasswordRotation | undefined {
  return database?.credentials === "rds-managed"
    ? (database.passwordRotation ?? passwordRotationSchema.parse({}))
    : undefined;
}

/** What of a service decides; in a file that may still be wrong, as much as is known. */
type LoginSettings = {
  readonly [Field in
    | "bindings"
    | "connectsTo"
    | "databaseLogin"
    | "databaseUser"
    | "environment"
    | "presets"
    | "secrets"
    | "sidecars"]?: Service[Field] | undefined;
};

/** What of an environment decides who logs in as whom. */
interface LoginSections {
  readonly database?: RotatingDatabase | undefined;
  readonly services: Readonly<Record<string, LoginSettings>>;
}

/** Whether a service that connects to this database logs in as the application's own user, and not as the master. */
export function isApplicationUser(
  database: Pick<RotatingDatabase, "applicationUser"> | undefined,
  { databaseUser = "application" }: Pick<LoginSettings, "databaseUser">,
): boolean {
  return database?.applicationUser !== undefined && databaseUser === "application";
}

/** Who logs in to the database. */
export type DatabaseUser = "application" | "master";

/** The users whose log-in a service has as a URL; for each there is a secret. */
export function usersWithUrl({ database, services }: LoginSections): DatabaseUser[] {
  const users = Object.values(services)
    .filter((service) => {
      const { connectsTo = [] } = service;
      return connects({ connectsTo }, MEMBER_KEYS.database) && isBound(service, "database.url");
    })
    .map((service): DatabaseUser => (isApplicationUser(database, service) ? "application" : "master"));
  return [...new Set(users)];
}

/** The services that log in as the application's own user, by key. */
export function servicesOfApplicationUser({ database, services }: LoginSections): string[] {
  return Object.entries(services).flatMap(([key, { connectsTo = [], databaseUser }]) =>
    connects({ connectsTo }, MEMBER_KEYS.database) && isApplicationUser(database, { databaseUser })
      ? key
      : [],
  );
}

/**
 * The services that keep the master's password with which they started, by key. What gives itself another is none of them,
 * nor what logs in as the application's own user, whose password nobody rotates.
 */
export function keepersOfPassword({ database, services }: LoginSections): string[] {
  return Object.keys(services).filter((key) => {
    const service = services[key] ?? {};
    const {
      connectsTo = [],
      databaseLogin = "at-start",
      environment = {},
      secrets = {},
      bindings = {},
    } = service;
    return (
      connects({ connectsTo }, MEMBER_KEYS.database) &&
      !isApplicationUser(database, service) &&
      (boundLogin(service).password ||
        (databaseLogin === "at-start" &&
          hasPlatformNames(service) &&
          !(LOGIN_VARIABLES.password in secrets) &&
          !(LOGIN_VARIABLES.password in environment) &&
          !(LOGIN_VARIABLES.password in bindings)))
    );
  });
}

/** The services that the platform restarts after each change of the password, by key. */
export function restartedServices(sections: LoginSections): string[] {
  return passwordRotationOf(sections.database)?.restartServices ? keepersOfPassword(sections) : [];
}

/** Minutes from one look at the password to the next, while it may change and in the hour after. */
const MINUTES_BETWEEN_LOOKS = 5;

/**
 * When to look whether the password has changed, as a schedule of EventBridge's: every five minutes of the window and of the
 * hour after it. Every day, whatever the days of the rotation: somebody may have changed it by hand.
 */
export function lookSchedule({ schedule, windowHours }: PasswordRotation): string {
  const first = rotationHour(schedule);
  const hours = Array.from({ length: Math.min(windowHours + 1, 24) }, (_, index) => (first + index) % 24);
  return `cron(0/${MINUTES_BETWEEN_LOOKS} ${hours.sort((a, b) => a - b).join(",")} * * ? *)`;
}
