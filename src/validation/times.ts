// A service's times against each other and the load balancer's: what must end first, ends first.
import { HANDOVER } from "../model/handover";
import { loadBalancerOf } from "../model/load-balancer";
import { numberIn } from "../model/server-command";
import { serverTimes } from "../model/server-times";
import { isPublic } from "../model/services";
import type { Problem } from "../schema/problem";
import { type Check, type ComparedService, problem, type Sections } from "./check";

export const checkTimes: Check = (sections) =>
  Object.entries(sections.services).flatMap(([key, service]) => serviceProblems(key, service, sections));

function serviceProblems(key: string, service: ComparedService, sections: Sections): Problem[] {
  const { stopTimeoutSeconds, deregistrationDelaySeconds: delay, targetContainer } = service;
  const said = serverTimes(service);
  const graceful = said.graceful ?? numberIn(service, HANDOVER.graceful);
  const keepAlive = said.keepAlive ?? numberIn(service, HANDOVER.keepAlive);
  const idle = idleTimeout(sections);
  const problems: Problem[] = [];
  if (graceful !== undefined && stopTimeoutSeconds !== undefined && graceful > stopTimeoutSeconds) {
    const remedy =
      `Give at least the ${graceful} seconds for which the command, or ${HANDOVER.graceful}, lets the server finish its requests, or lower those (120 is ` +
      "the most that Fargate waits): ECS would kill it before.";
    problems.push(problem(`services.${key}.stopTimeoutSeconds`, stopTimeoutSeconds, remedy));
  }
  if (!isPublic(service)) {
    return problems;
  }
  const { request } = said;
  if (request !== undefined && delay !== undefined && request > delay) {
    const remedy =
      `Give at least the ${request} seconds that the command lets a request take (gunicorn's timeout), or lower those: each ` +
      "deployment would cut such a request off.";
    problems.push(problem(`services.${key}.deregistrationDelaySeconds`, delay, remedy));
  }
  // With a sidecar before it, the load balancer's connections are none of its own.
  if (targetContainer === undefined && keepAlive !== undefined && idle !== undefined && keepAlive <= idle) {
    const remedy =
      `Keep idle connections open for longer than the ${idle} of loadBalancer.idleTimeoutSeconds, or leave it to the server: ` +
      "the load balancer would send requests on connections that the server is closing, and answer 502.";
    const field = said.keepAlive === undefined ? `environment.${HANDOVER.keepAlive}` : "command";
    problems.push(problem(`services.${key}.${field}`, `${keepAlive} seconds of keep-alive`, remedy));
  }
  return problems;
}

/** `undefined` where it is broken, or there is no load balancer. */
function idleTimeout({ services, loadBalancer, declared, refused }: Sections): number | undefined {
  const broken =
    (declared.has("loadBalancer") && !loadBalancer) || refused("loadBalancer.idleTimeoutSeconds");
  return broken ? undefined : loadBalancerOf(services, loadBalancer)?.idleTimeoutSeconds;
}
