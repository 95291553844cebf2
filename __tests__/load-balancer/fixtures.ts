// Synthesizes load balancers from what an environment file would say, and reads the result.
import { type IResolvable, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { z } from "zod";
import { LoadBalancer, type LoadBalancerTarget } from "../../src/load-balancer/load-balancer";
import { listenerRules } from "../../src/model/listener-rules";
import { dnsSchema } from "../../src/schema/dns";
import { loadBalancerSchema } from "../../src/schema/load-balancer";
import { synthScope } from "../support/synth-scope";
import type { Block, Synthesized } from "../support/synthesized";

/** The one service of a plain platform: it takes whatever comes. */
export const DJANGO: LoadBalancerTarget = {
  key: "django",
  name: "shop-tg",
  port: 8000,
  healthCheckPath: "/health/live/",
};

export interface Sections {
  readonly settings?: z.input<typeof loadBalancerSchema>;
  readonly dns?: z.input<typeof dnsSchema>;
  readonly targets?: readonly LoadBalancerTarget[];
  readonly deletionProtection?: boolean | ((scope: Construct) => IResolvable);
}

/** A load balancer called `shop`, with its results as the output `results`. */
export function synth(sections: Sections = {}): string {
  const { settings = {}, dns, targets = [DJANGO], deletionProtection = true } = sections;
  return synthScope((scope) => {
    const loadBalancer = new LoadBalancer(scope, "load-balancer", {
      name: "shop",
      accessLogsPrefix: "shop-alb-logs",
      vpcId: "vpc-1",
      subnetIds: ["subnet-a", "subnet-b"],
      securityGroupId: "sg-alb",
      settings: loadBalancerSchema.parse(settings),
      dns: dns && dnsSchema.parse(dns),
      deletionProtection:
        typeof deletionProtection === "boolean" ? deletionProtection : deletionProtection(scope),
      targets,
      rules: listenerRules({
        dns: dns && dnsSchema.parse(dns),
        services: Object.fromEntries(targets.map(({ key, ...service }) => [key, service])),
      }),
    });
    const { node, listeners, targetGroups, accessLogs, ...results } = loadBalancer;
    const groups = Object.entries(targetGroups).map(([key, { arn, arnSuffix }]) => [key, { arn, arnSuffix }]);
    new TerraformOutput(scope, "results", {
      value: { ...results, targetGroups: Object.fromEntries(groups) },
      staticId: true,
      dependsOn: [...listeners],
    });
    const warnings = loadBalancer.node
      .findAll()
      .flatMap(({ node: { metadata } }) => metadata)
      .filter(({ type }) => type === "@cdktf/warn")
      .map(({ data }) => data);
    new TerraformOutput(scope, "warnings", { value: warnings, staticId: true });
  });
}

/** Resources of a type by name. */
export function blocks(text: string, type: string): Record<string, Block> {
  const config: Synthesized = JSON.parse(text);
  return config.resource?.[type] ?? {};
}

/** The value of an output. */
export function output(text: string, name: string): unknown {
  const config: Synthesized = JSON.parse(text);
  return config.output?.[name]?.value;
}

/** What an output waits for. */
export function waitsFor(text: string, name: string): unknown {
  const config: Synthesized = JSON.parse(text);
  return config.output?.[name]?.depends_on;
}
