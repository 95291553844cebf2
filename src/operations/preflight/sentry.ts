// Whether a Sentry is where a DSN says: asked as anybody, who is turned away by a Sentry that runs.

import type { Finding } from "./planned-check";
import { judgeAnswer, type SentryAnswer, type SentryDsn } from "./sentry-judgement";

/** Milliseconds to answer: far more than a Sentry that is well takes, and little of the command's own time. */
const TIMEOUT = 10_000;

export async function askSentry(dsn: SentryDsn, signal: AbortSignal): Promise<Finding> {
  return judgeAnswer(dsn, await answerOf(dsn, signal));
}

async function answerOf({ origin }: SentryDsn, signal: AbortSignal): Promise<SentryAnswer> {
  const timeout = AbortSignal.timeout(TIMEOUT);
  try {
    const response = await fetch(`${origin}/api/0/`, {
      redirect: "manual",
      signal: AbortSignal.any([signal, timeout]),
    });
    await response.body?.cancel();
    return { status: response.status };
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) {
      return { silence: `within ${TIMEOUT / 1000} seconds` };
    }
    const { cause }: { cause?: { code?: unknown } } = Object(error);
    return { silence: `(${String(cause?.code ?? "connection failed")})` };
  }
}
