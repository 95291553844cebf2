// The policy `tls-floor`: HTTPS takes TLS 1.2 or newer.
import { asText } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";

/** The policies whose floor is TLS 1.2 or 1.3: "Security policies for your Application Load Balancer". */
const MODERN = /^ELBSecurityPolicy-(TLS13-1-[23]|TLS-1-2|FS-1-2)-/;

const tlsFloor: Policy = {
  id: "tls-floor",
  severity: "high",
  rule: "HTTPS takes TLS 1.2 or newer.",
  reason:
    "TLS 1.0 and 1.1 can be broken, and are forbidden by most rules that a platform is audited against.",
  remedy:
    "Set ssl_policy to one of the policies that begin with TLS 1.2 or 1.3, such as ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.",
  *check({ resources }) {
    for (const listener of resources.of("aws_lb_listener", "aws_alb_listener")) {
      const { protocol, ssl_policy: policy } = listener.body;
      if (["HTTPS", "TLS"].includes(asText(protocol) ?? "") && !MODERN.test(asText(policy) ?? "")) {
        yield finding(listener, `Its policy ${asText(policy) ?? "(the default)"} takes TLS older than 1.2`);
      }
    }
  },
};

export default tlsFloor;
