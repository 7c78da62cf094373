import { expect, test } from 'vitest';
import { loadCode } from './engine/code.ts';
import { runMany } from './engine/run-many.ts';
import { KEPT } from './kept/all.ts';
import { HISTORIES } from './short-run.ts';
import { simulationNamed } from './simulations.ts';

/** For a machine that is many times as slow. */
const TIMEOUT_MS = 600_000;

const code = await loadCode();

test.each(Object.entries(HISTORIES))(
  '%s: %i histories break no rule',
  async (name, count) => {
    const first = 1;
    const { broken } = await runMany(simulationNamed(name), code, { first, count });
    expect(broken, `seeds ${first} to ${count}`).toEqual({});
  },
  TIMEOUT_MS,
);

test.each(KEPT)(
  '$simulation $history.seed: what once broke $rule does not any more',
  async ({ simulation, history }) => {
    const { findings } = await simulationNamed(simulation).run(code, history);
    expect(findings.violations).toEqual([]);
  },
);

/** Of an encrypted history, too, where WebCrypto's work is on simulated threads. */
const REPEATED = [
  { name: 'tokens', seed: 5 },
  { name: 'tokens', seed: 14 },
];

test.each(REPEATED)('the same seed gives the same history: $name $seed', async ({ name, seed }) => {
  const simulation = simulationNamed(name);
  const traces = [seed, seed].map(
    async (same) => (await simulation.run(code, simulation.plan(same), { isTraced: true })).trace,
  );
  const [one, other] = await Promise.all(traces);
  expect(one).toEqual(other);
  expect(one).not.toEqual([]);
});
