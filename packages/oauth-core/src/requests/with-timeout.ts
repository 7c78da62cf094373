import { TimeoutError } from '../errors/index.ts';

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
    const controller = new AbortController();
    const end = (reason: unknown): void => {
      clear();
      reject(reason);
      controller.abort(reason);
    };
    const abort = (): void => end(signal?.reason);
    const timer = setTimeout(
      () => end(new TimeoutError(`${what} took longer than ${timeoutMs} ms.`, { service, timeoutMs })),
      timeoutMs,
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
