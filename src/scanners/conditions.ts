// Where a finding is one: what a resource leaves out, and what stands beside it.
import { asList, isObject, type Json, type JsonObject } from "../terraform/hcl/json";
import type { Scanned } from "./accepted";

/** Where an argument is missing. */
export function without(argument: string): (resource: Scanned) => boolean {
  return ({ body }) => body[argument] === undefined;
}

/** Where nothing in a resource has this value. */
export function withoutValue(value: string): (resource: Scanned) => boolean {
  return ({ body }) => !JSON.stringify(body).includes(JSON.stringify(value));
}

/** Where a number is less than this. */
export function under(argument: string, least: number): (resource: Scanned) => boolean {
  return ({ body }) => typeof body[argument] === "number" && body[argument] < least;
}

/** Where a stack has no resource of this type that refers to it. */
export function unreferredBy(type: string): (resource: Scanned) => boolean {
  return ({ address, resources }) => !refers(Object.values(members(resources[type])), address);
}

/** Whether it is, or belongs to, a bucket for an application's files: by the rules for what is in it, which a team's own need not have. */
export function isOfFilesBucket({ address, resources }: Scanned): boolean {
  const rules = text(sibling("aws_s3_bucket_lifecycle_configuration", address, resources));
  return rules.includes('"expire-old-versions"') && rules.includes('"abort-unfinished-uploads"');
}

/** Where the bucket for files has this value nowhere in one of its settings. @param setting the type of the resource that has it */
export function filesBucketWithout(setting: string, value: string): (resource: Scanned) => boolean {
  return (resource) =>
    isOfFilesBucket(resource) &&
    !text(sibling(setting, resource.address, resource.resources)).includes(JSON.stringify(value));
}

/** What of another type is called as a resource is. */
function sibling(type: string, address: string, resources: JsonObject): Json | undefined {
  return members(resources[type])[address.split(".")[1] ?? ""];
}

function text(value: Json | undefined): string {
  return JSON.stringify(value ?? null);
}

/** Where users come in by plain HTTP alone: the environment has no domain, and so no certificate. */
export function isPlainHttp({ resources }: Scanned): boolean {
  return !listeners(resources).some(({ protocol }) => protocol === "HTTPS");
}

/** Where no HTTPS listener forwards to it itself, only through rules. */
export function isReachedByRules({ address, resources }: Scanned): boolean {
  return !refers(
    listeners(resources).filter(({ protocol }) => protocol === "HTTPS"),
    address,
  );
}

function listeners(resources: JsonObject): JsonObject[] {
  return Object.values(members(resources.aws_lb_listener)).filter(isObject);
}

function members(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Whether an expression in it refers to a resource. */
function refers(value: Json, address: string): boolean {
  if (typeof value === "string") return value.includes(`\${${address}.`);
  return (isObject(value) ? Object.values(value) : asList(value)).some(
    (inner) => inner !== value && refers(inner, address),
  );
}
