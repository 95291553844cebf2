// What a scanner's finding is that stays, and which of them a stack has.
import { isObject, type JsonObject } from "../terraform/hcl/json";

/** The scanners whose findings are accounted for. */
export const SCANNERS = ["checkov", "trivy", "tflint"] as const;
export type Scanner = (typeof SCANNERS)[number];

/** A resource that a scanner may find something in. */
export interface Scanned {
  /** Its address in Terraform, such as `aws_s3_bucket.access_logs`. */
  readonly address: string;
  /** What it says. */
  readonly body: JsonObject;
  /** All resources of its stack: by type, then by name. */
  readonly resources: JsonObject;
}

/** A finding of a scanner that stays, for a reason. */
export interface Accepted {
  readonly scanner: Scanner;
  /** The check's ID, such as `CKV_AWS_18`. */
  readonly check: string;
  /** What the check asks for, in a few words. */
  readonly asks: string;
  /** An address in Terraform, or the type of a resource for all of that type, or the name of a file that is not there. */
  readonly addresses: string;
  /** Why it stays, in a clause that fits on the line of a comment. */
  readonly reason: string;
  /**
   * The format in which alone it is found, since the scanner does not read it well.
   * @default - both
   */
  readonly only?: "json";
  /**
   * Whether it is found in a resource with such an address.
   * @default - in all of them
   */
  readonly where?: (resource: Scanned) => boolean;
}

/** The findings that stay in a stack with these resources, by the address of the resource. */
export function acceptedIn(
  list: readonly Accepted[],
  resources: JsonObject,
): ReadonlyMap<string, readonly Accepted[]> {
  const scanned = Object.entries(resources).flatMap(([type, named]) =>
    Object.entries(isObject(named) ? named : {}).flatMap(([name, body]): Scanned[] =>
      isObject(body) ? [{ address: `${type}.${name}`, body, resources }] : [],
    ),
  );
  return new Map(
    scanned
      .map((resource) => [resource.address, list.filter((row) => isFound(row, resource))] as const)
      .filter(([, rows]) => rows.length > 0),
  );
}

function isFound({ addresses, where }: Accepted, resource: Scanned): boolean {
  const [type] = resource.address.split(".");
  return (addresses === resource.address || addresses === type) && (where?.(resource) ?? true);
}
