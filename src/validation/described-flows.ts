// What is said of connections that follow by themselves: each entry must be that of one, and of no other entry.
import { type DerivedFlow, describes } from "../model/traffic/derive";
import { peerText } from "../model/traffic/peer";
import { portText } from "../model/traffic/port";
import { type Check, problem } from "./check";
import { trafficOf } from "./members";

export const checkDescribedFlows: Check = (sections) => {
  const traffic = trafficOf(sections);
  const entries = sections.describedFlows ?? [];
  if (!traffic) {
    return [];
  }
  const taken = new Map<DerivedFlow, number>();
  return entries.flatMap((entry, index) => {
    const refused = (remedy: string) => [problem(`describedFlows[${index}]`, endsText(entry), remedy)];
    const described = traffic.flows.filter((flow) => describes(entry, flow));
    const following = described.filter(({ declaredIn }) => declaredIn === undefined);
    const place = described.find(({ declaredIn }) => declaredIn)?.declaredIn;
    if (following.length === 0) {
      return refused(
        place
          ? `Say it where the file declares this connection: a description and a reason in ${place}.`
          : noSuchFlow(traffic.flows),
      );
    }
    const first = following.map((flow) => taken.get(flow)).find((earlier) => earlier !== undefined);
    for (const flow of following) {
      taken.set(flow, index);
    }
    return first === undefined
      ? []
      : refused(`Remove it, or name a port: describedFlows[${first}] speaks of it, too.`);
  });
};

function endsText({
  source,
  destination,
  port,
}: {
  source: string;
  destination: string;
  port?: number | undefined;
}) {
  return `${source} -> ${destination}${port === undefined ? "" : ` ${port}`}`;
}

function noSuchFlow(flows: readonly DerivedFlow[]): string {
  const following = flows
    .filter(({ declaredIn }) => declaredIn === undefined)
    .map(
      ({ source, destination, port }) => `${peerText(source)} -> ${peerText(destination)} ${portText(port)}`,
    );
  return (
    `No such connection follows by itself: ${following.join(", ") || "none"} ${following.length === 1 ? "does" : "do"}. ` +
    "To allow another one, use extraFlows."
  );
}
