// Whether the load balancer itself answers requests for hosts that nobody declared, and lets those for declared ones through.

import { declaredHosts } from "../../model/declared-hosts";
import type { Environment } from "../../model/environment";
import { listenerRules } from "../../model/listener-rules";
import { deployCommand } from "../commands";
import type { Answer } from "./ask";
import type { VerifyCheck } from "./check";

/** Nobody can have it: RFC 2606, section 2. */
export const NOBODYS = "undeclared.invalid";

/** RFC 9110, section 15.5.20. */
const MISDIRECTED = 421;

export interface HostsToAsk {
  /** How the load balancer refuses the host that nobody declared. */
  readonly refusal: number;
  /** Names that the environment declares, one for each pattern. */
  readonly declared: readonly string[];
}

/** Whom to ask, or why any host reaches the services. */
export function hostsToAsk(
  environment: Pick<Environment, "dns" | "services">,
): HostsToAsk | { readonly open: string } {
  const hosts = declaredHosts(environment);
  if (hosts === undefined) {
    return {
      open: environment.dns
        ? 'any host reaches the services: django.allowedHosts has "*"'
        : "any host reaches the services: the environment has no domain",
    };
  }
  const { rules, warning } = listenerRules(environment);
  if (warning !== undefined) {
    return { open: warning };
  }
  return {
    // Without a service that takes what no route does, the listener's default action answers.
    refusal: rules.some(({ refused }) => refused === "host") ? MISDIRECTED : 404,
    declared: hosts.map(hostLike),
  };
}

/** A name that a pattern such as `*.example.com` takes: no request can be for the pattern itself. */
export function hostLike(pattern: string): string {
  return pattern.replace("*", "ops-verify");
}

/**
 * What the answers say.
 * @param name the environment's name: that of its file
 * @param answers by host: to `NOBODYS` and to those that are declared
 */
export function judgeHosts(
  name: string,
  { refusal, declared }: HostsToAsk,
  answers: ReadonlyMap<string, Answer | { readonly silent: string }>,
): Pick<VerifyCheck, "status" | "detail"> {
  const said = (host: string) => {
    const answer = answers.get(host) ?? { silent: "not asked" };
    return "silent" in answer ? answer.silent : answer.status;
  };
  const problems = [
    ...(said(NOBODYS) === refusal
      ? []
      : [`${said(NOBODYS)} for ${NOBODYS}, not ${refusal}: requests for any host may reach the services`]),
    ...declared
      .filter((host) => typeof said(host) === "string" || said(host) === MISDIRECTED)
      .map((host) => `${said(host)} for ${host}, which is declared`),
  ];
  return problems.length === 0
    ? { status: "pass", detail: `${refusal} for ${NOBODYS}, not for ${declared.join(", ")}` }
    : { status: "fail", detail: [...problems, deployCommand(name, "django")].join("\n") };
}
