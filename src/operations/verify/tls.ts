// Which versions of TLS the load balancer speaks, by a handshake with each: those before 1.2 are to be refused.
import { connect, type SecureVersion } from "node:tls";
import { deployCommand } from "../commands";
import { type Address, TIMEOUT } from "./ask";
import type { VerifyCheck } from "./check";

/** Deprecated by RFC 8996. */
const OLD = ["TLSv1", "TLSv1.1"] as const satisfies readonly SecureVersion[];

/** How a handshake ended; `unknown` where it did not get as far as the server's answer. */
export type Handshake =
  | { readonly ended: "accepted"; readonly version: string }
  | { readonly ended: "refused" | "unknown"; readonly why: string };

/** How the handshakes ended: with what is current, and with each version that is not. */
export interface Handshakes {
  readonly current: Handshake;
  readonly old: Readonly<Record<(typeof OLD)[number], Handshake>>;
}

/**
 * Shakes hands, once with 1.2 or newer, and once with each older version alone. Nothing is sent or read beyond.
 * @param servername the name that the certificate is asked for
 * @throws the signal's reason when it is aborted
 */
export async function shakeHands(
  servername: string,
  address: Address,
  signal: AbortSignal,
): Promise<Handshakes> {
  const shake = (min: SecureVersion, max: SecureVersion) =>
    handshake(servername, address, [min, max], signal);
  const [current, first, second] = await Promise.all([
    shake("TLSv1.2", "TLSv1.3"),
    shake("TLSv1", "TLSv1"),
    shake("TLSv1.1", "TLSv1.1"),
  ]);
  signal.throwIfAborted();
  return { current, old: { TLSv1: first, "TLSv1.1": second } };
}

function handshake(
  servername: string,
  address: Address,
  [minVersion, maxVersion]: readonly [SecureVersion, SecureVersion],
  signal: AbortSignal,
): Promise<Handshake> {
  return new Promise((resolve) => {
    const socket = connect({
      ...address,
      servername,
      minVersion,
      maxVersion,
      // OpenSSL itself would offer nothing so old: its security level 1 rules out TLS before 1.2.
      ciphers: "DEFAULT@SECLEVEL=0",
      // Whether the certificate is good is asked by the health check; a bad one must not look like a refusal.
      rejectUnauthorized: false,
    });
    const stop = () => socket.destroy();
    signal.addEventListener("abort", stop, { once: true });
    const end = (handshake: Handshake) => {
      signal.removeEventListener("abort", stop);
      socket.destroy();
      resolve(handshake);
    };
    socket.setTimeout(TIMEOUT, () =>
      end({ ended: "unknown", why: `no answer within ${TIMEOUT / 1000} seconds` }),
    );
    socket.on("secureConnect", () => end({ ended: "accepted", version: socket.getProtocol() ?? "TLS" }));
    socket.on("error", (error) => end(failedHandshake(error)));
    socket.on("close", () => end({ ended: "unknown", why: "the connection was closed" }));
  });
}

/**
 * What an error says of a handshake. An alert is the server's own word (RFC 8446, section 6), and a connection that is closed
 * after the greeting is as good; all else was no answer to it, such as an OpenSSL that offers no such version.
 */
export function failedHandshake(error: unknown): Handshake {
  const { code = "", message = "" }: { code?: unknown; message?: unknown } = Object(error);
  const why = String(code || message);
  return { ended: /ALERT/.test(why) || why === "ECONNRESET" ? "refused" : "unknown", why };
}

/** @param name the environment's name: that of its file */
export function judgeTls(name: string, { current, old }: Handshakes): Pick<VerifyCheck, "status" | "detail"> {
  if (current.ended !== "accepted") {
    return { status: "fail", detail: `no handshake with TLS 1.2 or newer: ${current.why}` };
  }
  const ended = (how: Handshake["ended"]) => OLD.filter((version) => old[version].ended === how);
  const accepted = ended("accepted");
  if (accepted.length > 0) {
    const detail = `it speaks ${accepted.map(words).join(" and ")}\n${deployCommand(name, "django")}`;
    return { status: "fail", detail };
  }
  const unknown = ended("unknown");
  return unknown.length > 0
    ? {
        status: "skipped",
        detail: `${unknown.map(words).join(" and ")} could not be asked for from here: ${unknown.map((version) => whyOf(old[version])).join(", ")}`,
      }
    : { status: "pass", detail: `speaks ${words(current.version)}, refuses ${OLD.map(words).join(" and ")}` };
}

function whyOf(handshake: Handshake): string {
  return "why" in handshake ? handshake.why : "";
}

/** `TLS 1.0` for `TLSv1`. */
function words(version: string): string {
  return version === "TLSv1" ? "TLS 1.0" : version.replace("TLSv", "TLS ");
}
