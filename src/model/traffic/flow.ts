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
  /** What the descriptions of its rules say. */
  readonly description: string;
  /** Why it is needed, in words that somebody gave. */
  readonly reason?: string | undefined;
}

/** What somebody says of a flow. */
export type FlowWords = { readonly [Field in "description" | "reason"]?: string | undefined };

/** A flow with what somebody says of it: without a description of its own, a reason goes behind the one that it has. */
export function worded(flow: Flow, { description, reason }: FlowWords): Flow {
  const ends = reason === undefined ? flow.description : `${flow.description}: ${reason}`;
  return { ...flow, description: description ?? ends, reason };
}

/** Why a flow is allowed, for people: the reason, and what its rules say where that is something else. */
export function whyText({ description, reason }: Pick<Flow, "description" | "reason">): string {
  return reason === undefined || description.includes(reason) ? description : `${reason} (${description})`;
}

/** Two flows of the same key would be the same rule, which EC2 refuses. */
export function flowKey({ source, destination, port }: Flow): string {
  return `${peerText(source)} -> ${peerText(destination)} ${portText(port)}`;
}
