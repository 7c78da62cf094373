import type { WindowLimit } from './rate-limiter.ts';

/** A call that waits for its permit, and its neighbors in the queue. */
export interface QueuedCall {
  readonly cost: number;
  readonly limits: readonly WindowLimit[];
  /** Monotonic time at which the call gives up; Infinity if it waits as long as it takes. */
  readonly deadline: number;
  previous?: QueuedCall | undefined;
  next?: QueuedCall | undefined;
  /** Dispatches, and settles the caller's promise with the outcome. */
  start(): void;
  /** Settles the caller's promise without a dispatch. */
  fail(reason: unknown): void;
}

/** First come, first served. A call can be removed from anywhere in constant time, since calls are aborted while they wait. */
export class CallQueue {
  first: QueuedCall | undefined;
  /** The units that all queued calls use together. */
  units = 0;
  #last: QueuedCall | undefined;

  add(call: QueuedCall): void {
    call.previous = this.#last;
    if (this.#last) this.#last.next = call;
    else this.first = call;
    this.#last = call;
    this.units += call.cost;
  }

  /** The call has to be in the queue. */
  remove(call: QueuedCall): void {
    const { previous, next } = call;
    if (previous) previous.next = next;
    else this.first = next;
    if (next) next.previous = previous;
    else this.#last = previous;
    call.previous = undefined;
    call.next = undefined;
    this.units -= call.cost;
  }

  /** In order. The call that was yielded last may be removed meanwhile. */
  *[Symbol.iterator](): Generator<QueuedCall, void> {
    for (let call = this.first; call;) {
      const { next } = call;
      yield call;
      call = next;
    }
  }
}

/** The promise of a call that has to wait. An abort rejects it and takes the call out of the queue. */
export function queuedCall<T>(
  terms: Pick<QueuedCall, 'cost' | 'limits' | 'deadline'>,
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
