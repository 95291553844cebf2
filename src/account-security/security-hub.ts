// Security Hub: holds every resource against AWS's standards, and gathers what the other services find.
import { SecurityhubAccount } from "@cdktf/provider-aws/lib/securityhub-account";
import { SecurityhubStandardsSubscription } from "@cdktf/provider-aws/lib/securityhub-standards-subscription";
import { Construct } from "constructs";

export interface SecurityHubProps {
  /** The AWS region, such as `us-east-1`. */
  readonly region: string;
  /** The standards, as their ARNs end: `aws-foundational-security-best-practices/v/1.0.0`. */
  readonly standards: readonly string[];
}

/** Security Hub with the given standards, and none of those that AWS would add by itself. */
export class SecurityHub extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { region, standards }: SecurityHubProps) {
    super(scope, id);
    const account = new SecurityhubAccount(this, "account", {
      enableDefaultStandards: false,
      autoEnableControls: true,
      // One finding a control, however many standards hold it.
      controlFindingGenerator: "SECURITY_CONTROL",
    });
    this.arn = account.arn;
    for (const standard of standards) {
      new SecurityhubStandardsSubscription(this, standard.replaceAll(/[^a-z0-9]+/g, "-"), {
        standardsArn: `arn:aws:securityhub:${region}::standards/${standard}`,
        dependsOn: [account],
      });
    }
  }
}
