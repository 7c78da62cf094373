const Real = Date;
let aheadMs = 0;

/** The process's wall clock, ahead of the real one by as much as was passed. */
class Shifted extends Real {
  constructor(...values: [] | [number | string | Date]) {
    super(values.length === 0 ? Shifted.now() : values[0]);
  }

  static override now(): number {
    return Real.now() + aheadMs;
  }
}

/** Lets so many milliseconds pass on the wall clock, at once. */
export function pass(ms: number): void {
  globalThis.Date = Shifted as unknown as DateConstructor;
  aheadMs += ms;
}
