// The load balancer's listeners and their rules: which ports answer, with what, and which requests go to which service.
import { LbListener, type LbListenerDefaultAction } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule, type LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { Annotations, dependable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ListenerRules } from "../model/listener-rules";
import type { LoadBalancer } from "../schema/load-balancer";
import type { Service } from "../schema/service";
import { responseHeaderArguments } from "./response-headers";

/**
 * The floor is TLS 1.2, with forward secrecy and authenticated encryption only; TLS 1.3, and post-quantum key exchange,
 * with clients that know them. What AWS recommends: "Security policies for your Application Load Balancer".
 */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/**
 * The answer to a request for a host that nobody declared: RFC 9110, section 15.5.20. Browsers then try once more on a connection
 * of its own, which is right where one came here by a connection to another name.
 */
const REFUSAL: LbListenerRuleAction = {
  type: "fixed-response",
  fixedResponse: { contentType: "text/plain", messageBody: "No such host", statusCode: "421" },
};

/** The answer to a request from an address that its route is not for: RFC 9110, section 15.5.4. */
const FORBIDDEN: LbListenerRuleAction = {
  type: "fixed-response",
  fixedResponse: { contentType: "text/plain", messageBody: "Forbidden", statusCode: "403" },
};

const NO_DOMAIN =
  "This environment has no domain: its load balancer speaks plain HTTP, so anyone on the way can read and change " +
  "what users send, and Django's cookies are not marked secure. Fill in dns.domain to turn on HTTPS.";

const NO_LISTENER =
  "Nothing answers: the load balancer opens only port 443, and HTTPS needs a domain. Fill in dns.domain, or add 80 to " +
  "loadBalancer.ports.";

/** A target group and the requests that it gets. */
export interface ListenerTarget extends Pick<Service, "routes"> {
  /** The service's key. */
  readonly key: string;
  readonly targetGroupArn: string;
}

export interface ListenersProps extends Pick<LoadBalancer, "ports" | "responseHeaders"> {
  readonly loadBalancerArn: string;
  /**
   * The certificate's ARN. With it, HTTPS answers and HTTP redirects there.
   *
   * @default - HTTP answers, with a warning at synth
   */
  readonly certificateArn?: string | undefined;
  /** At most one without routes: it gets what no other's routes take, which a 404 answers if there is no such one. */
  readonly targets: readonly ListenerTarget[];
  /** Which requests go to which of the targets, before the default action is asked. */
  readonly rules: ListenerRules;
}

/** A listener on each port that the load balancer opens, and the rules that lead from there to services. */
export class Listeners extends Construct {
  /** What must stand before every target group belongs to the load balancer; until then, ECS refuses services. */
  readonly attachments: readonly ITerraformDependable[];
  private readonly byProtocol: Record<string, LbListener> = {};

  constructor(scope: Construct, id: string, props: ListenersProps) {
    super(scope, id);
    const { certificateArn, rules } = props;
    const forwarding =
      certificateArn === undefined ? this.addPlain(props) : this.addEncrypted(props, certificateArn);
    this.attachments = forwarding ? [forwarding, ...this.addRules(forwarding, props)] : [];
    if (rules.warning !== undefined) {
      Annotations.of(this).addWarning(rules.warning);
    }
  }

  /** The listeners' ARNs by protocol: `http`, `https`. */
  get arns(): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(this.byProtocol).map(([protocol, { arn }]) => [protocol, arn]));
  }

  private addEncrypted(
    { ports, loadBalancerArn, targets, responseHeaders }: ListenersProps,
    certificateArn: string,
  ) {
    if (!ports.includes(443)) {
      throw new Error(`${this.node.path}: a load balancer with a certificate has to open port 443`);
    }
    const https = new LbListener(this, "https", {
      loadBalancerArn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: TLS_POLICY,
      certificateArn,
      defaultAction: [defaultAction(targets)],
      ...responseHeaderArguments(responseHeaders, "HTTPS"),
    });
    this.byProtocol.https = https;
    if (ports.includes(80)) {
      this.byProtocol.http = new LbListener(this, "http", {
        loadBalancerArn,
        port: 80,
        protocol: "HTTP",
        defaultAction: [
          { type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } },
        ],
        ...responseHeaderArguments(responseHeaders, "HTTP"),
        // A platform that gets its domain later keeps answering on 80 until 443 does.
        dependsOn: [https],
      });
    }
    return https;
  }

  private addPlain(props: ListenersProps): LbListener | undefined {
    const { ports, loadBalancerArn, targets, responseHeaders } = props;
    if (!ports.includes(80)) {
      Annotations.of(this).addWarning(NO_LISTENER);
      return undefined;
    }
    Annotations.of(this).addWarning(NO_DOMAIN);
    const http = new LbListener(this, "http", {
      loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [defaultAction(targets)],
      ...responseHeaderArguments(responseHeaders, "HTTP"),
    });
    this.byProtocol.http = http;
    return http;
  }

  /** @returns the rules that lead to target groups */
  private addRules(listener: LbListener, { rules: { rules }, targets }: ListenersProps): LbListenerRule[] {
    const added = new Map(
      rules.map(({ id, priority, hosts, paths, sources, service, refused }) => {
        const target = targets.find(({ key }) => key === service);
        const rule = new LbListenerRule(this, id, {
          listenerArn: listener.arn,
          priority,
          condition: [
            ...(hosts ? [{ hostHeader: { values: [...hosts] } }] : []),
            ...(paths ? [{ pathPattern: { values: [...paths] } }] : []),
            ...(sources ? [{ sourceIp: { values: [...sources] } }] : []),
          ],
          action: [
            target
              ? { type: "forward", targetGroupArn: target.targetGroupArn }
              : refused === "address"
                ? FORBIDDEN
                : REFUSAL,
          ],
        });
        return [id, { rule, target }];
      }),
    );
    for (const { id, follows } of rules) {
      const before = follows.flatMap((other) => added.get(other)?.rule ?? []).map(dependable);
      const rule = added.get(id)?.rule;
      if (rule && before.length > 0) rule.dependsOn = before;
    }
    return [...added.values()].flatMap(({ rule, target }) => (target ? [rule] : []));
  }
}

/** What becomes of a request that no rule takes. */
function defaultAction(targets: readonly ListenerTarget[]): LbListenerDefaultAction {
  const target = targets.find(({ routes }) => routes === undefined);
  return target
    ? { type: "forward", targetGroupArn: target.targetGroupArn }
    : {
        type: "fixed-response",
        fixedResponse: { contentType: "text/plain", messageBody: "Not found", statusCode: "404" },
      };
}
