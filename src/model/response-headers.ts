// The headers that the load balancer adds to every response, as browsers see them: its listeners write them, `verify` asks for them.
import type { ResponseHeaders } from "../schema/response-headers";

/** Headers that a listener can add. */
export type AddedHeader =
  | "Strict-Transport-Security"
  | "X-Content-Type-Options"
  | "X-Frame-Options"
  | "Content-Security-Policy";

/** Values by name; a header without a value is left to the application. Strict-Transport-Security is for HTTPS alone: RFC 6797, section 7.2. */
export function addedHeaders(
  { strictTransportSecurity: hsts, contentTypeOptions, frameOptions, contentSecurityPolicy }: ResponseHeaders,
  protocol: "HTTP" | "HTTPS",
): Partial<Record<AddedHeader, string>> {
  const subdomains = hsts !== false && hsts.includeSubdomains ? "; includeSubDomains" : "";
  return {
    ...(hsts &&
      protocol === "HTTPS" && {
        "Strict-Transport-Security": `max-age=${hsts.maxAgeSeconds}${subdomains}`,
      }),
    ...(contentTypeOptions && { "X-Content-Type-Options": "nosniff" }),
    ...(frameOptions && { "X-Frame-Options": frameOptions }),
    ...(contentSecurityPolicy !== undefined && { "Content-Security-Policy": contentSecurityPolicy }),
  };
}
