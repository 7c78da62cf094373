import type { Queued } from './call-queue.ts';
import type { RateLimit } from './rate-limiter.ts';

export interface CallTerms {
  readonly cost: number;
  readonly limits: readonly RateLimit[];
  /** Monotonic time at which the call gives up; Infinity for one that waits as long as it takes. */
  readonly deadline: number;
}

/** A call that waits for its permit. */
export interface QueuedCall extends CallTerms, Queued<QueuedCall> {
  /** Dispatches, and settles the caller's promise with the outcome. */
  start(): void;
  /** Settles the caller's promise without a dispatch. */
  fail(reason: unknown): void;
}

/** Gives the promise of a call that has to wait. An abort rejects it and takes the call out of the queue. */
export function queuedCall<T>(
  terms: CallTerms,
  dispatch: () => Promise<T>,
  signal: AbortSignal | undefined,
  enqueue: (call: QueuedCall) => void,
  dequeue: (call: QueuedCall) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal?.reason);
      dequeue(call);
    };
    const call: QueuedCall = {
      ...terms,
      start() {
        signal?.removeEventListener('abort', onAbort);
        try {
          resolve(dispatch());
        } catch (error) {
          reject(error);
        }
      },
      fail(reason) {
        signal?.removeEventListener('abort', onAbort);
        reject(reason);
      },
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    enqueue(call);
  });
}
