import { expect, test } from 'vitest';
import type { SharedKind } from '../../support/open-store.ts';
import { SHARED_STORES } from '../../support/shared-stores.ts';
import { chaos } from './chaos.ts';
import { quietServers } from './rotating-servers.ts';

/** One test for each kind of store. */
export function chaosTests(options: {
  kinds?: readonly SharedKind[];
  processes: number;
  workers: number;
  seconds: number;
}): void {
  const { kinds, seconds, ...rest } = options;
  for (const { kind, service } of SHARED_STORES.filter((store) => kinds?.includes(store.kind) ?? true))
    test.skipIf(!service.isThere)(
      `${kind} store, for ${seconds} s: only refresh tokens are lost that a dead or overlong stopped process had consumed, and they are named so${service.note}`,
      { timeout: seconds * 1000 + 180_000 },
      async ({ annotate }) => {
        quietServers();
        const result = await chaos({ ...rest, kind, ms: seconds * 1000 });
        await annotate(JSON.stringify(result));
        expect(result.unexplained).toEqual([]);
        expect(Object.keys(result.lost).filter((loss) => !loss.endsWith(': refresh-lost'))).toEqual([]);
        expect(result.refreshes).toBeGreaterThan(0);
        expect(Object.keys(result.strikes).length).toBeGreaterThan(1);
      },
    );
}
