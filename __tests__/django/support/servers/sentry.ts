// A Sentry that keeps what it is told, as text.
import { once } from "node:events";
import { createServer } from "node:http";
import { gunzipSync } from "node:zlib";

/** Where it listens: the network is this run's own. */
export const SENTRY_PORT = 9000;

export interface Sentry {
  /** The bodies of all that was sent, each with its items: JSON, a line each. */
  envelopes(): readonly string[];
  stop(): Promise<void>;
}

export async function startSentry(): Promise<Sentry> {
  const envelopes: string[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) {
      parts.push(part);
    }
    const body = Buffer.concat(parts);
    envelopes.push((request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString());
    response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
  });
  server.listen(SENTRY_PORT, "0.0.0.0");
  await once(server, "listening");
  return {
    envelopes: () => envelopes,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
