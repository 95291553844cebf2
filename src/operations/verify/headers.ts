// Whether a service's pages come with the response headers that browsers go by: the load balancer's, and Django's own.
import type { IncomingHttpHeaders } from "node:http";
import type { Environment } from "../../model/environment";
import { addedHeaders } from "../../model/response-headers";
import { deployCommand } from "../commands";
import type { Answer } from "./ask";
import type { VerifyCheck } from "./check";

/** What Django's SecurityMiddleware adds, and what of it protects nothing: Django settings reference, SECURE_*. */
const DJANGOS = [
  { header: "Referrer-Policy", weak: "unsafe-url", setting: "SECURE_REFERRER_POLICY" },
  {
    header: "Cross-Origin-Opener-Policy",
    weak: "unsafe-none",
    setting: "SECURE_CROSS_ORIGIN_OPENER_POLICY",
  },
] as const;

/**
 * What a page's headers say.
 * @param name the environment's name: that of its file
 */
export function judgeHeaders(
  name: string,
  { services, loadBalancer, dns }: Pick<Environment, "services" | "loadBalancer" | "dns">,
  service: string,
  { status, headers }: Answer,
): Pick<VerifyCheck, "status" | "detail"> {
  if (status >= 500) {
    return { status: "fail", detail: `${status}: no page of the service` };
  }
  const settings = loadBalancer?.responseHeaders;
  const wanted = settings ? Object.entries(addedHeaders(settings, dns ? "HTTPS" : "HTTP")) : [];
  const own = services[service]?.django ? DJANGOS : [];
  const wrong = [
    ...wanted
      .filter(([header, value]) => valueIn(headers, header) !== value)
      .map(([header, value]) => `${header} is ${found(headers, header)}, not "${value}"`),
    ...(settings?.server === false && headers.server !== undefined
      ? [`Server says what answers: "${headers.server}"`]
      : []),
  ];
  const missing = own
    .filter(({ header, weak }) => (valueIn(headers, header) ?? weak) === weak)
    .map(
      ({ header, setting }) =>
        `${header} is ${found(headers, header)}: Django's SecurityMiddleware adds it, as ${setting} says`,
    );
  if (wrong.length + missing.length > 0) {
    const remedy = wrong.length > 0 ? [deployCommand(name, "django")] : [];
    return { status: "fail", detail: [...wrong, ...missing, ...remedy].join("\n") };
  }
  const all = [...wanted.map(([header]) => header), ...own.map(({ header }) => header)];
  return { status: "pass", detail: `${status}, with ${all.join(", ") || "none, as declared"}` };
}

function found(headers: IncomingHttpHeaders, name: string): string {
  const value = valueIn(headers, name);
  return value === undefined ? "missing" : `"${value}"`;
}

function valueIn(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return typeof value === "object" ? value.join(", ") : value;
}
