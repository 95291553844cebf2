// A flow is one allowed connection; everything that knows about traffic is made from flows.
import type { Peer } from "./peer";
import { peerText } from "./peer";
import { type Port, portText } from "./port";

export interface Flow {
  /** Who opens the connection. */
  readonly source: Peer;
  /** Who answers it. */
  readonly destination: Peer;
  /** The destination's port. */
  readonly port: Port;
  /** Why it is allowed; the description of its rules. */
  readonly description: string;
}

/** Two flows of the same key would be the same rule, which EC2 refuses. */
export function flowKey({ source, destination, port }: Flow): string {
  return `${peerText(source)} -> ${peerText(destination)} ${portText(port)}`;
}
