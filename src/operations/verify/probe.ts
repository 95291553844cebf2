// A check of `verify` that takes a look of its own, and some time.
import type { VerifyCheck } from "./check";

export interface Probe {
  readonly id: string;
  readonly run: (says: (state: string) => void) => Promise<VerifyCheck>;
}
