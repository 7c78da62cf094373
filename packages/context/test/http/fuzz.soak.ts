import { test } from 'vitest';
import { fuzzRoutes } from './fuzz.ts';

const TEN_MINUTES = 600_000;

test(
  '16: no route breaks, rejects or shows a secret, for ten minutes',
  async () => {
    const endsAt = Date.now() + TEN_MINUTES;
    while (Date.now() < endsAt) await fuzzRoutes({ numRuns: 20_000, timeLimitMs: endsAt - Date.now() });
  },
  2 * TEN_MINUTES,
);
