// What verify makes of answers over the wire: TLS versions, the redirect, and the headers of pages.
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { ask } from "../../../src/operations/verify/ask";
import { judgeHeaders } from "../../../src/operations/verify/headers";
import { judgeRedirect } from "../../../src/operations/verify/redirect";
import {
  failedHandshake,
  type Handshake,
  type Handshakes,
  judgeTls,
  shakeHands,
} from "../../../src/operations/verify/tls";
import { wireChecks } from "../../../src/operations/verify/wire";
import type { defineEnvironment } from "../../../src/validation/define-environment";
import { systems } from "../../support/systems";
import { environment } from "./fixtures";

const NAME = "lightwave-prod";
const DEPLOY = "ENVIRONMENT=lightwave-prod npx cdktf deploy django";

/** Listens on a port of its own while `use` runs. */
async function listening<T>(server: Server, use: (port: number) => Promise<T>): Promise<T> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

const never = new AbortController().signal;

describe("the versions of TLS", () => {
  const accepted = (version: string): Handshake => ({ ended: "accepted", version });
  const refused: Handshake = { ended: "refused", why: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" };
  const unknown: Handshake = { ended: "unknown", why: "ERR_SSL_NO_PROTOCOLS_AVAILABLE" };
  const cases: readonly [string, Handshakes, string, string][] = [
    [
      "only current ones",
      { current: accepted("TLSv1.3"), old: { TLSv1: refused, "TLSv1.1": refused } },
      "pass",
      "speaks TLS 1.3, refuses TLS 1.0 and TLS 1.1",
    ],
    [
      "an old one, too",
      { current: accepted("TLSv1.2"), old: { TLSv1: refused, "TLSv1.1": accepted("TLSv1.1") } },
      "fail",
      `it speaks TLS 1.1\n${DEPLOY}`,
    ],
    [
      "one that this machine cannot ask for",
      { current: accepted("TLSv1.3"), old: { TLSv1: unknown, "TLSv1.1": refused } },
      "skipped",
      "TLS 1.0 could not be asked for from here: ERR_SSL_NO_PROTOCOLS_AVAILABLE",
    ],
    [
      "none",
      { current: { ended: "unknown", why: "ECONNREFUSED" }, old: { TLSv1: refused, "TLSv1.1": refused } },
      "fail",
      "no handshake with TLS 1.2 or newer: ECONNREFUSED",
    ],
  ];

  it.each(cases)("%s", (_, handshakes, status, detail) => {
    expect(judgeTls(NAME, handshakes)).toEqual({ status, detail });
  });

  it.each([
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "refused"],
    ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "refused"],
    ["ECONNRESET", "refused"],
    // This side had nothing to offer: no word of the server's.
    ["ERR_SSL_NO_PROTOCOLS_AVAILABLE", "unknown"],
    ["ECONNREFUSED", "unknown"],
  ])("%s is %s", (code, ended) => {
    expect(failedHandshake(Object.assign(new Error("no"), { code }))).toEqual({ ended, why: code });
  });

  it("are offered for real, and an alert is taken for what it is", async () => {
    const versions: string[] = [];
    // The version in a greeting's body: RFC 5246, section 7.4.1.2. The answer: alert 70, protocol_version, fatal.
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", (greeting) => {
        versions.push(greeting.subarray(9, 11).toString("hex"));
        socket.end(Buffer.from("15030100020246", "hex"));
      });
    });
    const handshakes = await listening(server, (port) =>
      shakeHands("api.lightwave-media.ltd", { host: "127.0.0.1", port }, never),
    );
    expect(versions.sort()).toEqual(["0301", "0302", "0303"]);
    expect(handshakes).toMatchObject({
      current: { ended: "refused" },
      old: { TLSv1: { ended: "refused" }, "TLSv1.1": { ended: "refused" } },
    });
  });

  it("are unknown where nothing listens", async () => {
    const port = await listening(createServer(), async (free) => free);
    expect(await shakeHands("api.lightwave-media.ltd", { host: "127.0.0.1", port }, never)).toEqual({
      current: { ended: "unknown", why: "ECONNREFUSED" },
      old: {
        TLSv1: { ended: "unknown", why: "ECONNREFUSED" },
        "TLSv1.1": { ended: "unknown", why: "ECONNREFUSED" },
      },
    });
  });
});

describe("the redirect", () => {
  const HOST = "api.lightwave-media.ltd";
  it.each([
    [301, "https://api.lightwave-media.ltd:443/", "pass", "301: https://api.lightwave-media.ltd:443/"],
    [308, "https://api.lightwave-media.ltd/", "pass", "308: https://api.lightwave-media.ltd/"],
    [302, "https://api.lightwave-media.ltd/", "fail", "302: plain HTTP is not redirected for good"],
    [200, undefined, "fail", "200: plain HTTP is not redirected for good"],
    [
      301,
      "https://phish.example.com/",
      "fail",
      "301: it leads to https://phish.example.com/, not to https://api.lightwave-media.ltd/",
    ],
    [
      301,
      "http://api.lightwave-media.ltd/",
      "fail",
      "301: it leads to http://api.lightwave-media.ltd/, not to https://api.lightwave-media.ltd/",
    ],
    [301, "/login", "fail", "301: it leads to /login, not to https://api.lightwave-media.ltd/"],
    [301, undefined, "fail", "301: it leads to nowhere, not to https://api.lightwave-media.ltd/"],
  ])("%d to %s: %s", (status, location, verdict, detail) => {
    const headers = location === undefined ? {} : { location };
    expect(judgeRedirect(HOST, { status, headers })).toEqual({ status: verdict, detail });
  });
});

describe("the headers", () => {
  const good = {
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
  };
  const judge = (headers: Readonly<Record<string, string>>, status = 200) =>
    judgeHeaders(NAME, environment, "django", { status, headers });

  it("are all there", () => {
    expect(judge(good)).toEqual({
      status: "pass",
      detail:
        "200, with Strict-Transport-Security, X-Content-Type-Options, X-Frame-Options, Referrer-Policy, Cross-Origin-Opener-Policy",
    });
    // Also on what is no page: a redirect to a log-in, say.
    expect(judge(good, 302).status).toBe("pass");
  });

  it.each([
    ["strict-transport-security", 'Strict-Transport-Security is missing, not "max-age=31536000"'],
    ["x-content-type-options", 'X-Content-Type-Options is missing, not "nosniff"'],
    ["x-frame-options", 'X-Frame-Options is missing, not "DENY"'],
  ])("lack the load balancer's %s", (header, detail) => {
    const { [header]: _, ...rest }: Readonly<Record<string, string>> = good;
    expect(judge(rest)).toEqual({ status: "fail", detail: `${detail}\n${DEPLOY}` });
  });

  it.each([
    [
      "referrer-policy",
      undefined,
      "Referrer-Policy is missing: Django's SecurityMiddleware adds it, as SECURE_REFERRER_POLICY says",
    ],
    [
      "referrer-policy",
      "unsafe-url",
      'Referrer-Policy is "unsafe-url": Django\'s SecurityMiddleware adds it, as SECURE_REFERRER_POLICY says',
    ],
    [
      "cross-origin-opener-policy",
      undefined,
      "Cross-Origin-Opener-Policy is missing: Django's SecurityMiddleware adds it, as SECURE_CROSS_ORIGIN_OPENER_POLICY says",
    ],
  ])("lack Django's %s (%s)", (header, value, detail) => {
    const { [header]: _, ...rest }: Readonly<Record<string, string>> = good;
    expect(judge({ ...rest, ...(value && { [header]: value }) })).toEqual({ status: "fail", detail });
  });

  it("are another value, or say too much", () => {
    expect(judge({ ...good, "x-frame-options": "SAMEORIGIN", server: "gunicorn" })).toEqual({
      status: "fail",
      detail: `X-Frame-Options is "SAMEORIGIN", not "DENY"\nServer says what answers: "gunicorn"\n${DEPLOY}`,
    });
  });

  it("of an error of the load balancer are nobody's", () => {
    expect(judge(good, 503)).toEqual({ status: "fail", detail: "503: no page of the service" });
  });

  it("of a service that is not Django are the load balancer's, without HTTPS those for plain HTTP", () => {
    const webapp = systems.load("ecs-webapp");
    expect(
      judgeHeaders("ecs-webapp", webapp, "web", {
        status: 200,
        headers: { "x-content-type-options": "nosniff", "x-frame-options": "DENY" },
      }),
    ).toEqual({ status: "pass", detail: "200, with X-Content-Type-Options, X-Frame-Options" });
  });
});

it("one answer is its status and its headers, or why there is none", async () => {
  const server = createHttpServer((request, response) => {
    response.writeHead(301, { location: `https://${request.headers.host}/` }).end("SECRET_KEY is here");
  });
  const request = { scheme: "http", host: "api.lightwave-media.ltd", path: "/" } as const;
  const port = await listening(server, async (at) => {
    const address = { host: "127.0.0.1", port: at };
    expect(await ask(request, address, never)).toMatchObject({
      status: 301,
      headers: { location: "https://api.lightwave-media.ltd/" },
    });
    server.closeAllConnections();
    return at;
  });
  expect(await ask(request, { host: "127.0.0.1", port }, never)).toEqual({
    silent: "no answer (ECONNREFUSED)",
  });
});

describe("which checks there are", () => {
  const wired = (
    of: ReturnType<typeof defineEnvironment>,
    connectTo?: { readonly host: string; readonly port: number },
    connectHttpTo?: { readonly host: string; readonly port: number },
  ) =>
    wireChecks(
      {
        aws: { signal: never },
        name: NAME,
        model: { environment: of },
        connectTo,
        connectHttpTo,
      },
      {
        resources: {
          services: new Map(Object.keys(of.services).map((key) => [key, { desiredCount: 1 }])),
          database: undefined,
          cache: undefined,
          loadBalancer: { DNSName: "lb-1.us-east-1.elb.amazonaws.com" },
          fileSystems: new Map(),
          endpoints: [],
        },
      },
    );
  const checks = (...of: Parameters<typeof wired>) =>
    wired(...of).map((check) => ("run" in check ? check.id : `${check.id} ${check.status}: ${check.detail}`));

  it("with a domain", () => {
    expect(checks(environment)).toEqual(["tls:443", "redirect:80", "hosts:443", "headers:django"]);
  });

  it("through a tunnel to HTTPS alone", () => {
    expect(checks(environment, { host: "localhost", port: 8443 })).toEqual([
      "tls:443",
      "redirect:80 skipped: --connect-to leads to the port for HTTPS: say --connect-http-to, too",
      "hosts:443",
      "headers:django",
    ]);
  });

  it("with a domain that is a pattern: for a name that it takes", async () => {
    const of = { ...environment, dns: { domain: "*.example.com", alternativeNames: [] } };
    const server = createHttpServer(({ headers }, response) => {
      response.writeHead(301, { location: `https://${headers.host}:443/` }).end();
    });
    const found = await listening(server, async (port) => {
      const redirect = wired(of, undefined, { host: "127.0.0.1", port }).find(
        (check) => "run" in check && check.id === "redirect:80",
      );
      return redirect && "run" in redirect ? redirect.run(() => undefined) : undefined;
    });
    expect(found).toMatchObject({
      status: "pass",
      detail: expect.stringContaining("301: https://ops-verify.example.com:443/"),
    });
  });

  it("without a domain", () => {
    const none = "HTTPS needs a domain, and the environment has none";
    expect(checks(systems.load("ecs-webapp"))).toEqual([
      `tls:443 skipped: ${none}`,
      `redirect:80 skipped: ${none}`,
      "hosts:443 skipped: any host reaches the services: the environment has no domain",
      "headers:web",
    ]);
  });
});
