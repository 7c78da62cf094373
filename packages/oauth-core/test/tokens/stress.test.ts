import { describe, expect, test, vi } from 'vitest';
import { SHARED_STORES } from '../support/shared-stores.ts';
import { stress } from './processes/stress.ts';

const PROCESSES = 6;
const WORKERS = 8;
const SECONDS = Number(process.env['STRESS_SECONDS'] ?? 5);

for (const { kind, service } of SHARED_STORES)
  describe.skipIf(!service.isThere)(`${kind} store${service.note}`, () => {
    test(
      `I-1: ${PROCESSES} processes × ${WORKERS} workers with tokens of one second, for ${SECONDS} s: no refresh token is sent twice`,
      { timeout: SECONDS * 1000 + 60_000 },
      async () => {
        vi.spyOn(console, 'warn').mockImplementation(() => undefined);
        vi.spyOn(console, 'info').mockImplementation(() => undefined);
        const result = await stress({ kind, processes: PROCESSES, workers: WORKERS, ms: SECONDS * 1000 });
        expect(result.failures).toEqual({});
        for (const server of Object.values(result.servers)) {
          expect(server).toMatchObject({ refusals: 0, reuses: 0, mostAtOnce: 1 });
          expect(server.refreshes).toBeGreaterThanOrEqual(SECONDS / 2);
        }
        expect(result.calls).toBeGreaterThan(PROCESSES * WORKERS * SECONDS);
      },
    );
  });
