// One GET request to the load balancer, as a user's browser would send it; of the answer, status and headers are read.
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import type { PageRequest } from "./health-request";

/** Milliseconds: a load balancer gives up a check of its own after less. */
export const TIMEOUT = 10_000;

/** Where to connect. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** What is read of an answer. */
export interface Answer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: IncomingHttpHeaders;
}

/**
 * Sends the request, follows no redirect, and reads no body.
 * @param address the load balancer's, or that of a tunnel to it; Host and certificate are the request's all the same
 * @returns the answer, or in words why there is none
 * @throws the signal's reason when it is aborted
 */
export async function ask(
  request: PageRequest,
  address: Address,
  signal: AbortSignal,
): Promise<Answer | { readonly silent: string }> {
  try {
    return await send(request, address, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]));
  } catch (error) {
    signal.throwIfAborted();
    return { silent: reasonOf(error, request.serverName ?? request.host) };
  }
}

/** What was asked, and where, for people. */
export function asked({ scheme, host, path }: PageRequest, address: Address): string {
  return `GET ${scheme}://${host}${path}\nat ${address.host}:${address.port}`;
}

function send(
  { scheme, host, path, serverName = host }: PageRequest,
  address: Address,
  signal: AbortSignal,
): Promise<Answer> {
  const start = scheme === "https" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = start(
      {
        ...address,
        path,
        servername: serverName,
        headers: { host, "user-agent": "ops-verify" },
        agent: false,
        signal,
      },
      (response) => {
        // What it says is nobody's business here: a broken application may show settings.
        response.destroy();
        resolve({ status: response.statusCode ?? 0, headers: response.headers });
      },
    );
    outgoing.on("error", reject);
    outgoing.end();
  });
}

/** Codes by which Node.js says that nobody vouches for a certificate: Node.js API, "X509 certificate error codes". */
const UNTRUSTED = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function reasonOf(error: unknown, host: string): string {
  const { name, message, code }: { name?: unknown; message?: unknown; code?: unknown } = Object(error);
  if (name === "AbortError" || name === "TimeoutError") {
    return `no answer within ${TIMEOUT / 1000} seconds`;
  }
  if (typeof code === "string" && UNTRUSTED.has(code)) {
    return `the certificate for ${host} is not trusted (${code})`;
  }
  switch (code) {
    case "CERT_HAS_EXPIRED":
      return `the certificate for ${host} has expired`;
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `the certificate is for other names than ${host}`;
    default:
      return `no answer (${code ?? message})`;
  }
}
