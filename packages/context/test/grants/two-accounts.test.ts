import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runTwoAccounts } from './two-accounts.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

test.each([1, 2, 3, 4, 5])(
  '16: a user who switches accounts at random gets no event of the other (seed %i)',
  async (seed) => {
    expect(await runTwoAccounts(seed, 30)).toBeGreaterThan(0);
  },
);
