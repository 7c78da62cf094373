export interface SimEvent {
  readonly time: number;
  /** Events of one time run in the order in which they were added. */
  readonly order: number;
  readonly run: () => void;
}

function isBefore(one: SimEvent, other: SimEvent): boolean {
  return one.time < other.time || (one.time === other.time && one.order < other.order);
}

/** A binary heap: the earliest event first. */
export class EventQueue {
  readonly #heap: SimEvent[] = [];

  get first(): SimEvent | undefined {
    return this.#heap[0];
  }

  add(event: SimEvent): void {
    this.#heap.push(event);
    let index = this.#heap.length - 1;
    while (index > 0 && this.#swapIfBefore(index, (index - 1) >> 1)) index = (index - 1) >> 1;
  }

  removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    for (let index = 0; ;) {
      const child = this.#earlierChild(index);
      if (!this.#swapIfBefore(child, index)) return;
      index = child;
    }
  }

  #earlierChild(index: number): number {
    const left = this.#heap[2 * index + 1];
    const right = this.#heap[2 * index + 2];
    return left !== undefined && right !== undefined && isBefore(right, left) ? 2 * index + 2 : 2 * index + 1;
  }

  #swapIfBefore(below: number, above: number): boolean {
    const one = this.#heap[below];
    const other = this.#heap[above];
    if (one === undefined || other === undefined || !isBefore(one, other)) return false;
    this.#heap[below] = other;
    this.#heap[above] = one;
    return true;
  }
}
