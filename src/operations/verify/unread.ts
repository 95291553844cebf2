// What AWS does not let us read of a platform: the checks that need it cannot be made, and all others can.
import type { Model } from "../../model/model";
import { flowId } from "../../model/traffic/rules";
import { MEMBER_KEYS } from "../../schema/member-keys";
import type { AwsFailure } from "../aws/failure";
import type { AwsSession } from "../aws/session";
import type { VerifyCheck } from "./check";

/** What can be missing without the rest being in doubt: a member by its key, or what one family of checks is about. */
export type Part =
  | (typeof MEMBER_KEYS)["database" | "cache" | "endpoints"]
  | "file-systems"
  | "network-acls"
  | "listeners"
  | "targets"
  | "database-user"
  | "cache-user"
  | "schedules";

export type Unread = ReadonlyMap<Part, AwsFailure>;

/** The families of checks that nothing but one part decides. */
const FAMILIES: Readonly<Partial<Record<Part, RegExp>>> = {
  "network-acls": /^acl:/,
  listeners: /^internet:/,
  targets: /^targets:/,
  "database-user": /^database-user$/,
  "cache-user": /^cache-user$/,
  schedules: /^schedule:/,
  [MEMBER_KEYS.endpoints]: /^endpoint:/,
};

/** Reads parts, and notes those that AWS refuses. */
export class PartReader {
  readonly unread = new Map<Part, AwsFailure>();

  constructor(private readonly aws: Pick<AwsSession, "explain">) {}

  /** The value, or where AWS refuses it, `otherwise`: whoever uses that looks at `unread`. */
  readonly read = async <Value>(part: Part, value: Promise<Value>, otherwise: Value): Promise<Value> => {
    try {
      return await value;
    } catch (error) {
      const failure = this.aws.explain(error);
      if (failure?.kind !== "not-allowed" && failure?.kind !== "rejected") {
        throw error;
      }
      this.unread.set(part, failure);
      return otherwise;
    }
  };
}

/** The checks, of which those have failed that could not be made. */
export function withUnread(
  checks: readonly VerifyCheck[],
  unread: Unread,
  { members, traffic }: Pick<Model, "members" | "traffic">,
): VerifyCheck[] {
  const failures = new Map<string, AwsFailure>();
  const files = members.all.flatMap(({ key, kind }) => (kind === "file-system" ? [key] : []));
  for (const [part, failure] of unread) {
    const keys: readonly string[] = part === "file-systems" ? files : [part];
    const flows = traffic.flows
      .filter((flow) =>
        [flow.source, flow.destination].some((peer) => peer.kind === "group" && keys.includes(peer.group)),
      )
      .map((flow) => `flow:${flowId(flow)}`);
    const own = [
      ...flows,
      ...keys.flatMap((key) => [`resource:${key}`, `group:${key}`, `undeclared:${key}`]),
    ];
    for (const { id } of checks.filter(({ id }) => own.includes(id) || FAMILIES[part]?.test(id))) {
      failures.set(id, failure);
    }
  }
  return checks.map(({ id, title, ...rest }) => {
    const failure = failures.get(id);
    return failure ? { id, title, status: "fail", detail: notMade(failure) } : { id, title, ...rest };
  });
}

/** What is said of a check that could not be made. */
export function notMade({ message }: Pick<AwsFailure, "message">): string {
  return notChecked(message);
}

/** @param why one sentence or more */
export function notChecked(why: string): string {
  return `It could not be checked. ${why}`;
}
