import { TimeoutError } from '@context-sdk/oauth-core';
import { asError } from '../../utils/as-error.ts';
import type { ContextEvent, OnEvent } from '../context-event.ts';

/** The host's time for one event. Services give up on a delivery after ten seconds. */
const HANDLING_MS = 8_000;

/** Calls the host. Returns what it threw, or a {@link TimeoutError} after 8 s; `undefined` if it succeeded. */
export async function handleInTime(event: ContextEvent, onEvent: OnEvent): Promise<Error | undefined> {
  // A copy: what the host changes in it is neither recorded for another try nor told to anyone else.
  return await inTime((signal) => onEvent(structuredClone(event), { signal }));
}

/** As {@link handleInTime}, for whatever the host does. */
export async function inTime(work: (signal: AbortSignal) => unknown): Promise<Error | undefined> {
  const controller = new AbortController();
  const { promise: timedOut, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const timeout = new TimeoutError(`The host took longer than ${HANDLING_MS} ms.`, {
      timeoutMs: HANDLING_MS,
    });
    controller.abort(timeout);
    reject(timeout);
  }, HANDLING_MS);
  try {
    await Promise.race([(async () => work(controller.signal))(), timedOut]);
    return undefined;
  } catch (thrown) {
    return asError(thrown);
  } finally {
    clearTimeout(timer);
  }
}
