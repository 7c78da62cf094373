import { soakSlice } from '@context-sdk/test-support/soak';
import { test } from 'vitest';
import { fuzzOwnPages } from './fuzz.ts';
import { startProcess } from './start-process.ts';

const MINUTE = 60_000;
const RUNS = 500;
/** A minute each, with its own seeds. */
const MINUTES = soakSlice(Array.from({ length: 5 }, (_, index) => index + 1));

test.each(MINUTES)(
  '16: no page of the MCP server breaks or shows a secret, minute %i',
  async (minute) => {
    const server = startProcess(['--sandbox']);
    const [, origin = ''] = await server.heard(/pages on (http:\/\/localhost:\d+)/);
    const endsAt = Date.now() + MINUTE;
    let seed = minute * 10_000;
    for (; Date.now() < endsAt; seed += 1) await fuzzOwnPages(server, origin, { numRuns: RUNS, seed });
    await server.end();
    // oxlint-disable-next-line no-console
    console.log(`minute ${minute}: seeds ${minute * 10_000} to ${seed - 1}, ${RUNS} requests each`);
  },
  10 * MINUTE,
);
