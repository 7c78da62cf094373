import type { Answer, Settlement } from './ask.ts';

/** Where a dispatch takes its permit. */
export interface Permit {
  dispatch<T>(dispatch: () => Promise<T>, cost: number): Promise<T>;
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
  #ended = 0;
  #endedAt = 0;

  /** `sentAt` is when the ask was sent: not after Redis' time in the answer. */
  constructor(by: string, answer: Answer, sentAt: number, onEnd: (grant: Grant) => void) {
    this.#name = `:${by}:${answer.number}`;
    this.#redisTime = answer.now + 1;
    this.#sentAt = sentAt;
    this.#onEnd = onEnd;
    this.#inLog = answer.units;
    this.unused = answer.units;
  }

  dispatch<T>(dispatch: () => Promise<T>, cost: number): Promise<T> {
    this.unused -= cost;
    const end = (): void => {
      this.#ended += cost;
      this.#endedAt = performance.now();
      this.#onEnd(this);
    };
    try {
      const answer = dispatch();
      answer.then(end, end);
      return answer;
    } catch (error) {
      end();
      throw error;
    }
  }

  /** What is known since the last time: units that stay unused, and requests that have arrived, since they ended. */
  *settle(): Generator<Settlement, void> {
    if (this.unused > 0) yield this.#take(this.unused, 0);
    if (this.#ended > 0)
      yield this.#take(this.#ended, this.#redisTime + Math.ceil(this.#endedAt - this.#sentAt));
    this.unused = 0;
    this.#ended = 0;
  }

  #take(units: number, arrivedAt: number): Settlement {
    const member = `${this.#inLog}${this.#name}`;
    this.#inLog -= units;
    return [member, units, arrivedAt];
  }
}
