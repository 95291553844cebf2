// What synthesized Terraform lets through, in the form that tables, diagrams and commands show.
import { portText } from "../model/traffic/port";
import type { AllowedRow, DeniedRow, TrafficView } from "../model/traffic/traffic-view";
import { STORE_KEYS } from "../schema/member-keys";
import { observedPeerText } from "./observed-rules";
import { cidrLabel, type Reachability } from "./reachability";

/** Everything that gets through is listed as allowed: the configuration does not say what was meant. */
export function observedView(observed: Reachability): TrafficView {
  const members = observed.endpoints.map(({ label }) => label);
  const blocks = observed.cidrs().map(cidrLabel);
  const peers = [...blocks, ...members];
  const rows = observed.reaches().map(({ source, destination, port, description }): AllowedRow => {
    return { source, destination, port: portText(port), description };
  });
  const allowed = [
    ...new Map(rows.map((row) => [`${row.source} ${row.destination} ${row.port}`, row])).values(),
  ];
  const reached = new Set(allowed.map(({ source, destination }) => `${source} ${destination}`));
  const denied = peers.flatMap((source) =>
    peers
      .filter((destination) => destination !== source)
      .filter((destination) => members.includes(source) || members.includes(destination))
      .filter((destination) => !reached.has(`${source} ${destination}`))
      .map(
        (destination): DeniedRow => ({ source, destination, reason: reason(observed, source, destination) }),
      ),
  );
  const stores = members.filter((label) => STORE_KEYS.some((key) => key === label));
  return { peers, members, stores, allowed, implied: [], denied };
}

function reason({ endpoints, rules }: Reachability, source: string, destination: string): string {
  const rulesOf = (label: string, direction: "ingress" | "egress") => {
    const groups = endpoints.find((endpoint) => endpoint.label === label)?.groups;
    return groups && rules.filter((rule) => rule.direction === direction && groups.includes(rule.group));
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
