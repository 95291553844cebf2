// A web ACL's rules as data: what each looks for, in which order, and whether it blocks or counts.
import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import type { Waf } from "../schema/waf";
import { LARGE_BODY_RULE, MANAGED_RULE_GROUPS, WAF_RULES, type WafRule } from "../schema/waf-rules";
import { visibility } from "./visibility";

/** Seconds that a rate limit looks back. */
const RATE_WINDOW_SECONDS = 300;

/** A statement as Terraform names its blocks: the bindings leave its type open. */
type Statement = Readonly<Record<string, unknown>>;

export interface RulesProps {
  readonly settings: Waf;
  /** ARN of the IP set whose addresses are blocked. */
  readonly blockedAddressesArn: string;
}

/** The rules, in the order in which WAF asks them; the first one that blocks a request ends it. */
export function webAclRules({ settings, blockedAddressesArn }: RulesProps): Wafv2WebAclRule[] {
  const { rateLimit, sensitivePaths, count } = settings;
  const own: Partial<Record<WafRule, Statement>> = {
    "blocked-addresses": { ip_set_reference_statement: { arn: blockedAddressesArn } },
    "rate-limit": rateStatement(rateLimit),
    ...(sensitivePaths.prefixes.length > 0 && {
      "sensitive-paths": rateStatement(sensitivePaths.rateLimit, beginsWith(sensitivePaths.prefixes)),
    }),
  };
  const managed: Partial<Record<WafRule, Statement>> = Object.fromEntries(
    Object.entries(MANAGED_RULE_GROUPS).map(([name, { group, rules }]) => [
      name,
      managedStatement(group, countedOf(rules, settings)),
    ]),
  );
  return WAF_RULES.flatMap((name, priority): Wafv2WebAclRule[] => {
    const common = { name, priority, visibilityConfig: visibility(name) };
    const counts = count.includes(name);
    const statement = own[name];
    if (statement) {
      return [{ ...common, action: counts ? { count: {} } : { block: {} }, statement }];
    }
    // A group's rules say themselves whether they block; "none" lets them, "count" overrides all of them.
    const group = managed[name];
    return group
      ? [{ ...common, overrideAction: counts ? { count: {} } : { none: {} }, statement: group }]
      : [];
  });
}

/** Counts the requests of each address, of those that `scope` takes. */
function rateStatement(limit: number, scope?: Statement): Statement {
  return {
    rate_based_statement: {
      limit,
      aggregate_key_type: "IP",
      evaluation_window_sec: RATE_WINDOW_SECONDS,
      ...(scope && { scope_down_statement: scope }),
    },
  };
}

function beginsWith(prefixes: readonly string[]): Statement {
  const statements = prefixes.map((prefix) => ({
    byte_match_statement: {
      field_to_match: { uri_path: {} },
      positional_constraint: "STARTS_WITH",
      search_string: prefix,
      // Django decodes a path before it looks for the view, so "/%61dmin/login/" leads to the same page.
      text_transformation: [{ priority: 0, type: "URL_DECODE" }],
    },
  }));
  const [only, ...others] = statements;
  // WAF takes "or" between two statements or more.
  return only && others.length === 0 ? only : { or_statement: { statement: statements } };
}

function managedStatement(group: string, counted: readonly string[]): Statement {
  return {
    managed_rule_group_statement: {
      vendor_name: "AWS",
      name: group,
      ...(counted.length > 0 && {
        rule_action_override: counted.map((name) => ({ name, action_to_use: { count: {} } })),
      }),
    },
  };
}

/** Which rules of a group count although the group blocks. */
function countedOf(rules: readonly string[], { count, blockLargeBodies }: Waf): string[] {
  const counted: readonly string[] = blockLargeBodies ? count : [LARGE_BODY_RULE, ...count];
  return rules.filter((rule) => counted.includes(rule));
}
