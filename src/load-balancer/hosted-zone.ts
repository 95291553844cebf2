// The Route 53 zone that the domain is in: looked up before anything is written into it, or told by who calls the module.
import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import type { Dns } from "../schema/dns";
import { callersProviderOf } from "../terraform/base-stack";

export interface HostedZoneProps {
  /** The environment's domain, with the zone's name or its ID. */
  readonly dns: Dns;
}

/**
 * A public hosted zone that exists. A plan fails where it is not there, or is not the zone of every name. In a child module, the variable
 * `hosted_zone_id` says which it is: a lookup can be put off there, and the records would be planned to be replaced.
 */
export class HostedZone extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, { dns }: HostedZoneProps) {
    super(scope, id);
    const { hostedZoneId, hostedZoneName, domain, alternativeNames } = dns;
    const told = callersProviderOf(this) && this.variable(dns);
    const names = JSON.stringify([domain, ...alternativeNames]);
    const zone = new DataAwsRoute53Zone(this, "zone:domain", {
      ...(told !== undefined && { zoneId: told }),
      ...(told === undefined && hostedZoneId !== undefined && { zoneId: hostedZoneId }),
      ...(told === undefined && hostedZoneName !== undefined && { name: hostedZoneName, privateZone: false }),
      lifecycle: {
        postcondition: [
          {
            condition: "${!self.private_zone}",
            errorMessage:
              "The hosted zone ${self.name} is private: neither browsers nor ACM see its records. Give the public one.",
          },
          {
            condition: `\${alltrue([for name in ${names} : name == self.name || endswith(name, ".\${self.name}")])}`,
            errorMessage:
              `The hosted zone \${self.name} is not the parent of every name of the platform: ` +
              `${[domain, ...alternativeNames].join(", ")}.`,
          },
        ],
      },
    });
    this.id = told ?? zone.zoneId;
  }

  private variable({ hostedZoneId, domain }: Dns): string {
    const variable = new TerraformVariable(this, "variable:hosted_zone_id", {
      type: "string",
      nullable: false,
      ...(hostedZoneId !== undefined && { default: hostedZoneId }),
      description: `ID of the public hosted zone in Route 53 that ${domain} is in`,
    });
    variable.addValidation({
      // Route 53 API reference, "HostedZone".
      condition: '${can(regex("^[A-Z0-9]{1,32}$", var.hosted_zone_id))}',
      errorMessage: "Give the zone's ID, such as Z0123456789ABCDEFGHIJ.",
    });
    return variable.stringValue;
  }
}
