import { ConfigurationError } from '../errors/index.ts';
import { delay } from './delay.ts';

const MAX_TIMEOUT_MS = 60_000;
const SOFT_TIMEOUT_MS = 1000;
/** After a busy turn, timers fire before results that have already arrived are read: give those one more turn. */
const TURN_MS = 10;

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
