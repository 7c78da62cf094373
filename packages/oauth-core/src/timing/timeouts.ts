import { ConfigurationError, TimeoutError } from '../errors/index.ts';
import { delay, MAX_TIMER_MS } from './delay.ts';

const MAX_TIMEOUT_MS = 60_000;
const SOFT_TIMEOUT_MS = 1000;
/** After a busy turn, timers fire before results that have already arrived are read: give those one more turn. */
const TURN_MS = 10;
/** A timer that is this late tells of a process that was suspended or busy. */
const LATE_MS = 50;
/** What such a process gets to read what has arrived meanwhile, since its timers fire first. */
const GRACE_MS = 250;
/** How often that is granted: even a process that is always late must reach an end. */
const GRACES = 4;

/** Throws {@link ConfigurationError} unless `timeoutMs` is above 0 and at most a minute. */
export function checkTimeout(timeoutMs: number): void {
  if (typeof timeoutMs === 'number' && timeoutMs > 0 && timeoutMs <= MAX_TIMEOUT_MS) return;
  throw new ConfigurationError('timeoutMs must be above 0, and a minute at most.');
}

/** Rejects with the code `ETIMEDOUT` after this many milliseconds. What was asked for may still happen. */
export function withTimeout<T>(ms: number, result: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }));
    let timer = setTimeout(() => {
      timer = setTimeout(giveUp, TURN_MS);
    }, ms);
    const end = (): void => clearTimeout(timer);
    result.then(resolve, reject).then(end, end);
  });
}

/** The result if it arrives within a second; undefined if it fails or takes longer, for callers that can do without. */
export async function withSoftTimeout<T>(result: Promise<T>): Promise<{ value: T } | undefined> {
  const over = new AbortController();
  try {
    return await Promise.race([
      result.then((value) => ({ value })),
      delay(SOFT_TIMEOUT_MS, over.signal).then(() => undefined),
    ]);
  } catch {
    return undefined;
  } finally {
    over.abort();
  }
}

/** Stops waiting for the promise when the signal aborts, with its reason. The work behind the promise goes on. */
export function raceAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/**
 * Runs the work with a signal that aborts after `timeoutMs` milliseconds, or with `signal`. Rejects at that moment with
 * {@link TimeoutError}, or with the reason of `signal`, whatever the work does then.
 */
export function runWithTimeout<T>(
  what: string,
  options: {
    service: string;
    timeoutMs: number;
    signal?: AbortSignal | undefined;
  },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { service, timeoutMs, signal } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    if (!(timeoutMs > 0)) throw new ConfigurationError('timeoutMs must be above 0.', { service });
    const expired = (): TimeoutError =>
      new TimeoutError(`${what} took longer than ${timeoutMs} ms.`, { service, timeoutMs });
    const controller = new AbortController();
    const end = (reason: unknown): void => {
      clear();
      reject(reason);
      controller.abort(reason);
    };
    const abort = (): void => end(signal?.reason);
    const ms = Math.min(timeoutMs, MAX_TIMER_MS);
    let dueAt = performance.now() + ms;
    let graces = GRACES;
    const expire = (): void => {
      const now = performance.now();
      if (graces === 0 || now - dueAt <= LATE_MS) return end(expired());
      graces -= 1;
      dueAt = now + GRACE_MS;
      timer = setTimeout(expire, GRACE_MS);
    };
    let timer = setTimeout(expire, ms);
    const clear = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    signal?.addEventListener('abort', abort, { once: true });
    void work(controller.signal).then(resolve, reject).finally(clear);
  });
}
