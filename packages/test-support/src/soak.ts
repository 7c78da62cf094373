import { expect, test } from 'vitest';

/**
 * The part of a soak that this run does: of `SOAK_SLICE=2/10` the second tenth, without it everything. `npm run soak` runs one
 * slice after the other and remembers which have passed.
 */
export function soakSlice<T>(all: readonly T[]): T[] {
  const [slice = 1, slices = 1] = (process.env['SOAK_SLICE'] ?? '1/1').split('/').map(Number);
  if (!(slice >= 1 && slice <= slices)) throw new Error('SOAK_SLICE must be such as 2/10.');
  const first = Math.floor(((slice - 1) * all.length) / slices);
  const part = all.slice(first, Math.floor((slice * all.length) / slices));
  // A file without a test fails, also where there are more slices than runs.
  test.skipIf(part.length > 0)('nothing is left for this slice', () => expect(part).toEqual([]));
  return part;
}

/** The seeds of this run's slice, from `first` on. `SOAK_FIRST` and `SOAK_COUNT` take others. */
export function soakSeeds(first: number, count: number): number[] {
  const from = Number(process.env['SOAK_FIRST'] ?? first);
  const length = Number(process.env['SOAK_COUNT'] ?? count);
  return soakSlice(Array.from({ length }, (_, index) => from + index));
}
