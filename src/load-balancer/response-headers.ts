// The headers that a listener adds to every response, in place of the application's own.
import type { LbListenerConfig } from "@cdktf/provider-aws/lib/lb-listener";
import type { ResponseHeaders } from "../schema/response-headers";

type HeaderArguments = Pick<
  LbListenerConfig,
  | "routingHttpResponseServerEnabled"
  | "routingHttpResponseStrictTransportSecurityHeaderValue"
  | "routingHttpResponseXContentTypeOptionsHeaderValue"
  | "routingHttpResponseXFrameOptionsHeaderValue"
  | "routingHttpResponseContentSecurityPolicyHeaderValue"
>;

/** A listener's arguments. Strict-Transport-Security is for HTTPS alone: RFC 6797, section 7.2. */
export function responseHeaderArguments(
  headers: ResponseHeaders,
  protocol: "HTTP" | "HTTPS",
): HeaderArguments {
  const { strictTransportSecurity: hsts, contentTypeOptions, frameOptions, contentSecurityPolicy } = headers;
  const subdomains = hsts !== false && hsts.includeSubdomains ? "; includeSubDomains" : "";
  return {
    routingHttpResponseServerEnabled: headers.server,
    ...(hsts &&
      protocol === "HTTPS" && {
        routingHttpResponseStrictTransportSecurityHeaderValue: `max-age=${hsts.maxAgeSeconds}${subdomains}`,
      }),
    ...(contentTypeOptions && { routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff" }),
    ...(frameOptions && { routingHttpResponseXFrameOptionsHeaderValue: frameOptions }),
    ...(contentSecurityPolicy !== undefined && {
      routingHttpResponseContentSecurityPolicyHeaderValue: contentSecurityPolicy,
    }),
  };
}
