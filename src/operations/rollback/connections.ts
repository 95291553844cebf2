// The connections that a rollback is to close, and whether they are.
import type { Flow } from "../../model/traffic/flow";
import { peerText } from "../../model/traffic/peer";
import { portText } from "../../model/traffic/port";
import { flowId } from "../../model/traffic/rules";
import { admitting, type LiveSituation } from "../rules/admitted";
import { liveRuleText } from "../rules/live-rule-text";

/** A declared connection as the account has it. */
export interface ConnectionState {
  /** The flow: see `flowId`. */
  readonly flow: string;
  /** A group, `internet`, or a CIDR block. */
  readonly source: string;
  readonly destination: string;
  /** For example `5432/tcp`. */
  readonly port: string;
  /** What its rules say. */
  readonly description: string;
  /** Why it is needed, where somebody has said so. */
  readonly reason?: string;
  readonly open: boolean;
  /** The live rules that keep it open, at its destination: `sgr-0a1b2c3d (postgres <- 10.0.0.0/16 5432/tcp)`. */
  readonly through: readonly string[];
}

/** How the connections stand. */
export function connectionStates(flows: readonly Flow[], situation: LiveSituation): ConnectionState[] {
  return flows.map((flow) => {
    const through = admitting(flow, situation);
    return {
      flow: flowId(flow),
      source: peerText(flow.source),
      destination: peerText(flow.destination),
      port: portText(flow.port),
      description: flow.description,
      ...(flow.reason === undefined ? {} : { reason: flow.reason }),
      open: through.length > 0,
      through: through.map((rule) => `${rule.id} (${liveRuleText(rule, situation.groupIds)})`),
    };
  });
}
