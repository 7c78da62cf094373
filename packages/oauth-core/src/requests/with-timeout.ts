import { TimeoutError } from '../errors/index.ts';

/**
 * Runs the work with a signal that aborts after `timeoutMs` milliseconds, or with `signal`. Rejects with
 * {@link TimeoutError}, or with the reason of `signal`, whatever the work itself makes of the abort.
 */
export async function withTimeout<T>(
  what: string,
  options: { service: string; timeoutMs: number; signal?: AbortSignal | undefined },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { service, timeoutMs, signal } = options;
  signal?.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(
    () =>
      controller.abort(new TimeoutError(`${what} took longer than ${timeoutMs} ms.`, { service, timeoutMs })),
    timeoutMs,
  );
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) throw controller.signal.reason;
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
