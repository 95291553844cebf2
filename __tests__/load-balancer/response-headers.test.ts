// What a listener adds to responses: by default, and as an environment says.
import type { z } from "zod";
import { responseHeaderArguments } from "../../src/load-balancer/response-headers";
import { responseHeadersSchema } from "../../src/schema/response-headers";

function headers(settings: z.input<typeof responseHeadersSchema>, protocol: "HTTP" | "HTTPS" = "HTTPS") {
  return responseHeaderArguments(responseHeadersSchema.parse(settings), protocol);
}

describe("response headers", () => {
  it("are these over HTTPS", () => {
    expect(headers({})).toEqual({
      routingHttpResponseServerEnabled: false,
      routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000",
      routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
      routingHttpResponseXFrameOptionsHeaderValue: "DENY",
    });
  });

  it("say nothing of HTTPS over HTTP", () => {
    expect(headers({}, "HTTP")).toEqual({
      routingHttpResponseServerEnabled: false,
      routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
      routingHttpResponseXFrameOptionsHeaderValue: "DENY",
    });
  });

  it.each([
    [{ maxAgeSeconds: 60 }, "max-age=60"],
    [{ maxAgeSeconds: 0 }, "max-age=0"],
    [{ includeSubdomains: true }, "max-age=31536000; includeSubDomains"],
  ])("hold browsers to HTTPS as %j says", (strictTransportSecurity, value) => {
    expect(headers({ strictTransportSecurity })).toMatchObject({
      routingHttpResponseStrictTransportSecurityHeaderValue: value,
    });
  });

  it("carry a content security policy as it stands", () => {
    const contentSecurityPolicy = "default-src 'self'; img-src 'self' data:";
    expect(headers({ contentSecurityPolicy })).toMatchObject({
      routingHttpResponseContentSecurityPolicyHeaderValue: contentSecurityPolicy,
    });
  });

  it("may let the site frame itself", () => {
    expect(headers({ frameOptions: "SAMEORIGIN" })).toMatchObject({
      routingHttpResponseXFrameOptionsHeaderValue: "SAMEORIGIN",
    });
  });

  it("can each be left to the application", () => {
    const off = {
      strictTransportSecurity: false,
      contentTypeOptions: false,
      frameOptions: false,
      server: true,
    } as const;
    expect(headers(off)).toEqual({ routingHttpResponseServerEnabled: true });
  });
});
