/** Minutes, `end` not included. */
export interface Stretch {
  start: number;
  end: number;
}

/** What is still free while a plan is made: stretches in order, which don't overlap. */
export class FreeMinutes {
  readonly starts: number[];
  readonly ends: number[];

  constructor(stretches: readonly Stretch[]) {
    this.starts = stretches.map(({ start }) => start);
    this.ends = stretches.map(({ end }) => end);
  }

  get count(): number {
    return this.starts.length;
  }

  startOf(index: number): number {
    return this.starts[index] as number;
  }

  endOf(index: number): number {
    return this.ends[index] as number;
  }

  /** Takes minutes out of a stretch. */
  take(index: number, start: number, end: number): void {
    const isAtStart = start === this.starts[index];
    const isAtEnd = end === this.ends[index];
    if (isAtStart && isAtEnd) {
      this.starts.splice(index, 1);
      this.ends.splice(index, 1);
    } else if (isAtStart) this.starts[index] = end;
    else if (isAtEnd) this.ends[index] = start;
    else {
      this.starts.splice(index + 1, 0, end);
      this.ends.splice(index, 0, start);
    }
  }
}
