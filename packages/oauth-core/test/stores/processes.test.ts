import { withLease } from '@context-sdk/oauth-core/store-kit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newPlace, SHARED_STORES, type SharedPlace } from '../support/shared-stores.ts';
import { runProcess } from './processes/run-process.ts';

const PROCESSES = 4;
const INCREMENTS = 25;
const HOUR_MS = 3_600_000;

for (const { kind, service } of SHARED_STORES)
  describe.skipIf(!service.isThere)(`${kind} store, several processes${service.note}`, () => {
    let place: SharedPlace;
    let location = '';
    beforeEach(async () => {
      place = await newPlace(kind);
      ({ location } = place);
    });
    afterEach(() => place.remove());

    test('lose no update, never share a version, and are alone where only one may be', async () => {
      const processes = Array.from({ length: PROCESSES }, () =>
        runProcess('count.ts', kind, location, String(INCREMENTS)),
      );
      const outputs = await Promise.all(processes.map(({ output }) => output));
      const reports = outputs.map((text): { versions: string[]; lost: number } => JSON.parse(text));

      const store = await place.open();
      expect((await store.get('one'))?.value).toBe(String(PROCESSES * INCREMENTS));
      expect((await store.get('other'))?.value).toBe(String(PROCESSES * INCREMENTS));
      expect(await store.get('alone')).toBeUndefined();
      const versions = reports.flatMap((report) => report.versions);
      expect(new Set(versions).size).toBe(versions.length);
    }, 30_000);

    test('I-8: a killed holder is taken over, by processes whose clocks are an hour off', async () => {
      await withLease<string, void>(await place.open(), 'key', { ttlMs: 1000 }, (lease) =>
        lease.save('before'),
      );
      const holder = runProcess('hold.ts', kind, location, '400');
      await holder.started;
      holder.child.kill('SIGKILL');
      for (const [offsetMs, value] of [
        [HOUR_MS, 'before'],
        [-HOUR_MS, 'taken'],
      ] as const) {
        const taker = runProcess('take.ts', kind, location, '400', String(offsetMs));
        const [, found] = (await taker.output).split('\n');
        expect(JSON.parse(found ?? '')).toEqual({ value, takenOver: value === 'before' });
      }
    }, 30_000);

    test('I-8: nobody takes over early, whatever their clocks say', async () => {
      const store = await place.open();
      await withLease<string, void>(store, 'key', { ttlMs: 20_000 }, async (lease) => {
        const takers = [HOUR_MS, -HOUR_MS].map((offsetMs) =>
          runProcess('take.ts', kind, location, '20000', String(offsetMs)),
        );
        await Promise.all(takers.map(({ started }) => started));
        await new Promise((resolve) => setTimeout(resolve, 300));
        await lease.save("the holder's");
        const outputs = await Promise.all(takers.map(({ output }) => output));
        const found = outputs.map((text) => JSON.parse(text.split('\n')[1] ?? ''));
        expect(found).toContainEqual({ value: "the holder's", takenOver: false });
        expect(found).toContainEqual({ value: 'taken', takenOver: false });
      });
    }, 30_000);
  });
