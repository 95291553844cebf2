// Whose names a service's variables have: the platform's own, or those that many images read already.
import { z } from "zod";
import { unique } from "./fields";

/** docs/django-settings.md lists the variables of each. */
export const PRESETS = ["platform", "cookiecutter-django", "urls"] as const;

export type Preset = (typeof PRESETS)[number];

/** The platform's own names, where the file does not say. */
export const DEFAULT_PRESETS: Preset[] = ["platform"];

export const presets = z.array(z.enum(PRESETS)).refine(unique, "Name each preset once.");
