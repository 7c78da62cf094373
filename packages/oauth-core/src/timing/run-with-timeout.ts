import { ConfigurationError, TimeoutError } from '../errors/index.ts';
import { MAX_TIMER_MS } from './delay.ts';

/** A timer that is so late, in milliseconds, tells of a process that was stopped or busy. */
const LATE_MS = 50;
/** What such a process gets to look at what has arrived meanwhile: its timers come first. */
const GRACE_MS = 250;
/** How often that is granted: one that is always late has to come to an end, too. */
const GRACES = 4;

/**
 * Runs the work with a signal that aborts after `timeoutMs` milliseconds, or with `signal`. Rejects at that
 * moment with {@link TimeoutError}, or with the reason of `signal`, whatever the work makes of the abort.
 */
export function runWithTimeout<T>(
  what: string,
  options: {
    service: string;
    timeoutMs: number;
    /** Of these, milliseconds that have passed already. */
    elapsedMs?: number;
    signal?: AbortSignal | undefined;
  },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { service, timeoutMs, elapsedMs = 0, signal } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    if (!(timeoutMs > 0)) throw new ConfigurationError('A timeout must be above 0 ms.', { service });
    const expired = (): TimeoutError =>
      new TimeoutError(`${what} took longer than ${timeoutMs} ms.`, { service, timeoutMs });
    if (elapsedMs >= timeoutMs) throw expired();
    const controller = new AbortController();
    const end = (reason: unknown): void => {
      clear();
      reject(reason);
      controller.abort(reason);
    };
    const abort = (): void => end(signal?.reason);
    let timer: ReturnType<typeof setTimeout>;
    const expireIn = (ms: number, graces: number): void => {
      const dueAt = performance.now() + ms;
      timer = setTimeout(() => {
        if (graces > 0 && performance.now() - dueAt > LATE_MS) expireIn(GRACE_MS, graces - 1);
        else end(expired());
      }, ms);
    };
    expireIn(Math.min(timeoutMs - elapsedMs, MAX_TIMER_MS), GRACES);
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
