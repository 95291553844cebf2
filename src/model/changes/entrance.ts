// What a change of the load balancer, its firewall and its domain does while requests come in.
import type { PathsOf } from "../../schema/field-path";
import type { Change } from "./change";

export const entranceChanges: Readonly<Record<PathsOf<"loadBalancer" | "dns">, Change>> = {
  loadBalancer: "its fields",
  "loadBalancer.internal": {
    replaces: ["aws_lb.internal"],
    instead:
      "Elastic Load Balancing moves no load balancer between the Internet and the network: another one has another DNS name, and until it " +
      "stands nothing is reached. Build a second environment beside this one, and move the domain.",
  },
  "loadBalancer.ingressCidrs": "added",
  "loadBalancer.ports": "added",
  "loadBalancer.idleTimeoutSeconds": "new tasks",
  "loadBalancer.accessLogRetentionDays": "in place",
  "loadBalancer.responseHeaders": "its fields",
  "loadBalancer.responseHeaders.strictTransportSecurity": "new tasks",
  "loadBalancer.responseHeaders.strictTransportSecurity.maxAgeSeconds": "new tasks",
  "loadBalancer.responseHeaders.strictTransportSecurity.includeSubdomains": "in place",
  "loadBalancer.responseHeaders.contentTypeOptions": "nothing",
  "loadBalancer.responseHeaders.frameOptions": "in place",
  "loadBalancer.responseHeaders.contentSecurityPolicy": "in place",
  "loadBalancer.responseHeaders.server": "in place",
  "loadBalancer.waf": "added",
  "loadBalancer.waf.rateLimit": "in place",
  "loadBalancer.waf.sensitivePaths": "its fields",
  "loadBalancer.waf.sensitivePaths.prefixes": "in place",
  "loadBalancer.waf.sensitivePaths.rateLimit": "in place",
  "loadBalancer.waf.count": "in place",
  "loadBalancer.waf.blockLargeBodies": "in place",
  "loadBalancer.waf.blockedCidrs": "in place",
  "loadBalancer.waf.logRetentionDays": "in place",
  dns: "added",
  "dns.domain": "made first",
  "dns.alternativeNames": "made first",
  "dns.hostedZoneName": "added",
  "dns.hostedZoneId": "nothing",
  "dns.certificateArn": "in place",
};
