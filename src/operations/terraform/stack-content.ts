// What a synthesized stack itself says it is of, from its JSON or its HCL, and whether that is the environment that is meant.
import type { Environment } from "../../model/environment";
import { membersOf } from "../../model/members";
import { type StateLocation, stateLocation } from "../../model/state-location";
import { defaultTags } from "../../model/tags";

/** What tells one environment's stack from another's. */
export interface StackContent {
  /** The kind of its backend, and where its state is; `none` without a backend. */
  readonly location: Readonly<Record<string, string>>;
  /** The tag `Environment` of all of its resources; `undefined` where it gives none. */
  readonly environmentTag: string | undefined;
  /** The Name tags by which it finds the VPC and the groups that another stack has made. */
  readonly lookups: readonly string[];
}

/** Of a stack's `cdk.tf.json`. */
export function contentOfJson(config: unknown): StackContent {
  const { terraform, provider, data }: Record<string, unknown> = Object(config);
  const [backend, place] = Object.entries(Object(Object(terraform).backend))[0] ?? ["none", {}];
  const tags = list(Object(provider).aws).flatMap(({ default_tags: defaults }) =>
    list(defaults).map(({ tags: given }) => text(Object(given).Environment)),
  );
  const sources: object[] = ["aws_vpc", "aws_security_group"].map((type) => Object(Object(data)[type]));
  return {
    location: { backend, ...texts(place) },
    environmentTag: tags[0],
    lookups: sources
      .flatMap((named) => list(Object.values(named)))
      .flatMap(({ filter }) => list(filter))
      .flatMap(({ name, values }) =>
        name === "tag:Name" && Array.isArray(values) ? values.map(String) : [],
      ),
  };
}

/** A block of no indent, and one of two spaces, as this project writes HCL. */
const BLOCK = /^(\w+)(?: "(\w+)")?(?: "[^"]+")? \{\n([\s\S]*?)^\}/gm;
const BACKEND = /^ {2}backend "(\w+)" \{\n([\s\S]*?)^ {2}\}/m;
const ARGUMENT = /^ +(\w+) += "(.*)"$/gm;
const NAME_FILTER = /^ +name +=\s"tag:Name"\n +values = \["(.*)"\]$/gm;

/** Of a stack's HCL, as this project writes it. */
export function contentOfHcl(hcl: string): StackContent {
  const bodies = (kind: string, ...types: (string | undefined)[]) =>
    [...hcl.matchAll(BLOCK)].flatMap(([, found, type, body = ""]) =>
      found === kind && types.includes(type) ? [body] : [],
    );
  const args = (body: string) =>
    Object.fromEntries([...body.matchAll(ARGUMENT)].map(([, key = "", value = ""]) => [key, value]));
  const [, backend = "none", place = ""] = bodies("terraform", undefined).join("").match(BACKEND) ?? [];
  return {
    location: { backend, ...args(place) },
    environmentTag: bodies("provider", "aws").map((body) => args(body).Environment)[0],
    lookups: bodies("data", "aws_vpc", "aws_security_group").flatMap((body) =>
      [...body.matchAll(NAME_FILTER)].map(([, name = ""]) => name),
    ),
  };
}

/**
 * What in a stack is not this environment's, a sentence each.
 * @param stack the stack's name: only the platform's own are held to the environment's state and names
 */
export function strangeContent(content: StackContent, environment: Environment, stack: string): string[] {
  const { environmentTag } = content;
  const expectedTag = defaultTags(environment).Environment;
  const found: string[] = [];
  if (environmentTag !== undefined && environmentTag !== expectedTag) {
    found.push(`its resources are tagged as those of ${environmentTag}, and not of ${expectedTag}`);
  }
  if (environment.terraformModule === "child") {
    return content.location.backend === "none"
      ? found
      : [...found, "it has a backend, which a child module cannot have"];
  }
  if (stack === "django" || stack === "security-group-rules") {
    const expected = stateLocation(environment.state, environment.name, stack);
    if (Object.entries(expected).some(([key, value]) => content.location[key] !== value)) {
      found.push(`its state is ${placeText(content.location)}, and not ${placeText({ ...expected })}`);
    }
  }
  if (stack === "security-group-rules") {
    const names = [environment.names.vpc, ...membersOf(environment).all.map(({ groupName }) => groupName)];
    const missing = names.filter((name) => !content.lookups.includes(name));
    if (missing.length > 0) {
      found.push(`it works on ${content.lookups.join(", ") || "nothing"}, and not on ${missing.join(", ")}`);
    }
  }
  return found;
}

function placeText(location: Readonly<Record<string, string>>): string {
  const {
    backend,
    bucket,
    key,
    region,
    path,
  }: Partial<Record<keyof Extract<StateLocation, { backend: "s3" }> | "path", string>> = location;
  switch (backend) {
    case "s3":
      return `s3://${bucket}/${key} (${region})`;
    case "local":
      return `the file ${path}`;
    default:
      return backend === "none" ? "wherever who runs Terraform keeps it" : `in a backend "${backend}"`;
  }
}

function list(value: unknown): Record<string, unknown>[] {
  return (Array.isArray(value) ? value : [value]).map((item): Record<string, unknown> => Object(item));
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Object(value)).flatMap(([key, item]) => (typeof item === "string" ? [[key, item]] : [])),
  );
}
