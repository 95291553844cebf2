// What a browser sees of the platform: TLS, the redirect from plain HTTP, which hosts are answered, and the headers of pages.
import type { Model } from "../../model/model";
import type { AwsSession } from "../aws/session";
import { targetServices } from "../live/targets";
import { type Address, type Answer, ask, asked } from "./ask";
import { NOT_DEPLOYED, type VerifyCheck } from "./check";
import { judgeHeaders } from "./headers";
import { type PageRequest, pageRequest } from "./health-request";
import { hostLike, hostsToAsk, judgeHosts, NOBODYS } from "./hosts";
import type { LivePlatform } from "./live-platform";
import type { Probe } from "./probe";
import { judgeRedirect } from "./redirect";
import { isScaledToZero } from "./resources";
import { judgeTls, shakeHands } from "./tls";

interface WireProps {
  readonly aws: Pick<AwsSession, "signal">;
  readonly name: string;
  readonly model: Pick<Model, "environment">;
  readonly connectTo: Address | undefined;
  readonly connectHttpTo: Address | undefined;
}

type Named = Pick<VerifyCheck, "id" | "title">;
type Verdict = Pick<VerifyCheck, "status" | "detail">;
type Platform = Pick<LivePlatform, "resources">;

/** `tls:443`, `redirect:80`, `hosts:443` and `headers:*`. */
export function wireChecks(props: WireProps, platform: Platform): (Probe | VerifyCheck)[] {
  const { environment } = props.model;
  if (environment.loadBalancer === undefined) {
    return [];
  }
  return [
    tlsCheck(props, platform),
    redirectCheck(props, platform),
    hostsCheck(props, platform),
    ...targetServices(environment).map((service) => headersCheck(props, platform, service)),
  ];
}

const NO_DOMAIN = "HTTPS needs a domain, and the environment has none";

/** By which name, and where, the load balancer is asked on a port; or why it is not. */
function entrance(
  { model }: WireProps,
  platform: Platform,
  port: 80 | 443,
  instead: Address | undefined,
): { readonly domain: string; readonly address: Address } | { readonly unasked: string } {
  const { dns, loadBalancer } = model.environment;
  const host = platform.resources.loadBalancer?.DNSName;
  if (dns === undefined) {
    return { unasked: NO_DOMAIN };
  }
  if (!loadBalancer?.ports.includes(port)) {
    return { unasked: `the load balancer does not answer ${port === 443 ? "HTTPS" : "HTTP"}` };
  }
  if (host === undefined) {
    return { unasked: NOT_DEPLOYED };
  }
  return { domain: hostLike(dns.domain), address: instead ?? { host, port } };
}

function tlsCheck(props: WireProps, platform: Platform): Probe | VerifyCheck {
  const { aws, name, connectTo } = props;
  const check = { id: "tls:443", title: "HTTPS speaks TLS 1.2 or newer, and refuses 1.0 and 1.1" };
  const way = entrance(props, platform, 443, connectTo);
  if ("unasked" in way) {
    return skipped(check, way.unasked);
  }
  const { domain, address } = way;
  return probe(check, address, async () => {
    const { status, detail } = judgeTls(name, await shakeHands(domain, address, aws.signal));
    return { status, detail: `${detail}\nat ${address.host}:${address.port}` };
  });
}

function redirectCheck(props: WireProps, platform: Platform): Probe | VerifyCheck {
  const { aws, connectTo, connectHttpTo } = props;
  const check = {
    id: "redirect:80",
    title: "Plain HTTP is answered by a redirect to HTTPS, and by nothing else",
  };
  const way = entrance(props, platform, 80, connectHttpTo);
  if ("unasked" in way) {
    return skipped(check, way.unasked);
  }
  if (connectTo !== undefined && connectHttpTo === undefined) {
    return skipped(check, "--connect-to leads to the port for HTTPS: say --connect-http-to, too");
  }
  const { domain, address } = way;
  const request: PageRequest = { scheme: "http", host: domain, path: "/" };
  return probe(check, address, () =>
    judged(request, address, aws, (answer) => judgeRedirect(domain, answer)),
  );
}

function hostsCheck(props: WireProps, platform: Platform): Probe | VerifyCheck {
  const { aws, name, model, connectTo } = props;
  const check = {
    id: "hosts:443",
    title: "The load balancer refuses hosts that nobody declared, and no others",
  };
  const hosts = hostsToAsk(model.environment);
  if ("open" in hosts) {
    return skipped(check, hosts.open);
  }
  const way = entrance(props, platform, 443, connectTo);
  if ("unasked" in way) {
    return skipped(check, way.unasked);
  }
  const { domain, address } = way;
  return probe(check, address, async () => {
    const answers = await Promise.all(
      [NOBODYS, ...hosts.declared].map(async (each) => {
        // The certificate is the domain's whichever host is asked for.
        const request = { scheme: "https", host: each, path: "/", serverName: domain } as const;
        return [each, await ask(request, address, aws.signal)] as const;
      }),
    );
    const { status, detail } = judgeHosts(name, hosts, new Map(answers));
    return { status, detail: `${detail}\nat ${address.host}:${address.port}` };
  });
}

function headersCheck(
  { aws, name, model: { environment }, connectTo }: WireProps,
  { resources: { services, loadBalancer } }: Platform,
  service: string,
): Probe | VerifyCheck {
  const check = {
    id: `headers:${service}`,
    title: `Pages of ${service} come with the response headers that browsers go by`,
  };
  const host = loadBalancer?.DNSName;
  const live = services.get(service);
  if (host === undefined || live === undefined) {
    return skipped(check, NOT_DEPLOYED);
  }
  if (isScaledToZero(live)) {
    return skipped(check, "scaled to 0: nothing runs");
  }
  const request = pageRequest(environment, service, host);
  if ("impossible" in request) {
    return skipped(check, request.impossible);
  }
  const address = connectTo ?? { host, port: request.scheme === "https" ? 443 : 80 };
  return probe(check, address, () =>
    judged(request, address, aws, (answer) => judgeHeaders(name, environment, service, answer)),
  );
}

function skipped(check: Named, detail: string): VerifyCheck {
  return { ...check, status: "skipped", detail };
}

function probe(check: Named, { host, port }: Address, look: () => Promise<Verdict>): Probe {
  return {
    id: check.id,
    run: async (says) => {
      says(`waiting for ${host}:${port}`);
      return { ...check, ...(await look()) };
    },
  };
}

async function judged(
  request: PageRequest,
  address: Address,
  { signal }: WireProps["aws"],
  judge: (answer: Answer) => Verdict,
): Promise<Verdict> {
  const answer = await ask(request, address, signal);
  const { status, detail }: Verdict =
    "silent" in answer ? { status: "fail", detail: answer.silent } : judge(answer);
  return { status, detail: `${detail}\n${asked(request, address)}` };
}
