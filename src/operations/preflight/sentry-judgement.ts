// What a Sentry DSN leads to, and what Sentry's answer means. A DSN holds a key: no word of it but the host is shown.
import { type Finding, failed, passed } from "./planned-check";

/** As much of a DSN as it takes to find its Sentry. */
export interface SentryDsn {
  /** Scheme, host and port: `https://o1.ingest.sentry.io`. */
  readonly origin: string;
  /** Host and port. */
  readonly host: string;
}

/** How Sentry answered, or that it did not: in which time, or with which error. */
export type SentryAnswer = { readonly status: number } | { readonly silence: string };

/** Whether an environment variable of this name holds a DSN. */
export function isDsnVariable(variable: string): boolean {
  return /(^|_)SENTRY_DSN$/.test(variable);
}

/**
 * Takes `https://<public key>@<host>/<project id>` apart, as Sentry's SDKs do; there may be a path before the project.
 * `undefined` where it is nothing of that kind.
 */
export function parseDsn(text: string): SentryDsn | undefined {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  const isDsn =
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    url.username !== "" &&
    url.hostname !== "" &&
    /^\/([^/]+\/)*\d+$/.test(url.pathname);
  return isDsn ? { origin: url.origin, host: url.host } : undefined;
}

/** Sentry turns away who comes without a token: 401, or 403. */
export function judgeAnswer({ host, origin }: SentryDsn, answer: SentryAnswer): Finding {
  if ("silence" in answer) {
    return failed(
      `${host} does not answer ${answer.silence}: see whether the DSN's host is right and whether this machine may reach it.`,
    );
  }
  return answer.status === 401 || answer.status === 403
    ? passed(`${host} is reachable: it answers ${answer.status} to a request without a token.`)
    : failed(
        `${origin}/api/0/ answers ${answer.status}, and a Sentry would answer 401 or 403: see whether the DSN's host is right.`,
      );
}
