import { expect, test } from 'vitest';
import { loadCode } from './engine/code.ts';
import { runMany } from './engine/run-many.ts';
import { KEPT } from './kept.ts';
import { simulationNamed } from './simulations.ts';

/** How many histories of each part; 2,000 together. */
const HISTORIES = { tokens: 1000, leases: 500, limiter: 500 };
/** For a machine that is many times as slow. */
const TIMEOUT_MS = 600_000;

test.each(Object.entries(HISTORIES))(
  '%s: %i histories break no rule',
  async (name, count) => {
    const first = 1;
    const { broken } = await runMany(simulationNamed(name), await loadCode(), { first, count });
    expect(broken, `seeds ${first} to ${count}`).toEqual({});
  },
  TIMEOUT_MS,
);

test.each(KEPT)('$simulation: what once broke $rule does not any more', async ({ simulation, history }) => {
  const { findings } = await simulationNamed(simulation).run(await loadCode(), history);
  expect(findings.violations).toEqual([]);
});

test('the same seed gives the same history', async () => {
  const simulation = simulationNamed('tokens');
  const code = await loadCode();
  const traces = [5, 5].map(
    async (seed) => (await simulation.run(code, simulation.plan(seed), { isTraced: true })).trace,
  );
  const [one, other] = await Promise.all(traces);
  expect(one).toEqual(other);
  expect(one).not.toEqual([]);
});
