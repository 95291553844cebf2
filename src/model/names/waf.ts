// What belongs to the web application firewall.

export function webAclName(base: string): string {
  return base;
}

/** The IP set of the addresses that nothing is taken from. */
export function blockedAddressesName(base: string): string {
  return `${base}-blocked`;
}

/** The web ACL's log group; WAF takes one only if its name begins with `aws-waf-logs-`. */
export function wafLogGroup(base: string): string {
  return `aws-waf-logs-${base}`;
}
