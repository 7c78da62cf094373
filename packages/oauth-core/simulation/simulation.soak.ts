import { expect, test } from 'vitest';
import { loadCode } from './engine/code.ts';
import { runMany } from './engine/run-many.ts';
import { simulationNamed } from './simulations.ts';

/** How many histories of each part; 100,000 together. Their seeds follow on those of the tests. */
const HISTORIES = { tokens: 50_000, leases: 20_000, limiter: 12_000, throttle: 8000, 'sign-ins': 10_000 };
const FIRST = Number(process.env['SIMULATION_SEED'] ?? 10_001);
const HOURS_MS = 4 * 3_600_000;

test.each(Object.entries(HISTORIES))(
  '%s: %i histories break no rule',
  async (name, count) => {
    const summary = await runMany(simulationNamed(name), await loadCode(), { first: FIRST, count });
    console.log(`${name}: seeds ${FIRST} to ${FIRST + count - 1}`, JSON.stringify(summary));
    expect(summary.broken).toEqual({});
  },
  HOURS_MS,
);
