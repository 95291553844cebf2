// Every finding of a scanner that stays.
import type { Accepted } from "./accepted";
import { CHECKOV } from "./checkov";
import { TFLINT } from "./tflint";
import { TRIVY } from "./trivy";

export const ACCEPTED: readonly Accepted[] = [...CHECKOV, ...TRIVY, ...TFLINT];
