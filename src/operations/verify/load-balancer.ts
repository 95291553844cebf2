// Whether those whom the environment lets in reach the load balancer, and the load balancer its targets.
import type {
  Listener,
  LoadBalancer,
  TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Environment } from "../../model/environment";
import { Port, portCovers } from "../../model/traffic/port";
import { contains } from "../../schema/cidr";
import { targetReadiness } from "../live/readiness";
import type { LiveResources } from "../live/resources";
import type { LiveRule } from "../live/security-groups";
import type { ServiceTargets } from "../live/targets";
import { livePort } from "../rules/compare";
import { NOT_DEPLOYED, type VerifyCheck } from "./check";
import { isScaledToZero } from "./resources";
import { blockWords } from "./words";

type Answer = Pick<VerifyCheck, "status" | "detail">;

export interface EntranceFacts {
  readonly loadBalancer: Pick<LoadBalancer, "SecurityGroups"> | undefined;
  readonly listeners: readonly Pick<Listener, "Port" | "Protocol">[];
  /** The rules of all groups that the platform's resources are in. */
  readonly live: readonly LiveRule[];
}

/** `internet:*`: one check for each port that the load balancer opens. */
export function judgeEntrance({ loadBalancer, dns }: Environment, facts: EntranceFacts): VerifyCheck[] {
  const { ports = [], ingressCidrs: sources = [] } = loadBalancer ?? {};
  return ports.map((port) => ({
    id: `internet:${port}`,
    title: `The load balancer answers on ${port} from ${sources.map(blockWords).join(", ")}`,
    ...(port === 443 && dns === undefined
      ? { status: "skipped", detail: "HTTPS needs a domain, and the environment has none" }
      : judgePort(port, sources, facts)),
  }));
}

function judgePort(port: 80 | 443, sources: readonly string[], facts: EntranceFacts): Answer {
  const { loadBalancer, listeners, live } = facts;
  if (loadBalancer === undefined) {
    return { status: "skipped", detail: NOT_DEPLOYED };
  }
  const protocol = port === 443 ? "HTTPS" : "HTTP";
  const listener = listeners.find(({ Port: listening }) => listening === port);
  const groups = loadBalancer.SecurityGroups ?? [];
  const refused = sources.filter(
    (source) => !live.some((rule) => groups.includes(rule.groupId) && admits(rule, source, Port.tcp(port))),
  );
  const problems = [
    ...(listener === undefined ? [`there is no listener on ${port}`] : []),
    ...(listener !== undefined && listener.Protocol !== protocol
      ? [`its listener on ${port} speaks ${listener.Protocol}, not ${protocol}`]
      : []),
    ...refused.map((source) => `its groups do not admit ${port}/tcp from ${blockWords(source)}`),
  ];
  return problems.length === 0
    ? { status: "pass", detail: `${protocol} listener, admitted by ${groups.join(", ")}` }
    : { status: "fail", detail: problems.join("\n") };
}

function admits(rule: LiveRule, source: string, wanted: Port): boolean {
  const port = livePort(rule);
  const { direction, peer } = rule;
  return (
    direction === "ingress" &&
    port !== undefined &&
    portCovers(port, wanted) &&
    peer.kind === "cidr" &&
    !peer.cidr.includes(":") &&
    contains(peer.cidr, source)
  );
}

/** `targets:*`: one check for each service that the load balancer reaches. */
export function judgeTargets(
  targets: ServiceTargets,
  { services }: Pick<LiveResources, "services">,
): VerifyCheck[] {
  return [...targets].map(([key, present]) => ({
    id: `targets:${key}`,
    title: `The load balancer finds every task of ${key} healthy`,
    ...judgeTargetsOf(services.get(key), present),
  }));
}

function judgeTargetsOf(
  service: { readonly desiredCount?: number | undefined } | undefined,
  targets: readonly TargetHealthDescription[] | undefined,
): Answer {
  if (service === undefined || targets === undefined) {
    return { status: "skipped", detail: NOT_DEPLOYED };
  }
  if (isScaledToZero(service)) {
    return { status: "skipped", detail: "scaled to 0: nothing runs" };
  }
  const { state, detail } = targetReadiness(targets);
  return { status: state === "ready" ? "pass" : "fail", detail };
}
