import { TimeoutError } from '@context-sdk/oauth-core';

/** The host's time for one event or question. Services give up on a delivery after ten seconds. */
const HOST_MS = 8_000;

/** What the host returns. Rejects with what it throws, or with {@link TimeoutError} after 8 s, when its signal aborts, too. */
export async function inTime<T>(work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { promise: timedOut, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const timeout = new TimeoutError(`The host took longer than ${HOST_MS} ms.`, { timeoutMs: HOST_MS });
    controller.abort(timeout);
    reject(timeout);
  }, HOST_MS);
  try {
    return await Promise.race([(async () => await work(controller.signal))(), timedOut]);
  } finally {
    clearTimeout(timer);
  }
}
