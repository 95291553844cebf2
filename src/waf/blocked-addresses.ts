// The IP set of addresses that nothing is taken from, a resource of its own: adding an address changes no rule.
import { Wafv2IpSet } from "@cdktf/provider-aws/lib/wafv2-ip-set";
import { Construct } from "constructs";

export interface BlockedAddressesProps {
  /** The IP set's name. */
  readonly name: string;
  /** IPv4 CIDR blocks; there may be none yet. */
  readonly cidrs: readonly string[];
}

/** An IP set of IPv4 addresses, for load balancers of this region. */
export class BlockedAddresses extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, cidrs }: BlockedAddressesProps) {
    super(scope, id);
    this.arn = new Wafv2IpSet(this, "ip-set:blocked-addresses", {
      name,
      description: "Addresses that the environment blocks",
      scope: "REGIONAL",
      ipAddressVersion: "IPV4",
      addresses: [...cidrs],
      tags: { Name: name },
    }).arn;
  }
}
