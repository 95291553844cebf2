// Whether a deployment leaves a way to the tasks that run, where a service's port changes.
import type { Service } from "../../schema/service";
import { type Finding, failed, passed } from "./planned-check";

/** What the environment says of a service. */
export interface PortWanted extends Pick<Service, "formerPort"> {
  readonly key: string;
  readonly port: number;
  /** Where the load balancer is to ask for health. @default where requests go */
  readonly healthPort?: number | undefined;
}

/** What ECS says of it. */
export interface PortFacts {
  /** The ports that the load balancer finds its tasks on; none where it is not deployed. */
  readonly ports: readonly number[];
  /** The deployments under way, the finished one included: with more than one, tasks of an older revision may run. */
  readonly deployments: number;
  /** Where the load balancer asks for health now. @default where requests go, or nowhere yet */
  readonly healthPort?: number | undefined;
}

export function judgePort(wanted: PortWanted, facts: PortFacts): Finding {
  const { key, port, formerPort } = wanted;
  const { ports, deployments } = facts;
  const asked = ports.length === 0 ? undefined : judgeHealthPort(wanted, facts);
  if (asked !== undefined) {
    return asked;
  }
  const field = `services.${key}.formerPort`;
  const cut = ports.filter((live) => live !== port && live !== formerPort);
  if (cut.length > 0) {
    return failed(
      `Its tasks answer on ${cut.join(", ")}, and ${port} is to come: without a rule for both, they would be cut off before the new ` +
        `ones are well. Give ${field}: ${cut[0]} beside the new port, and remove it after the deployment.`,
    );
  }
  if (ports.length === 0) {
    return passed(`Not deployed behind the load balancer yet; it will answer on ${port}.`);
  }
  if (ports.includes(port)) {
    const over = deployments > 1 ? "once the deployment under way is over" : "now";
    return passed(
      `Its tasks answer on ${port}, as before.${formerPort === undefined ? "" : ` ${field} can be removed ${over}.`}`,
    );
  }
  return passed(`Changes from ${formerPort} to ${port}; until formerPort is removed, both are admitted.`);
}

/**
 * The load balancer asks on another port at once, and its rule is in another stack: all tasks would be ill in between.
 * @returns what is wrong with that; `undefined` where it asks as before, or where requests go
 */
function judgeHealthPort(
  { key, healthPort }: PortWanted,
  { healthPort: live }: PortFacts,
): Finding | undefined {
  const field = `services.${key}.targetHealthCheck.port`;
  return live !== undefined && healthPort !== undefined && live !== healthPort
    ? failed(
        `The load balancer asks for health on ${live}, and would ask on ${healthPort} before, or after, the rule for it is there: no ` +
          `task would be well. Deploy without ${field} first, and then with the new one.`,
      )
    : undefined;
}
