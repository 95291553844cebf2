// Yours: what your team adds to the platform. Upstream does not change this folder, so that a merge never meets your code.
import type { Platform } from "../index";

/** Adds resources of your own, once the stacks of the environment are there: docs/extending.md shows how. */
export function extend(_platform: Platform): void {}
