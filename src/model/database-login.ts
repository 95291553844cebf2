// How services come by the database's password, when it changes, and who has to be restarted then.

import { MEMBER_KEYS } from "../schema/member-keys";
import { type PasswordRotation, passwordRotationSchema, rotationHour } from "../schema/password-rotation";
import type { Service } from "../schema/service";
import { connects } from "./services";

/** The variables in which a service finds the database's user and password. */
export const LOGIN_VARIABLES = { user: "DATABASE_USER", password: "DATABASE_PASSWORD" } as const;

/** What of a database decides; in a file that may still be wrong, as much as is known. */
interface RotatingDatabase {
  readonly credentials?: string;
  readonly passwordRotation?: PasswordRotation | undefined;
}

/** When the database's password changes by itself; `undefined` where it never does. */
export function passwordRotationOf(database: RotatingDatabase | undefined): PasswordRotation | undefined {
  return database?.credentials === "rds-managed"
    ? (database.passwordRotation ?? passwordRotationSchema.parse({}))
    : undefined;
}

/** What of a service decides; in a file that may still be wrong, as much as is known. */
type LoginSettings = {
  readonly [Field in "connectsTo" | "databaseLogin" | "environment" | "secrets"]?: Service[Field] | undefined;
};

/** The services that keep the password with which they started, by key. What gives itself another is none of them. */
export function keepersOfPassword(services: Readonly<Record<string, LoginSettings>>): string[] {
  return Object.keys(services).filter((key) => {
    const {
      connectsTo = [],
      databaseLogin = "at-start",
      environment = {},
      secrets = {},
    } = services[key] ?? {};
    return (
      connects({ connectsTo }, MEMBER_KEYS.database) &&
      databaseLogin === "at-start" &&
      !(LOGIN_VARIABLES.password in secrets) &&
      !(LOGIN_VARIABLES.password in environment)
    );
  });
}

/** The services that the platform restarts after each change of the password, by key. */
export function restartedServices({
  database,
  services,
}: {
  readonly database?: RotatingDatabase | undefined;
  readonly services: Readonly<Record<string, LoginSettings>>;
}): string[] {
  return passwordRotationOf(database)?.restartServices ? keepersOfPassword(services) : [];
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
