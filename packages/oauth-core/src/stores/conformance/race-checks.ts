import assert from 'node:assert/strict';
import type { RecordStore } from '../record-store.ts';
import { type Check, create } from './check.ts';

const RACERS = 100;
const COUNTERS = 8;
const INCREMENTS = 10;

/** What holds when many write at once. */
export const raceChecks: readonly Check[] = [
  {
    name: `of ${RACERS} that create a record at once, exactly one wins`,
    async run({ store, other }) {
      await race(store, other, undefined);
    },
  },
  {
    name: `of ${RACERS} that write at the same version at once, exactly one wins`,
    async run({ store, other }) {
      await race(store, other, await create(store, 'key', 'value'));
    },
  },
  {
    name: 'of many that delete the same version at once, exactly one does',
    async run({ store, other }) {
      const version = await create(store, 'key', 'value');
      const deletes = Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? store : other).delete('key', version),
      );
      assert.equal((await Promise.all(deletes)).filter(Boolean).length, 1);
    },
  },
  {
    name: 'a counter that many increase loses none of their updates',
    async run({ store, other }) {
      await create(store, 'counter', '0');
      const counters = Array.from({ length: COUNTERS }, (_, index) => increase(index % 2 ? store : other));
      await Promise.all(counters);
      assert.equal((await store.get('counter'))?.value, String(COUNTERS * INCREMENTS));
    },
  },
  {
    name: 'who creates a record has it alone until it deletes it',
    async run({ store, other }) {
      const owners = Array.from({ length: COUNTERS }, (_, index) => own(index % 2 ? store : other, index));
      const owned = await Promise.all(owners);
      assert.ok(
        owned.some((times) => times > 0),
        'nobody could create the record',
      );
      assert.equal(await store.get('owned'), undefined);
    },
  },
];

async function race(store: RecordStore, other: RecordStore, expected: string | undefined): Promise<void> {
  const writes = Array.from({ length: RACERS }, async (_, index) => {
    const value = `racer ${index}`;
    const version = await (index % 2 ? store : other).compareAndSet('key', expected, value);
    return version === undefined ? [] : [{ value, version }];
  });
  const winners = (await Promise.all(writes)).flat();
  assert.equal(winners.length, 1);
  assert.deepEqual({ ...(await store.get('key')) }, winners[0]);
}

async function increase(store: RecordStore): Promise<void> {
  for (let done = 0; done < INCREMENTS;) {
    const counter = await store.get('counter');
    assert.ok(counter, 'the counter vanished');
    const next = String(Number(counter.value) + 1);
    if ((await store.compareAndSet('counter', counter.version, next)) !== undefined) done++;
  }
}

/** Creates and deletes the record, says how often it could, and looks whether anybody else wrote in between. */
async function own(store: RecordStore, owner: number): Promise<number> {
  let times = 0;
  for (let round = 0; round < INCREMENTS; round++) {
    const value = `owner ${owner} in round ${round}`;
    const version = await store.compareAndSet('owned', undefined, value);
    if (version === undefined) continue;
    assert.deepEqual({ ...(await store.get('owned')) }, { value, version });
    assert.equal(await store.delete('owned', version), true);
    times++;
  }
  return times;
}
