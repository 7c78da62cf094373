import { describe, expect, test } from 'vitest';
import { SHARED_STORES } from '../support/shared-stores.ts';
import { accidents } from './processes/accidents.ts';
import { quietServers } from './processes/rotating-servers.ts';

const HOUR_MS = 3_600_000;
/** Each store with one of the servers, and with an hour more or less. */
const RUNS = SHARED_STORES.map((store, index) => ({
  ...store,
  server: index % 2 === 0 ? ('oidc' as const) : ('sandbox' as const),
  clockOffsetMs: index < 2 ? HOUR_MS : -HOUR_MS,
}));

describe.concurrent('processes that are killed or stopped in the middle of a refresh', () => {
  for (const { kind, service, server, clockOffsetMs } of RUNS)
    test.skipIf(!service.isThere)(
      `I-1, I-8, I-24: ${kind} store, ${server}: only a refresh token that was consumed by a process that then died, or stopped beyond its lease, is lost, and named so${service.note}`,
      { timeout: 300_000 },
      async () => {
        quietServers();
        const lost = 'ReauthorizationRequiredError: refresh-lost';
        expect(await accidents({ kind, server, clockOffsetMs })).toEqual({
          users: {
            'killed-before': { state: 'connected', requests: ['other: 200'], reasons: new Set() },
            'killed-after': {
              state: 'needs-reauthorization',
              requests: ['killed-after: 200', 'other: 400'],
              reasons: new Set([lost]),
            },
            'stopped-briefly': {
              state: 'connected',
              requests: ['stopped-briefly: 200'],
              reasons: new Set(),
            },
            'stopped-for-long': {
              state: 'needs-reauthorization',
              requests: ['stopped-for-long: 200', 'other: 400'],
              reasons: new Set([lost]),
            },
          },
          reuses: 2,
        });
      },
    );
});
