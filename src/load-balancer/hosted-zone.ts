// The Route 53 zone that the domain is in, looked up before anything is written into it.
import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Construct } from "constructs";
import type { Dns } from "../schema/dns";

export interface HostedZoneProps {
  /** The environment's domain, with the zone's name or its ID. */
  readonly dns: Dns;
}

/** A public hosted zone that exists. A plan fails where it is not there, or is not the zone of every name. */
export class HostedZone extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, { dns }: HostedZoneProps) {
    super(scope, id);
    const { hostedZoneId, hostedZoneName, domain, alternativeNames } = dns;
    const names = JSON.stringify([domain, ...alternativeNames]);
    const zone = new DataAwsRoute53Zone(this, "zone:domain", {
      ...(hostedZoneId === undefined ? {} : { zoneId: hostedZoneId }),
      ...(hostedZoneName === undefined ? {} : { name: hostedZoneName, privateZone: false }),
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
    this.id = zone.zoneId;
  }
}
