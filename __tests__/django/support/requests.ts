// Requests as users and as the load balancer make them.
import { Agent, type ClientRequest, type IncomingMessage, request } from "node:http";
import { LISTENER_PORT } from "./servers/load-balancer";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The client's address, where it matters: one of this run's own. */
  readonly from?: string;
  /** Keeps the connection; by default each request has one of its own. */
  readonly agent?: Agent;
}

/** Who answers: an address, and the Host that it is asked by. */
export interface Site {
  readonly address: string;
  readonly host: string;
  /** Default: the load balancer's. */
  readonly port?: number;
}

/** Asks through the load balancer. */
export function ask(
  { address, host, port = LISTENER_PORT }: Site,
  path: string,
  asked: Asked = {},
): Promise<Answer> {
  const { method = asked.body === undefined ? "GET" : "POST", headers = {}, body, from, agent } = asked;
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const call = request({
    host: address,
    port,
    path,
    method,
    headers: { Host: host, ...length, ...headers },
    localAddress: from,
    agent: agent ?? new Agent({ keepAlive: false }),
  });
  call.end(body);
  return answerOf(call);
}

/** The answer's JSON, or an error that says what came instead. */
export async function askJson<Body>(site: Site, path: string, asked: Asked = {}): Promise<Body> {
  const { status, body } = await ask(site, path, asked);
  if (status !== 200) {
    throw new Error(`${path} was answered ${status}: ${body.slice(0, 300)}`);
  }
  return JSON.parse(body);
}

/** A health check of the load balancer: straight to the task, whose address is the Host. */
export function asTarget(target: string, path: string, from: string): Promise<Answer> {
  const [host = "", port] = target.split(":");
  const call = request({
    host,
    port,
    path,
    localAddress: from,
    headers: { Host: target, "User-Agent": "ELB-HealthChecker/2.0", Connection: "close" },
    timeout: 5_000,
    agent: new Agent({ keepAlive: false }),
  });
  call.on("timeout", () => call.destroy(new Error("no answer in 5 s")));
  call.end();
  return answerOf(call);
}

/** The whole answer to a request that is under way. */
export async function answerOf(call: ClientRequest): Promise<Answer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    call.on("response", resolve).on("error", reject);
  });
  answer.setEncoding("utf8");
  let body = "";
  for await (const part of answer) {
    body += part;
  }
  return { status: answer.statusCode ?? 0, headers: answer.headers, body };
}
