// Live rules as facts, so that judgements can be tested without an account.
import type { LiveRule } from "../../src/operations/live/security-groups";

/** IDs of the groups that the facts speak of. */
export const GROUP_IDS: ReadonlyMap<string, string> = new Map([
  ["alb", "sg-alb"],
  ["django", "sg-django"],
  ["postgres", "sg-postgres"],
  ["redis", "sg-redis"],
]);

/** An ingress rule of postgres for django on 5432/tcp, unless said otherwise. */
export function liveRule(given: Partial<LiveRule> = {}): LiveRule {
  return {
    id: "sgr-1",
    groupId: "sg-postgres",
    direction: "ingress",
    protocol: "tcp",
    fromPort: 5432,
    toPort: 5432,
    peer: { kind: "group", groupId: "sg-django" },
    description: "PostgreSQL from Django",
    ...given,
  };
}
