// The API calls that change security groups: what the incident drill looks up, and what somebody is told about.

/** Calls that change who may connect to whom: EC2 API reference. */
export const RULE_CALLS = [
  "AuthorizeSecurityGroupEgress",
  "AuthorizeSecurityGroupIngress",
  "CreateSecurityGroup",
  "DeleteSecurityGroup",
  "ModifySecurityGroupRules",
  "RevokeSecurityGroupEgress",
  "RevokeSecurityGroupIngress",
] as const;

/** Calls that change nothing but words. */
export const DESCRIPTION_CALLS = [
  "UpdateSecurityGroupRuleDescriptionsEgress",
  "UpdateSecurityGroupRuleDescriptionsIngress",
] as const;
