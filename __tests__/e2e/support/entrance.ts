// Reads back through the AWS APIs what stands between the Internet and a platform: its listeners and its firewall.
import {
  DescribeListenerAttributesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { awsCli } from "./aws-cli";
import { CREDENTIALS, REGION } from "./child-environment";

/** What the names of a listener's attributes begin with that change the headers of responses. */
const RESPONSE = "routing.http.response.";

/** A load balancer's listeners, by port, and the web ACL that is on it, with its log. */
export async function readEntrance(endpoint: string, loadBalancer: string) {
  const client = new ElasticLoadBalancingV2Client({ endpoint, region: REGION, credentials: CREDENTIALS });
  try {
    const { LoadBalancers = [] } = await client.send(
      new DescribeLoadBalancersCommand({ Names: [loadBalancer] }),
    );
    const { LoadBalancerArn = "" } = LoadBalancers[0] ?? {};
    const { Listeners = [] } = await client.send(new DescribeListenersCommand({ LoadBalancerArn }));
    const listeners: Record<string, unknown> = {};
    for (const listener of Listeners) {
      listeners[`${listener.Port}`] = await readListener(client, listener);
    }
    return { listeners, firewall: await readFirewall(endpoint, LoadBalancerArn) };
  } finally {
    client.destroy();
  }
}

async function readListener(
  client: ElasticLoadBalancingV2Client,
  { ListenerArn, Protocol, SslPolicy, DefaultActions = [] }: Listener,
) {
  const { Attributes = [] } = await client.send(new DescribeListenerAttributesCommand({ ListenerArn }));
  const { Type, RedirectConfig: to } = DefaultActions[0] ?? {};
  return {
    protocol: Protocol,
    // The emulator gives plain HTTP a policy, too.
    ...(Protocol === "HTTPS" && { tlsPolicy: SslPolicy }),
    action: to ? `${Type} to ${to.Protocol}:${to.Port}, ${to.StatusCode}` : Type,
    headers: Object.fromEntries(
      Attributes.flatMap(({ Key = "", Value = "" }) =>
        Key.startsWith(RESPONSE) && Value !== "" ? [[Key.slice(RESPONSE.length), Value]] : [],
      ),
    ),
  };
}

async function readFirewall(endpoint: string, loadBalancerArn: string) {
  const read = (call: string, arn: string, query: string) =>
    awsCli(endpoint, "wafv2", call, "--resource-arn", arn, "--query", query);
  const rateLimits = "Rules[].Statement.RateBasedStatement";
  const webAcl = {
    arn: "ARN",
    otherwise: "keys(DefaultAction)[0]",
    rules:
      "sort_by(Rules, &Priority)[].[Priority, Name, keys(Action || OverrideAction)[0], Statement.IPSetReferenceStatement.ARN " +
      "|| Statement.RateBasedStatement.Limit || Statement.ManagedRuleGroupStatement.Name]",
    rateLimits: `${rateLimits}.[AggregateKeyType, EvaluationWindowSec]`,
    // As the CLI prints bytes: in Base64.
    limitedPaths: `${rateLimits}.ScopeDownStatement.OrStatement.Statements[].ByteMatchStatement.SearchString`,
    exceptions:
      "Rules[].Statement.ManagedRuleGroupStatement.RuleActionOverrides[].[Name, keys(ActionToUse)[0]]",
  };
  const log = {
    to: "LogDestinationConfigs",
    redacted: "RedactedFields[].SingleHeader.Name",
    logged: "LoggingFilter.Filters[].[Behavior, Conditions[].ActionCondition.Action]",
    otherwise: "LoggingFilter.DefaultBehavior",
  };
  // It fails where no web ACL is on the load balancer.
  const onLoadBalancer = await read("get-web-acl-for-resource", loadBalancerArn, `WebACL.${hash(webAcl)}`);
  const { arn }: { arn?: unknown } = Object(onLoadBalancer);
  return {
    webAcl: onLoadBalancer,
    log: await read("get-logging-configuration", String(arn), `LoggingConfiguration.${hash(log)}`),
  };
}

/** A JMESPath expression that makes an object of several. */
export function hash(expressions: Readonly<Record<string, string>>): string {
  return `{${Object.entries(expressions)
    .map(([key, expression]) => `${key}: ${expression}`)
    .join(", ")}}`;
}
