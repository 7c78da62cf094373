import { soakSlice } from '@context-sdk/test-support/soak';
import { test } from 'vitest';
import { fuzzRoutes } from './fuzz.ts';

const MINUTE = 60_000;
/** A minute each, with its own seeds. */
const MINUTES = soakSlice(Array.from({ length: 10 }, (_, index) => index + 1));
const REQUESTS_PER_SEED = 1_000;

test.each(MINUTES)(
  '16: no route breaks, rejects or shows a secret, minute %i',
  async (minute) => {
    const endsAt = Date.now() + MINUTE;
    let seed = minute * 10_000;
    for (; Date.now() < endsAt; seed += 1) await fuzzRoutes({ numRuns: REQUESTS_PER_SEED, seed });
    // oxlint-disable-next-line no-console
    console.log(
      `minute ${minute}: seeds ${minute * 10_000} to ${seed - 1}, ${REQUESTS_PER_SEED} requests each`,
    );
  },
  10 * MINUTE,
);
