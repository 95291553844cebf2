// A time zone, as environment files name it: by its IANA name.
import { z } from "zod";

const ZONE = 'Write a time zone by its name, such as "Europe/Berlin", or "UTC".';

/** Offsets are no zones: they know nothing of daylight saving time. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name === "UTC" || /^[A-Za-z]+(\/[A-Za-z0-9_+-]+)+$/.test(name);
  } catch {
    return false;
  }
}

export const timeZone = z.string(ZONE).refine(isTimeZone, ZONE);
