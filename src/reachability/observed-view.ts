// What synthesized Terraform lets through, in the form that tables, diagrams and commands show.
import { portText } from "../model/traffic/port";
import type { AllowedRow, DeniedRow, TrafficView } from "../model/traffic/traffic-view";
import { STORE_KEYS } from "../schema/member-keys";
import { doubts } from "./doubts";
import { observedPeerText } from "./peers";
import { cidrLabel, type Reachability } from "./reachability";

/**
 * Everything that gets through is listed as allowed: the configuration does not say what was meant.
 * @param gaps what Terraform would apply and could not be read at all, a sentence each: with any, nothing is denied
 */
export function observedView(observed: Reachability, gaps: readonly string[] = []): TrafficView {
  const members = [...new Set(observed.endpoints.map(({ label }) => label))];
  const blocks = [...new Set(observed.cidrs().map(cidrLabel))];
  const peers = [...blocks, ...members];
  const rows = observed.reaches().map(({ source, destination, port, description }): AllowedRow => {
    return { source, destination, port: portText(port), description };
  });
  const allowed = [
    ...new Map(rows.map((row) => [`${row.source} ${row.destination} ${row.port}`, row])).values(),
  ];
  const reached = new Set(allowed.map(({ source, destination }) => `${source} ${destination}`));
  const doubted = new Map<string, string[]>();
  for (const { source, destination, reason } of doubts(observed)) {
    const pair = `${source} ${destination}`;
    doubted.set(pair, [...(doubted.get(pair) ?? []), reason]);
  }
  const unreached = peers.flatMap((source) =>
    peers
      .filter((destination) => destination !== source)
      .filter((destination) => members.includes(source) || members.includes(destination))
      .filter((destination) => !reached.has(`${source} ${destination}`))
      .map((destination) => ({
        source,
        destination,
        unread: [...gaps, ...(doubted.get(`${source} ${destination}`) ?? [])],
      })),
  );
  const stores = members.filter((label) => STORE_KEYS.some((key) => key === label));
  return {
    peers,
    members,
    stores,
    allowed,
    implied: [],
    denied: unreached
      .filter(({ unread }) => unread.length === 0)
      .map(({ source, destination }): DeniedRow => {
        return { source, destination, reason: reason(observed, source, destination) };
      }),
    unknown: unreached
      .filter(({ unread }) => unread.length > 0)
      .map(({ source, destination, unread }): DeniedRow => {
        return { source, destination, reason: [...new Set(unread)].join("; ") };
      }),
  };
}

function reason({ endpoints, rules }: Reachability, source: string, destination: string): string {
  const rulesOf = (label: string, direction: "ingress" | "egress") => {
    const ends = endpoints.filter((endpoint) => endpoint.label === label);
    const groups = ends.flatMap((end) => end.groups);
    return ends.length === 0
      ? undefined
      : rules.filter((rule) => rule.direction === direction && groups.includes(rule.group));
  };
  const out = rulesOf(source, "egress");
  if (out?.length === 0) {
    return `no egress rule lets ${source} out`;
  }
  const into = rulesOf(destination, "ingress");
  if (into) {
    const admitted = [...new Set(into.map(({ peer }) => observedPeerText(peer)))];
    return admitted.length === 0
      ? `no ingress rule lets anyone into ${destination}`
      : `${destination} admits ${admitted.join(", ")} only`;
  }
  const targets = [...new Set((out ?? []).map(({ peer }) => observedPeerText(peer)))];
  return `${source} is let out to ${targets.join(", ")} only`;
}
