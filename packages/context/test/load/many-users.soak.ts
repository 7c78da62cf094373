import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RateLimiter } from '@context-sdk/oauth-core';
import { expect, test } from 'vitest';
import { runLoad } from './many-users.ts';

/** The one that keeps a log remembers the requests of the last five minutes, and the run is shorter than that. */
const forgetful: RateLimiter = { run: (_, dispatch) => dispatch(), pause: async () => undefined };

test('200 users, 20,000 requests: no stranger’s data, no lost event, and the heap stays', async () => {
  setFlagsFromString('--expose-gc');
  Reflect.set(globalThis, 'gc', runInNewContext('gc'));
  const report = await runLoad({ users: 200, marks: [5_000, 20_000], rateLimiter: forgetful });
  const [early = 0, late = 0] = report.heaps;
  // oxlint-disable-next-line no-console
  console.log(
    `heap after collection: ${(early / 1e6).toFixed(1)} MB at 5,000, ${(late / 1e6).toFixed(1)} MB at 20,000 requests`,
  );
  expect(report).toMatchObject({ strangers: [], surprises: [], lostEvents: 0, strayEvents: 0 });
  expect(late).toBeLessThanOrEqual(1.1 * early);
}, 1_800_000);
