import type { PermitRelease, PermitResponse } from './permit-request.ts';

/** Where a dispatch takes its permit. */
export interface Permit {
  dispatch<T>(dispatch: () => Promise<T>, cost: number): Promise<T>;
}

/** Requests that ended so close to one another are settled as one. */
const TOGETHER_MS = 10;

interface Ending {
  units: number;
  readonly from: number;
  at: number;
}

/** Units that Redis granted at once, and what became of them. */
export class Grant implements Permit {
  /** Granted, and not dispatched. */
  unused: number;
  readonly #name: string;
  readonly #redisTime: number;
  readonly #sentAt: number;
  readonly #onEnd: (grant: Grant) => void;
  #inLog: number;
  #ended: Ending[] = [];

  /** `sentAt` is when the request was sent: not after Redis' time in the answer. */
  constructor(by: string, answer: PermitResponse, sentAt: number, onEnd: (grant: Grant) => void) {
    this.#name = `:${by}:${answer.number}`;
    this.#redisTime = answer.now + 1;
    this.#sentAt = sentAt;
    this.#onEnd = onEnd;
    this.#inLog = answer.units;
    this.unused = answer.units;
  }

  async dispatch<T>(dispatch: () => Promise<T>, cost: number): Promise<T> {
    this.unused -= cost;
    try {
      return await dispatch();
    } finally {
      this.#noteEnd(cost, performance.now());
      this.#onEnd(this);
    }
  }

  /** What is known since the last time: units that stay unused, and requests that have arrived, since they ended. */
  *settle(): Generator<PermitRelease, void> {
    if (this.unused > 0) yield this.#take(this.unused, 0);
    for (const { units, at } of this.#ended)
      yield this.#take(units, this.#redisTime + Math.ceil(at - this.#sentAt));
    this.unused = 0;
    this.#ended = [];
  }

  #noteEnd(units: number, at: number): void {
    const last = this.#ended.at(-1);
    if (last && at - last.from < TOGETHER_MS) {
      last.units += units;
      last.at = at;
    } else this.#ended.push({ units, from: at, at });
  }

  #take(units: number, arrivedAt: number): PermitRelease {
    const member = `${this.#inLog}${this.#name}`;
    this.#inLog -= units;
    return [member, units, arrivedAt];
  }
}
