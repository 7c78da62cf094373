import { expect, test } from 'vitest';
import type { SharedKind } from '../../support/open-store.ts';
import { SHARED_STORES } from '../../support/shared-stores.ts';
import { quietServers } from './rotating-servers.ts';
import { stress } from './stress.ts';

const PROCESSES = 6;
const WORKERS = 8;

/** One test for each kind of store. */
export function stressTests(options: {
  kinds?: readonly SharedKind[];
  /** Whether the stores share the time. */
  concurrent?: boolean;
  seconds: number;
  /** Between a worker's calls, on average. */
  pauseMs: number;
  /** How far the wall clock of each process is off. */
  clockOffsetMs?: (process: number) => number;
}): void {
  const { kinds, concurrent = false, seconds, ...rest } = options;
  for (const { kind, service } of SHARED_STORES.filter((store) => kinds?.includes(store.kind) ?? true))
    test.skipIf(!service.isThere)(
      `${kind} store, for ${seconds} s: one refresh at a time, no refresh token twice, no failed call${service.note}`,
      { timeout: seconds * 1000 + 180_000, concurrent },
      async ({ annotate }) => {
        quietServers();
        const result = await stress({
          ...rest,
          kind,
          processes: PROCESSES,
          workers: WORKERS,
          ms: seconds * 1000,
          refreshes: Math.max(3, seconds / 2),
          calls: PROCESSES * WORKERS,
        });
        await annotate(JSON.stringify(result));
        expect(result.failures).toEqual({});
        for (const server of Object.values(result.servers)) {
          expect(server).toMatchObject({ refusals: 0, reuses: 0, mostAtOnce: 1 });
        }
      },
    );
}
