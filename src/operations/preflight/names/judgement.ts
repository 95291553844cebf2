// Whether a name is free, ours already, or in the way.

import type { WantedKind } from "../../../model/names/kinds";
import { type Finding, failed, passed } from "../planned-check";

export type Tags = Readonly<Record<string, string>>;

/** A resource that has a name which the environment wants. */
export interface Holder {
  readonly arn: string;
  readonly tags: Tags;
  /** Where it is about to go and still holds its name: what that means and what to do, a sentence. */
  readonly leaving?: string | undefined;
  /** What else the reader should know of it, a sentence. */
  readonly remark?: string | undefined;
}

/** A name that the environment wants, and who has it. */
export interface NameFacts {
  readonly kind: WantedKind;
  readonly name: string;
  readonly holders: readonly Holder[];
}

/** The tags that tell an environment's own resources from others': `Environment` and `ManagedBy`. */
const TELLING_TAGS = ["Environment", "ManagedBy"] as const;

/**
 * Whether a resource is the environment's own.
 * @param own the environment's default tags
 */
export function isOwn(tags: Tags, own: Tags): boolean {
  return TELLING_TAGS.every((key) => tags[key] === own[key]);
}

/** What becomes of these names in a deployment. */
export function judgeNames(facts: readonly NameFacts[], own: Tags): Finding {
  const problems = facts.flatMap((fact) => problemOf(fact, own));
  if (problems.length > 0) {
    return failed(problems.join(" "));
  }
  const free = facts.filter(({ holders }) => holders.length === 0);
  if (free.length === 0) {
    return passed(`Deployed already: ${list(facts)}.`);
  }
  const deployed = facts.length - free.length;
  return passed(
    `Free: ${list(free)}.${deployed > 0 ? ` The others, ${deployed}, are deployed already.` : ""}`,
  );
}

/** The names behind their kinds: `database a; DB subnet group b`. */
function list(facts: readonly NameFacts[]): string {
  const kinds = [...new Set(facts.map(({ kind }) => kind))];
  return kinds
    .map((kind) => {
      const names = facts.filter((fact) => fact.kind === kind).map(({ name }) => name);
      return `${kind} ${names.join(", ")}`;
    })
    .join("; ");
}

function problemOf({ kind, name, holders }: NameFacts, own: Tags): string[] {
  const [holder, ...others] = holders;
  if (holder === undefined) {
    return [];
  }
  if (others.length > 0) {
    const arns = holders.map(({ arn }) => arn).join(", ");
    return [
      `${holders.length} resources of the kind ${kind} have the name ${name} (${arns}), and it must be found by it: rename all but one.`,
    ];
  }
  if (holder.leaving !== undefined) {
    return [`The ${kind} ${name} (${holder.arn}) still holds its name. ${holder.leaving}`];
  }
  if (isOwn(holder.tags, own)) {
    return [];
  }
  return [
    `The ${kind} ${name} exists and is not this environment's (${holder.arn}): ${
      holder.remark ?? `it lacks the tags ${TELLING_TAGS.map((key) => `${key}=${own[key]}`).join(" and ")}.`
    } Choose another name, remove it, or import it.`,
  ];
}
