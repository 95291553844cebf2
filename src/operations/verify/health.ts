// Asks a service's health endpoint through the load balancer, as a user's browser would come in.
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { VerifyCheck } from "./check";
import type { HealthRequest } from "./health-request";

/** Milliseconds: a load balancer gives up a check of its own after less. */
const TIMEOUT = 10_000;

/** Where to connect. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Sends the request, follows no redirect and reads no more than the status.
 * @param address the load balancer's, or that of a tunnel to it; Host and certificate are the request's all the same
 * @throws the signal's reason when it is aborted
 */
export async function askHealth(
  request: HealthRequest,
  address: Address,
  signal: AbortSignal,
): Promise<Pick<VerifyCheck, "status" | "detail">> {
  const { scheme, host, path } = request;
  const asked = `GET ${scheme}://${host}${path}\nat ${address.host}:${address.port}`;
  try {
    const status = await statusOf(request, address, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]));
    return status === 200
      ? { status: "pass", detail: `200: ${asked}` }
      : { status: "fail", detail: `${status}: ${asked}` };
  } catch (error) {
    signal.throwIfAborted();
    return { status: "fail", detail: `${reasonOf(error, host)}: ${asked}` };
  }
}

function statusOf(
  { scheme, host, path }: HealthRequest,
  address: Address,
  signal: AbortSignal,
): Promise<number> {
  const send = scheme === "https" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(
      {
        ...address,
        path,
        servername: host,
        headers: { host, "user-agent": "ops-verify" },
        agent: false,
        signal,
      },
      (response) => {
        // What it says is nobody's business here: a broken application may show settings.
        response.destroy();
        resolve(response.statusCode ?? 0);
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
