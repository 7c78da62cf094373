/** How many minutes of each day are still to be planned. */
export class DayLimits {
  /** When each day begins, in order, in minutes since the start of the plan. */
  readonly #begins: readonly number[];
  readonly #left: number[];

  constructor(begins: readonly number[], left: readonly number[]) {
    this.#begins = begins;
    this.#left = [...left];
  }

  copy(): DayLimits {
    return new DayLimits(this.#begins, this.#left);
  }

  left(minute: number): number {
    return this.#left[this.#dayAt(minute)] ?? 0;
  }

  take(minute: number, minutes: number): void {
    const day = this.#dayAt(minute);
    this.#left[day] = Math.max(0, (this.#left[day] ?? 0) - minutes);
  }

  #dayAt(minute: number): number {
    return this.#begins.findLastIndex((begin) => begin <= minute);
  }
}
