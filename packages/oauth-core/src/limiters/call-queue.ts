/** What the queue keeps in every call: its neighbours. */
export interface Queued<C> {
  readonly cost: number;
  previous?: C | undefined;
  next?: C | undefined;
}

/** First come, first served, with removal from anywhere in constant time: calls are aborted while they wait. */
export class CallQueue<C extends Queued<C>> {
  first: C | undefined;
  /** The units that all queued calls use together. */
  units = 0;
  #last: C | undefined;

  add(call: C): void {
    call.previous = this.#last;
    if (this.#last) this.#last.next = call;
    else this.first = call;
    this.#last = call;
    this.units += call.cost;
  }

  /** The call has to be in the queue. */
  remove(call: C): void {
    const { previous, next } = call;
    if (previous) previous.next = next;
    else this.first = next;
    if (next) next.previous = previous;
    else this.#last = previous;
    call.previous = undefined;
    call.next = undefined;
    this.units -= call.cost;
  }

  /** In order; the call that was given last may be removed. */
  *[Symbol.iterator](): Generator<C, void> {
    for (let call = this.first; call;) {
      const { next } = call;
      yield call;
      call = next;
    }
  }
}
