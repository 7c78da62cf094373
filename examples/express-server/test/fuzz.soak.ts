import { soakSlice } from '@context-sdk/test-support/soak';
import { test, vi } from 'vitest';
import { fuzzApp } from './fuzz.ts';
import { startApp } from './support.ts';

const MINUTE = 60_000;
const RUNS = 500;
/** A minute each, with its own seeds. */
const MINUTES = soakSlice(Array.from({ length: 5 }, (_, index) => index + 1));

test.each(MINUTES)(
  '16: no page of the application breaks or shows a secret, minute %i',
  async (minute) => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const app = await startApp();
    const endsAt = Date.now() + MINUTE;
    let seed = minute * 10_000;
    for (; Date.now() < endsAt; seed += 1) await fuzzApp(app, { numRuns: RUNS, seed });
    await app.stop();
    errors.mockRestore();
    console.log(`minute ${minute}: seeds ${minute * 10_000} to ${seed - 1}, ${RUNS} requests each`);
  },
  10 * MINUTE,
);
