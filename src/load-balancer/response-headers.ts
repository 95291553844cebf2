// The headers that a listener adds to every response, in place of the application's own.
import type { LbListenerConfig } from "@cdktf/provider-aws/lib/lb-listener";
import { type AddedHeader, addedHeaders } from "../model/response-headers";
import type { ResponseHeaders } from "../schema/response-headers";

/** What the argument of each header is called. */
const ARGUMENTS = {
  "Strict-Transport-Security": "routingHttpResponseStrictTransportSecurityHeaderValue",
  "X-Content-Type-Options": "routingHttpResponseXContentTypeOptionsHeaderValue",
  "X-Frame-Options": "routingHttpResponseXFrameOptionsHeaderValue",
  "Content-Security-Policy": "routingHttpResponseContentSecurityPolicyHeaderValue",
} as const satisfies Record<AddedHeader, keyof LbListenerConfig>;

type HeaderArguments = Pick<
  LbListenerConfig,
  "routingHttpResponseServerEnabled" | (typeof ARGUMENTS)[AddedHeader]
>;

/** A listener's arguments. */
export function responseHeaderArguments(
  headers: ResponseHeaders,
  protocol: "HTTP" | "HTTPS",
): HeaderArguments {
  const added = addedHeaders(headers, protocol);
  const names = Object.keys(ARGUMENTS) as AddedHeader[];
  return {
    routingHttpResponseServerEnabled: headers.server,
    ...Object.fromEntries(
      names.flatMap((name) => (added[name] === undefined ? [] : [[ARGUMENTS[name], added[name]]])),
    ),
  };
}
