import { describe, expect, test, vi } from 'vitest';
import { SHARED_STORES } from '../support/shared-stores.ts';
import { chaos } from './processes/chaos.ts';

const SECONDS = Number(process.env['STRESS_SECONDS'] ?? 10);

describe.concurrent('processes that are killed, paused and cut off at random', () => {
  for (const { kind, service } of SHARED_STORES)
    test.skipIf(!service.isThere)(
      `${kind} store, for ${SECONDS} s: a connection is lost only where a refresh token was consumed by a process that could not store what it got${service.note}`,
      { timeout: SECONDS * 1000 + 90_000 },
      async () => {
        vi.spyOn(console, 'warn').mockImplementation(() => undefined);
        vi.spyOn(console, 'info').mockImplementation(() => undefined);
        const result = await chaos({ kind, processes: 3, workers: 4, ms: SECONDS * 1000 });
        console.error(kind, JSON.stringify(result, null, 1));
        expect(result.unexplained).toEqual([]);
        expect(result.lost.filter((reason) => !reason.endsWith('refresh-lost'))).toEqual([]);
        expect(result.refreshes).toBeGreaterThan(2);
      },
    );
});
