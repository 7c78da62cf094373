import { ConfigurationError, TimeoutError } from '../errors/index.ts';
import { MAX_TIMER_MS } from '../max-timer.ts';

/**
 * Runs the work with a signal that aborts after `timeoutMs` milliseconds, or with `signal`. Rejects at that
 * moment with {@link TimeoutError}, or with the reason of `signal`, whatever the work makes of the abort.
 */
export function withTimeout<T>(
  what: string,
  options: { service: string; timeoutMs: number; signal?: AbortSignal | undefined },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { service, timeoutMs, signal } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    if (!(timeoutMs > 0)) throw new ConfigurationError('A timeout must be above 0 ms.', { service });
    const controller = new AbortController();
    const end = (reason: unknown): void => {
      clear();
      reject(reason);
      controller.abort(reason);
    };
    const abort = (): void => end(signal?.reason);
    const timer = setTimeout(
      () => end(new TimeoutError(`${what} took longer than ${timeoutMs} ms.`, { service, timeoutMs })),
      Math.min(timeoutMs, MAX_TIMER_MS),
    );
    const clear = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    signal?.addEventListener('abort', abort, { once: true });
    const settle = async (): Promise<void> => {
      try {
        resolve(await work(controller.signal));
      } catch (error) {
        reject(error);
      }
      clear();
    };
    void settle();
  });
}
