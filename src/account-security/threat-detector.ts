// GuardDuty: finds signs of an intruder in CloudTrail's events, VPC flow logs and DNS queries.
import { GuarddutyDetector } from "@cdktf/provider-aws/lib/guardduty-detector";
import { Construct } from "constructs";

export interface ThreatDetectorProps {
  /** The detector's Name tag. */
  readonly name: string;
  /** How soon a finding that occurs again is published again: `FIFTEEN_MINUTES`, `ONE_HOUR` or `SIX_HOURS`. */
  readonly findingPublishingFrequency: string;
}

/** GuardDuty in the stack's region, with the protection plans that AWS turns on for a new detector. */
export class ThreatDetector extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, { name, findingPublishingFrequency }: ThreatDetectorProps) {
    super(scope, id);
    this.id = new GuarddutyDetector(this, "detector:account", {
      enable: true,
      findingPublishingFrequency,
      tags: { Name: name },
    }).id;
  }
}
