/** Minutes, `end` not included. */
export interface Stretch {
  start: number;
  end: number;
}

/** What is still free while a plan is made: stretches in order, which don't overlap. */
export class FreeMinutes {
  readonly starts: number[];
  readonly ends: number[];

  private constructor(starts: number[], ends: number[]) {
    this.starts = starts;
    this.ends = ends;
  }

  static of(stretches: readonly Stretch[]): FreeMinutes {
    return new FreeMinutes(
      stretches.map(({ start }) => start),
      stretches.map(({ end }) => end),
    );
  }

  copy(): FreeMinutes {
    return new FreeMinutes([...this.starts], [...this.ends]);
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
