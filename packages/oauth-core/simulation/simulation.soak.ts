import { expect, test } from 'vitest';
import { loadCode } from './engine/code.ts';
import { runMany } from './engine/run-many.ts';
import { simulationNamed } from './simulations.ts';

/** How many histories of each part; 100,000 together, and those of the schedule. */
const HISTORIES = {
  tokens: 30_000,
  leases: 10_000,
  limiter: 20_000,
  throttle: 20_000,
  'sign-ins': 20_000,
  schedule: 5_000,
};
/** They begin at seeds that lie far apart. */
const FIRST_SEEDS = (process.env['SIMULATION_SEEDS'] ?? '10001,7000001,900000001').split(',').map(Number);
const HOURS_MS = 4 * 3_600_000;

const PARTS = Object.entries(HISTORIES).flatMap(([name, histories]) => {
  const count = Math.ceil(histories / FIRST_SEEDS.length);
  return FIRST_SEEDS.map((first) => ({ name, first, count, last: first + count - 1 }));
});

test.each(PARTS)(
  '17: $name, seeds $first to $last, break no rule',
  async ({ name, first, count, last }) => {
    const summary = await runMany(simulationNamed(name), await loadCode(), { first, count });
    console.log(`${name}: seeds ${first} to ${last}`, JSON.stringify(summary));
    expect(summary.broken).toEqual({});
  },
  HOURS_MS,
);
