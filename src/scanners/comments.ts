// The comments by which scanners leave out of their reports what stays, each with its reason.
import type { Accepted, Scanner } from "./accepted";

/** Comments for scanners on a block of HCL. */
export interface ScannerComments {
  /** Lines right above the block. */
  readonly above: readonly string[];
  /** At the end of its first line; empty for nothing. */
  readonly beside: string;
  /** Lines at the top of its body. */
  readonly inside: readonly string[];
}

/**
 * What each scanner reads, and where: "Suppressing and skipping policies" in Checkov's documentation, "Filtering resources by inline
 * comments" in Trivy's, "Annotations" in tflint's.
 */
export function scannerComments(rows: readonly Accepted[]): ScannerComments {
  const of = (scanner: Scanner) => rows.filter((row) => row.scanner === scanner && row.only !== "json");
  return {
    above: of("trivy").map(({ check, reason }) => `#trivy:ignore:${check} ${reason}`),
    beside: of("tflint")
      .map(({ check }) => ` # tflint-ignore: ${check}`)
      .join(""),
    inside: of("checkov").map(({ check, reason }) => `#checkov:skip=${check}: ${reason}`),
  };
}
