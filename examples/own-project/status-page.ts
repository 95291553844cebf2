// The status page: a name in the shop's zone for a page that somebody else hosts, deployed on its own.
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Construct } from "constructs";
import { EnvironmentStack, type EnvironmentStackProps } from "django-on-aws-cdktf";

const HOST = "shop.statuspage.example.net";

export class StatusPageStack extends EnvironmentStack {
  constructor(scope: Construct, id: string, props: EnvironmentStackProps) {
    super(scope, id, props);
    const { dns } = props.environment;
    if (dns?.hostedZoneId === undefined) {
      throw new Error("The status page needs dns.hostedZoneId: the zone that its name is written into.");
    }
    new Route53Record(this, "status-page", {
      zoneId: dns.hostedZoneId,
      name: `status.${dns.domain}`,
      type: "CNAME",
      ttl: 300,
      records: [HOST],
    });
  }
}
