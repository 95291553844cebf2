// Plays the load balancer's two ends: HTTPS with a certificate made for the occasion, and plain HTTP.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificate } from "../support/certificate";

export interface HealthServer {
  /** For `--connect-to`. */
  readonly address: string;
  /** For `--connect-http-to`. */
  readonly httpAddress: string;
  /** The certificate, for NODE_EXTRA_CA_CERTS: nobody else vouches for it. */
  readonly certificate: string;
  /** Answers the health request with this status from now on. */
  answer(status: number): void;
  /** Speaks every version of TLS from 1.0 on, or from 1.2 on, as it does at first. */
  speakOldTls(old: boolean): void;
  /** Answers plain HTTP with a redirect to HTTPS, as it does at first, or with a page. */
  redirect(redirects: boolean): void;
  /** Leaves this header out, or none, as it does at first. */
  leaveOut(header: string | undefined): void;
  /** Refuses hosts other than its domains, as it does at first, or answers any. */
  refuseOthers(refuses: boolean): void;
  /** The Host and path of each request so far. */
  requests(): readonly string[];
  stop(): Promise<void>;
}

/** What the load balancer of lightwave-prod adds to a page, and Django's SecurityMiddleware. */
const PAGE_HEADERS = [
  ["Strict-Transport-Security", "max-age=31536000"],
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "DENY"],
  ["Referrer-Policy", "same-origin"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
] as const;

/** Starts one that answers 200 for these domains. */
export async function startHealthServer(...domains: readonly [string, ...string[]]): Promise<HealthServer> {
  const folder = await mkdtemp(join(tmpdir(), "django-on-aws-health-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  await makeCertificate({ key, certificate }, domains);
  let status = 200;
  let omitted: string | undefined;
  let redirects = true;
  let refuses = true;
  const isOurs = (host = "") =>
    domains.some((domain) => host === domain || (domain.startsWith("*.") && host.endsWith(domain.slice(1))));
  const requests: string[] = [];
  const identity = { key: await readFile(key), cert: await readFile(certificate) };
  const server = createServer(identity, ({ method, headers, url }, response) => {
    requests.push(`${method} ${headers.host}${url}`);
    for (const [name, value] of PAGE_HEADERS.filter(([name]) => name !== omitted)) {
      response.setHeader(name, value);
    }
    if (refuses && !isOurs(headers.host)) {
      response.writeHead(421).end("No such host");
      return;
    }
    response.writeHead(url === "/health/live/" ? status : 200).end("SECRET_KEY is django-insecure");
  });
  const plain = createHttpServer(({ headers, url }, response) => {
    if (redirects) {
      response.writeHead(301, { location: `https://${headers.host}:443${url}` });
    }
    response.end();
  });
  const [port, plainPort] = await Promise.all([server, plain].map(listen));
  return {
    address: `127.0.0.1:${port}`,
    httpAddress: `127.0.0.1:${plainPort}`,
    certificate,
    answer: (next) => {
      status = next;
    },
    speakOldTls: (old) =>
      server.setSecureContext({
        ...identity,
        ...(old && { minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" }),
      }),
    redirect: (next) => {
      redirects = next;
    },
    refuseOthers: (next) => {
      refuses = next;
    },
    leaveOut: (header) => {
      omitted = header;
    },
    requests: () => requests,
    stop: async () => {
      for (const each of [server, plain]) {
        each.closeAllConnections();
        await new Promise((resolve) => each.close(resolve));
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Listens on a port of its own, which it returns. */
async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
