// Whether a change of the journal can be undone, given what the account looks like now.
import { isDeepStrictEqual } from "node:util";
import type { NetworkAclEntry } from "@aws-sdk/client-ec2";
import type { BlockEntry, JournalEntry, Scale, ScaleEntry } from "./journal";

/** What stands now where the journal's entry made a change; `undefined` where the network ACL or the service is gone. */
export type Present =
  /** The ingress entry of that rule number; `null` where there is none. */
  { readonly entry: NetworkAclEntry | null } | { readonly scale: Scale } | undefined;

export interface Verdict {
  /**
   * `undo`: all is as the change left it, or as a crash in the midst of it did. `nothing`: the change never happened.
   * `changed`: somebody has changed it since.
   */
  readonly kind: "undo" | "nothing" | "changed";
  /** What is there now, in words. */
  readonly present: string;
  /** For `changed`, what remains to be done where it is undone all the same. */
  readonly forced?: "undo" | "nothing";
}

/** Judges an entry that is not undone yet. */
export function judge(entry: JournalEntry, present: Present): Verdict {
  if (entry.action === "block-ip") {
    return present && "entry" in present
      ? judgeBlock(entry, present.entry)
      : { kind: "changed", present: `${entry.networkAclId} does not exist`, forced: "nothing" };
  }
  return present && "scale" in present
    ? judgeScale(entry, present.scale)
    : { kind: "changed", present: `${entry.service} does not exist`, forced: "nothing" };
}

/** What stands there once an entry is undone. */
export function restored(entry: JournalEntry): Present {
  return entry.action === "block-ip" ? { entry: null } : { scale: entry.before };
}

function judgeBlock({ state, after }: BlockEntry, found: NetworkAclEntry | null): Verdict {
  if (found === null) {
    const present = "there is no such rule";
    return state === "intended"
      ? { kind: "nothing", present }
      : { kind: "changed", present, forced: "nothing" };
  }
  const { CidrBlock, Ipv6CidrBlock, Protocol, RuleAction } = found;
  const cidr = CidrBlock ?? Ipv6CidrBlock ?? "?";
  const present = `the rule is: ${RuleAction} protocol ${Protocol} from ${cidr}`;
  return isDeepStrictEqual({ cidr, protocol: Protocol, ruleAction: RuleAction }, after)
    ? { kind: "undo", present }
    : { kind: "changed", present, forced: "undo" };
}

function judgeScale({ state, before, after }: ScaleEntry, now: Scale): Verdict {
  const present = scaleText(now);
  if (isDeepStrictEqual(now, after)) {
    return { kind: "undo", present };
  }
  if (state === "intended") {
    if (isDeepStrictEqual(now, before)) {
      return { kind: "nothing", present };
    }
    const isBetween =
      [before, after].some(({ desiredCount }) => desiredCount === now.desiredCount) &&
      [before, after].some(({ suspended }) => isDeepStrictEqual(suspended, now.suspended));
    if (isBetween) {
      return { kind: "undo", present };
    }
  }
  return { kind: "changed", present, forced: "undo" };
}

/** A scale in words: `2 tasks, autoscaling on`. */
export function scaleText({ desiredCount, suspended }: Scale): string {
  return `${desiredCount} ${desiredCount === 1 ? "task" : "tasks"}, ${suspensionText(suspended)}`;
}

function suspensionText(suspended: Scale["suspended"]): string {
  if (suspended === null) {
    return "no autoscaling";
  }
  const parts = [
    suspended.dynamicScalingIn && "scaling in",
    suspended.dynamicScalingOut && "scaling out",
    suspended.scheduledScaling && "scheduled scaling",
  ].filter((part) => part !== false);
  switch (parts.length) {
    case 0:
      return "autoscaling on";
    case 3:
      return "autoscaling suspended";
    default:
      return `${parts.join(" and ")} suspended`;
  }
}

/** What an entry did, in words. */
export function entryText(entry: JournalEntry): string {
  return entry.action === "block-ip"
    ? `denied ${entry.after.cidr}: rule ${entry.ruleNumber} of ${entry.networkAclId}`
    : `scaled ${entry.service} down from ${scaleText(entry.before)}`;
}
