// The rules of the web application firewall by name: the platform's own, and the rule groups that AWS manages.

/** One of AWS's rule groups: free of charge beyond the fee for any rule. */
interface ManagedRuleGroup {
  /** What AWS calls it. */
  readonly group: string;
  /**
   * The names of its rules. WAF ignores an override of a rule that the group does not have, without a word
   * (RuleActionOverride API reference), so that a name has to be checked here.
   */
  readonly rules: readonly string[];
}

/**
 * AWS's rule groups, in the order in which WAF asks them, and their rules: "Baseline rule groups", "Use-case specific
 * rule groups" and "IP reputation rule groups", AWS WAF developer guide.
 */
export const MANAGED_RULE_GROUPS = {
  "ip-reputation": {
    group: "AWSManagedRulesAmazonIpReputationList",
    rules: ["AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "AWSManagedIPDDoSList"],
  },
  "known-bad-inputs": {
    group: "AWSManagedRulesKnownBadInputsRuleSet",
    rules: [
      "JavaDeserializationRCE_HEADER",
      "JavaDeserializationRCE_BODY",
      "JavaDeserializationRCE_URIPATH",
      "JavaDeserializationRCE_QUERYSTRING",
      "Host_localhost_HEADER",
      "PROPFIND_METHOD",
      "ExploitablePaths_URIPATH",
      "Log4JRCE_HEADER",
      "Log4JRCE_QUERYSTRING",
      "Log4JRCE_BODY",
      "Log4JRCE_URIPATH",
      "ReactJSRCE_BODY",
    ],
  },
  "sql-injection": {
    group: "AWSManagedRulesSQLiRuleSet",
    rules: [
      "SQLi_QUERYARGUMENTS",
      "SQLiExtendedPatterns_QUERYARGUMENTS",
      "SQLi_BODY",
      "SQLiExtendedPatterns_BODY",
      "SQLiExtendedPatterns_HEADER",
      "SQLiExtendedPatterns_URIPATH",
      "SQLi_COOKIE",
      "SQLi_URIPATH",
    ],
  },
  common: {
    group: "AWSManagedRulesCommonRuleSet",
    rules: [
      "NoUserAgent_HEADER",
      "UserAgent_BadBots_HEADER",
      "SizeRestrictions_QUERYSTRING",
      "SizeRestrictions_Cookie_HEADER",
      "SizeRestrictions_BODY",
      "SizeRestrictions_URIPATH",
      "EC2MetaDataSSRF_BODY",
      "EC2MetaDataSSRF_COOKIE",
      "EC2MetaDataSSRF_URIPATH",
      "EC2MetaDataSSRF_QUERYARGUMENTS",
      "GenericLFI_QUERYARGUMENTS",
      "GenericLFI_URIPATH",
      "GenericLFI_BODY",
      "RestrictedExtensions_URIPATH",
      "RestrictedExtensions_QUERYARGUMENTS",
      "GenericRFI_QUERYARGUMENTS",
      "GenericRFI_BODY",
      "GenericRFI_URIPATH",
      "CrossSiteScripting_COOKIE",
      "CrossSiteScripting_QUERYARGUMENTS",
      "CrossSiteScripting_BODY",
      "CrossSiteScripting_URIPATH",
    ],
  },
} as const satisfies Readonly<Record<string, ManagedRuleGroup>>;

/** The rule of the group `common` that blocks every body above 8 KB, and so every upload. */
export const LARGE_BODY_RULE = "SizeRestrictions_BODY";

const {
  "ip-reputation": ipReputation,
  "known-bad-inputs": knownBadInputs,
  "sql-injection": sqlInjection,
  common,
} = MANAGED_RULE_GROUPS;

/** The rules of a web ACL, in the order in which WAF asks them; their names are those of their metrics, too. */
export const WAF_RULES = [
  "blocked-addresses",
  "rate-limit",
  "sensitive-paths",
  "ip-reputation",
  "known-bad-inputs",
  "sql-injection",
  "common",
] as const;

export type WafRule = (typeof WAF_RULES)[number];

/** Everything that can be made to count instead of block: a rule of the web ACL, or one within a managed group. */
export const COUNTABLE_RULES = [
  ...WAF_RULES,
  ...ipReputation.rules,
  ...knownBadInputs.rules,
  ...sqlInjection.rules,
  ...common.rules,
] as const;
