// Plays the load balancer's HTTPS end: answers the health request with a certificate made for the occasion.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

export interface HealthServer {
  /** For `--connect-to`. */
  readonly address: string;
  /** The certificate, for NODE_EXTRA_CA_CERTS: nobody else vouches for it. */
  readonly certificate: string;
  /** Answers with this status from now on. */
  answer(status: number): void;
  /** The Host and path of each request so far. */
  requests(): readonly string[];
  stop(): Promise<void>;
}

/** Starts one that answers 200 for this domain. */
export async function startHealthServer(domain: string): Promise<HealthServer> {
  const folder = await mkdtemp(join(tmpdir(), "django-on-aws-health-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const subject = ["-subj", `/CN=${domain}`, "-addext", `subjectAltName=DNS:${domain}`];
  const algorithm = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const args = ["req", "-x509", ...algorithm, "-keyout", key, "-out", certificate, "-days", "2", ...subject];
  await promisify(execFile)("openssl", args);
  let status = 200;
  const requests: string[] = [];
  const server = createServer(
    { key: await readFile(key), cert: await readFile(certificate) },
    ({ method, headers, url }, response) => {
      requests.push(`${method} ${headers.host}${url}`);
      response.writeHead(status).end("SECRET_KEY is django-insecure");
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    certificate,
    answer: (next) => {
      status = next;
    },
    requests: () => requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
