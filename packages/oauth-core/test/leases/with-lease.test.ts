import { ConfigurationError, memoryStore, type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { type Lease, readLeased, withLease, withRenewedLease } from '@context-sdk/oauth-core/store-kit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { faultyStore } from '../stores/faulty-store.ts';

const TTL = { ttlMs: 1000 };
/** Long enough for a waiter to see a lease of {@link TTL} held for its time, however its polls fall. */
const PAST_TTL_MS = 1100;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function save<T>(value: T): (lease: Lease<T>) => Promise<void> {
  return (lease) => lease.save(value);
}

const never = (): Promise<never> => new Promise(() => undefined);

/** Work that goes on until it is told to end. */
function heldWork(): {
  work: (lease: Lease<string>) => Promise<void>;
  lease: Promise<Lease<string>>;
  end(): void;
} {
  let begin: (lease: Lease<string>) => void;
  let end: () => void = () => undefined;
  const lease = new Promise<Lease<string>>((resolve) => (begin = resolve));
  const ended = new Promise<void>((resolve) => (end = resolve));
  const work = async (held: Lease<string>): Promise<void> => {
    begin(held);
    await ended;
  };
  return { work, lease, end };
}

async function storeFailure(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => expect.fail('it resolved'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreError)) return expect.fail(`not a StoreError: ${String(error)}`);
  expect(`${error.message} ${String(error.stack)}`).not.toContain('CANARY');
  return error.reason;
}

/** What a host's own tool does when it encrypts every record anew: content as it was, version new. */
async function rewrite(store: RecordStore, key: string): Promise<void> {
  const record = await store.get(key);
  expect(await store.compareAndSet(key, record?.version, record?.value ?? '')).toBeDefined();
}

describe('a record', () => {
  test('starts absent, is saved with its release, and is read without a lease', async () => {
    const store = memoryStore();
    expect(await readLeased(store, 'key')).toBeUndefined();
    const result = await withLease<string, string>(store, 'key', TTL, async (lease) => {
      expect(lease.value).toBeUndefined();
      expect(lease.takenOver).toBe(false);
      await lease.save('saved');
      return 'result';
    });
    expect(result).toBe('result');
    expect(await readLeased(store, 'key')).toBe('saved');
    await withLease<string, void>(store, 'key', TTL, async (lease) => {
      expect(lease.value).toBe('saved');
      expect(await readLeased(store, 'key')).toBe('saved');
    });
  });

  test('has one writer at a time: a counter loses no update', async () => {
    const store = memoryStore();
    let inside = 0;
    const increase = (): Promise<void> =>
      withLease<number, void>(store, 'counter', TTL, async (lease) => {
        expect(++inside).toBe(1);
        await vi.advanceTimersByTimeAsync(0);
        inside--;
        await lease.save((lease.value ?? 0) + 1);
      });
    const all = Promise.all(Array.from({ length: 25 }, increase));
    await vi.runAllTimersAsync();
    await all;
    expect(await readLeased(store, 'counter')).toBe(25);
  });

  test('that the waiter sees is the one that the holder left', async () => {
    const store = memoryStore();
    await withLease(store, 'key', TTL, save('old'));
    const first = withLease<string, void>(store, 'key', TTL, async (lease) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await lease.save('new');
    });
    const second = withLease<string, string | undefined>(store, 'key', TTL, async ({ value }) => value);
    await vi.runAllTimersAsync();
    await first;
    expect(await second).toBe('new');
  });

  test('stays as it was when work ends or throws without saving, and is free again', async () => {
    const store = memoryStore();
    await withLease(store, 'key', TTL, save({ value: 1 }));
    await withLease(store, 'key', TTL, async () => undefined);
    const failing = withLease(store, 'key', TTL, () => Promise.reject(new Error('work failed')));
    await expect(failing).rejects.toThrow('work failed');
    expect(await readLeased(store, 'key')).toEqual({ value: 1 });
    await withLease<object, void>(store, 'key', TTL, async ({ takenOver }) => expect(takenOver).toBe(false));
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that is only locked leaves nothing behind', async () => {
    const store = memoryStore();
    await withLease(store, 'lock', TTL, async () => {
      expect(await store.list('')).toEqual(['lock']);
      expect(await readLeased(store, 'lock')).toBeUndefined();
    });
    expect(await store.list('')).toEqual([]);
  });

  test('is deleted by saving undefined', async () => {
    const store = memoryStore();
    await withLease(store, 'key', TTL, save('value'));
    await withLease<string, void>(store, 'key', TTL, (lease) => lease.save(undefined));
    expect(await store.get('key')).toBeUndefined();
  });

  test('with a TTL keeps one through leases, also while it is held, and loses it by a save without', async () => {
    const store = memoryStore();
    const expiring = (key: string): Promise<void> =>
      withLease<string, void>(store, key, TTL, (lease) => lease.save('value', { ttlMs: 500 }));
    await expiring('ends');
    await expiring('looked at');
    await expiring('lasts');
    await vi.advanceTimersByTimeAsync(400);
    await withLease(store, 'looked at', TTL, async () => undefined);
    await withLease(store, 'lasts', TTL, save('for ever'));
    await vi.advanceTimersByTimeAsync(400);
    expect(await store.list('')).toEqual(['lasts', 'looked at']);
    await vi.advanceTimersByTimeAsync(400);
    expect(await store.list('')).toEqual(['lasts']);
  });

  test('that something else wrote is corrupt, and its text is not shown', async () => {
    const store = memoryStore();
    const foreign = [
      'CANARY',
      '"CANARY"',
      '[]',
      'null',
      '{}',
      '{"token":"CANARY"}',
      '{"data":1,"lease":{"id":1}}',
    ];
    for (const [index, text] of foreign.entries()) {
      const key = `record ${index}`;
      await store.compareAndSet(key, undefined, text);
      expect(await storeFailure(readLeased(store, key))).toBe('corrupt');
      expect(await storeFailure(withLease(store, key, TTL, never))).toBe('corrupt');
      await expect(readLeased(store, key)).rejects.toThrow(key);
    }
  });
});

describe('a holder that does not come back', () => {
  test('I-8: is taken over only after its lease was seen held for its whole time', async () => {
    const store = memoryStore();
    await withLease(store, 'key', TTL, save('value'));
    void withLease(store, 'key', TTL, never);
    await vi.advanceTimersByTimeAsync(700);
    const taken = vi.fn<(lease: Lease<string>) => Promise<void>>(async () => undefined);
    const waiter = withLease<string, void>(store, 'key', TTL, taken);
    await vi.advanceTimersByTimeAsync(999);
    expect(taken).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(PAST_TTL_MS - 999);
    await waiter;
    expect(taken).toHaveBeenCalledWith(expect.objectContaining({ value: 'value', takenOver: true }));
  });

  test('I-5, I-7: can neither save nor release what another holds now', async () => {
    const store = memoryStore();
    const slow = heldWork();
    const slowRun = withLease<string, void>(store, 'key', TTL, slow.work);
    const slowLease = await slow.lease;
    const thief = heldWork();
    void withLease<string, void>(store, 'key', TTL, thief.work);
    await vi.advanceTimersByTimeAsync(PAST_TTL_MS);
    const thiefLease = await thief.lease;
    expect(thiefLease.takenOver).toBe(true);

    expect(await storeFailure(slowLease.save('late'))).toBe('lease-lost');
    slow.end();
    await slowRun;
    await thiefLease.save("the thief's");
    expect(await readLeased(store, 'key')).toBe("the thief's");
  });

  test('I-7: and ends without saving does not release the lease of another', async () => {
    const store = memoryStore();
    const slow = heldWork();
    const slowRun = withLease<string, void>(store, 'key', TTL, slow.work);
    const thief = heldWork();
    void withLease<string, void>(store, 'key', TTL, thief.work);
    await vi.advanceTimersByTimeAsync(PAST_TTL_MS);
    await thief.lease;
    slow.end();
    await vi.advanceTimersByTimeAsync(50);
    await slowRun;
    const third = vi.fn<() => Promise<void>>(async () => undefined);
    void withLease(store, 'key', TTL, third);
    await vi.advanceTimersByTimeAsync(500);
    expect(third).not.toHaveBeenCalled();
  });

  test('is known of until somebody has saved, not only by the next one', async () => {
    const store = memoryStore();
    await withLease(store, 'key', TTL, save('value'));
    void withLease(store, 'key', TTL, never);
    await vi.advanceTimersByTimeAsync(0);
    const seen: boolean[] = [];
    const look = async (lease: Lease<string>): Promise<void> => void seen.push(lease.takenOver);
    const first = withLease<string, void>(store, 'key', TTL, look);
    await vi.advanceTimersByTimeAsync(PAST_TTL_MS);
    await first;
    await withLease<string, void>(store, 'key', TTL, look);
    await withLease<string, void>(store, 'key', TTL, async (lease) => {
      await look(lease);
      await lease.save('new');
    });
    await withLease<string, void>(store, 'key', TTL, look);
    expect(seen).toEqual([true, true, true, false]);
  });

  test('is told by its signal and its remaining time before others may take over', async () => {
    const store = memoryStore();
    const slow = heldWork();
    void withLease<string, void>(store, 'key', TTL, slow.work);
    const lease = await slow.lease;
    expect(lease.remainingMs()).toBe(900);
    await vi.advanceTimersByTimeAsync(899);
    expect(lease.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(lease.remainingMs()).toBe(0);
    expect(lease.signal.aborted).toBe(true);
    expect(lease.signal.reason).toMatchObject({ name: 'StoreError', reason: 'lease-lost' });
  });

  test('is over after the machine was suspended for longer, while monotonic clocks stand still', async () => {
    const store = memoryStore();
    const slow = heldWork();
    void withLease<string, void>(store, 'key', TTL, slow.work);
    const lease = await slow.lease;
    vi.setSystemTime(Date.now() + 60_000);
    expect(lease.signal.aborted).toBe(true);
    expect(lease.signal.reason).toMatchObject({ name: 'StoreError', reason: 'lease-lost' });
    expect(lease.remainingMs()).toBe(0);
  });

  test('lasts as long as before where the wall clock is set back', async () => {
    const slow = heldWork();
    void withLease<string, void>(memoryStore(), 'key', TTL, slow.work);
    const lease = await slow.lease;
    vi.setSystemTime(Date.now() - 60_000);
    expect(lease.remainingMs()).toBe(900);
  });

  test('still saves after its time if nobody took over', async () => {
    const store = memoryStore();
    const slow = heldWork();
    void withLease<string, void>(store, 'key', TTL, slow.work);
    const lease = await slow.lease;
    await vi.advanceTimersByTimeAsync(5000);
    await lease.save('late, but safe');
    expect(await readLeased(store, 'key')).toBe('late, but safe');
    expect(await storeFailure(lease.save('twice'))).toBe('lease-lost');
  });

  test('does not count when each look shows another lease', async () => {
    const store = memoryStore();
    const busy = new AbortController();
    const holders = (async () => {
      while (!busy.signal.aborted)
        await withLease(store, 'key', TTL, () => new Promise((resolve) => setTimeout(resolve, 400)));
    })();
    await vi.advanceTimersByTimeAsync(0);
    const seen: boolean[] = [];
    for (let waiter = 0; waiter < 5; waiter++)
      void withLease(store, 'key', TTL, async ({ takenOver }) => void seen.push(takenOver));
    await vi.advanceTimersByTimeAsync(20_000);
    busy.abort();
    await vi.runAllTimersAsync();
    await holders;
    expect(seen).toEqual([false, false, false, false, false]);
  });

  for (const hours of [-1, 1])
    test(`I-8: is judged by no wall clock, such as one that is ${hours} h off`, async () => {
      const store = memoryStore();
      await withLease<string, void>(store, 'key', TTL, (lease) => lease.save('value', { ttlMs: 60_000 }));
      void withLease(store, 'key', TTL, never);
      await vi.advanceTimersByTimeAsync(0);
      vi.setSystemTime(Date.now() + hours * 3_600_000);
      const taken = vi.fn<(lease: Lease<string>) => Promise<void>>(async () => undefined);
      const waiter = withLease<string, void>(store, 'key', TTL, taken);
      await vi.advanceTimersByTimeAsync(999);
      expect(taken).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(PAST_TTL_MS - 999);
      await waiter;
      expect(taken).toHaveBeenCalledWith(expect.objectContaining({ value: 'value', takenOver: true }));
    });
});

describe('a version that moved on', () => {
  test('does not stop the holder while its lease id stands', async () => {
    const store = memoryStore();
    await withLease(store, 'key', TTL, save('old'));
    await withLease<string, void>(store, 'key', TTL, async (lease) => {
      await rewrite(store, 'key');
      await lease.save('new');
    });
    expect(await readLeased(store, 'key')).toBe('new');
    await withLease(store, 'key', TTL, () => rewrite(store, 'key'));
    await withLease<string, void>(store, 'key', TTL, async ({ takenOver }) => expect(takenOver).toBe(false));
  });

  test('does not stop it from deleting the record either', async () => {
    const store = memoryStore();
    await withLease<string, void>(store, 'key', TTL, async (lease) => {
      await rewrite(store, 'key');
      await lease.save(undefined);
    });
    expect(await store.get('key')).toBeUndefined();
  });

  test('stops it when the record is gone', async () => {
    const store = memoryStore();
    await withLease<string, void>(store, 'key', TTL, async (lease) => {
      await store.delete('key');
      expect(await storeFailure(lease.save('new'))).toBe('lease-lost');
    });
    expect(await store.get('key')).toBeUndefined();
  });
});

describe('a store that fails', () => {
  test('after it took the lease does not lock the holder out', async () => {
    const store = faultyStore(memoryStore());
    store.plan('compareAndSet', 'after');
    await withLease<string, void>(store, 'key', TTL, async (lease) => {
      expect(lease.takenOver).toBe(false);
      await lease.save('value');
    });
    expect(await readLeased(store, 'key')).toBe('value');
    expect(store.calls.compareAndSet).toBe(2);
  });

  test('before it took the lease is asked again', async () => {
    const store = faultyStore(memoryStore());
    store.plan('compareAndSet', 'before', 'before');
    const run = withLease(store, 'key', TTL, save('value'));
    await vi.runAllTimersAsync();
    await run;
    expect(await readLeased(store, 'key')).toBe('value');
  });

  for (const value of ['value', undefined])
    for (const fault of ['before', 'after'] as const)
      test(`${fault} it saved ${value ?? 'a deletion'} is asked what it did`, async () => {
        const inner = memoryStore();
        await withLease(inner, 'key', TTL, save('old'));
        const store = faultyStore(inner);
        const run = withLease<string, void>(store, 'key', TTL, async (lease) => {
          store.plan(value === undefined ? 'delete' : 'compareAndSet', fault);
          await lease.save(value);
        });
        await vi.runAllTimersAsync();
        await run;
        expect(await readLeased(inner, 'key')).toBe(value);
        await withLease<string, void>(inner, 'key', TTL, async ({ takenOver }) =>
          expect(takenOver).toBe(false),
        );
      });

  test('for good rejects the save and leaves the lease held, so that the next knows', async () => {
    const inner = memoryStore();
    await withLease(inner, 'key', TTL, save('old'));
    const store = faultyStore(inner);
    const run = withLease<string, string>(store, 'key', TTL, async (lease) => {
      store.plan('compareAndSet', 'before', 'before', 'before', 'before', 'before');
      return storeFailure(lease.save('new'));
    });
    await vi.runAllTimersAsync();
    expect(await run).toBe('unavailable');
    const next = withLease<string, void>(inner, 'key', TTL, async (lease) => {
      expect(lease).toMatchObject({ value: 'old', takenOver: true });
    });
    await vi.advanceTimersByTimeAsync(PAST_TTL_MS);
    await next;
  });

  test('for a while lets the work save once more', async () => {
    const store = faultyStore(memoryStore());
    const run = withLease<string, void>(store, 'key', { ttlMs: 60_000 }, async (lease) => {
      store.plan('compareAndSet', 'before', 'before', 'before', 'before', 'before');
      expect(await storeFailure(lease.save('first'))).toBe('unavailable');
      await lease.save('second');
    });
    await vi.runAllTimersAsync();
    await run;
    expect(await readLeased(store, 'key')).toBe('second');
  });

  test('at the release hides neither result nor error', async () => {
    const run = async (work: () => Promise<string>): Promise<string> => {
      const store = faultyStore(memoryStore());
      const faults = Array.from({ length: 10 }, () => 'before' as const);
      return withLease(store, 'key', TTL, async () => {
        store.plan('delete', ...faults);
        store.plan('get', ...faults);
        return work();
      });
    };
    const outcomes = Promise.allSettled([
      run(async () => 'result'),
      run(() => Promise.reject(new Error('work'))),
    ]);
    await vi.runAllTimersAsync();
    expect(await outcomes).toMatchObject([{ value: 'result' }, { reason: { message: 'work' } }]);
  });

  test('to read is an error without the text of what it threw', async () => {
    const store = faultyStore(memoryStore());
    store.plan('get', 'before', 'before', 'before', 'before');
    expect(await storeFailure(withLease(store, 'key', TTL, never))).toBe('unavailable');
    expect(await storeFailure(readLeased(store, 'key'))).toBe('unavailable');
    expect(store.calls.compareAndSet).toBe(0);
  });

  test('to read is read again, once, unless it took long to fail', async () => {
    const store = faultyStore(memoryStore());
    await withLease(store, 'key', TTL, save('value'));
    store.plan('get', 'before');
    expect(await readLeased(store, 'key')).toBe('value');
    const slow: RecordStore = {
      ...store,
      async get() {
        await vi.advanceTimersByTimeAsync(600);
        throw new Error('timeout');
      },
    };
    const before = performance.now();
    expect(await storeFailure(readLeased(slow, 'key'))).toBe('unavailable');
    expect(performance.now() - before).toBe(600);
  });

  test('when the time is over is not asked for long', async () => {
    const store = faultyStore(memoryStore());
    await withLease<string, void>(store, 'key', TTL, async (lease) => {
      await vi.advanceTimersByTimeAsync(5000);
      store.plan('compareAndSet', 'before');
      expect(await storeFailure(lease.save('value'))).toBe('unavailable');
    });
    expect(store.calls.compareAndSet).toBe(2);
  });

  test('slowly until the lease is over starts no work on the rest of it', async () => {
    const inner = memoryStore();
    await withLease(inner, 'key', TTL, save('value'));
    void withLease(inner, 'key', TTL, never);
    await vi.advanceTimersByTimeAsync(0);
    let delays = 1;
    const store: RecordStore = {
      ...inner,
      async compareAndSet(key, expected, value, options) {
        const version = await inner.compareAndSet(key, expected, value, options);
        if (delays-- > 0) await new Promise((resolve) => setTimeout(resolve, 950));
        return version;
      },
    };
    const run = withLease<string, void>(store, 'key', TTL, async (lease) => {
      expect(lease.remainingMs()).toBe(900);
      expect(lease.takenOver).toBe(true);
    });
    await vi.runAllTimersAsync();
    await run;
  });
});

describe('waiting', () => {
  test('ends with the reason of an abort, and writes nothing', async () => {
    const store = faultyStore(memoryStore());
    void withLease(store, 'key', TTL, never);
    await vi.advanceTimersByTimeAsync(0);
    const aborter = new AbortController();
    const work = vi.fn<() => Promise<void>>();
    const waiter = withLease(store, 'key', { ...TTL, signal: aborter.signal }, work);
    const outcome = Promise.allSettled([waiter]);
    await vi.advanceTimersByTimeAsync(100);
    aborter.abort('enough');
    expect(await outcome).toEqual([{ status: 'rejected', reason: 'enough' }]);
    expect(work).not.toHaveBeenCalled();
    expect(store.calls.compareAndSet).toBe(1);
    expect(vi.getTimerCount()).toBe(1);
  });

  test('does not begin when it is aborted already', async () => {
    const store = faultyStore(memoryStore());
    const options = { ...TTL, signal: AbortSignal.abort('no') };
    await expect(withLease(store, 'key', options, never)).rejects.toBe('no');
    expect(store.calls.get).toBe(0);
  });

  test('gives a lease back that arrived together with the abort', async () => {
    const inner = memoryStore();
    const aborter = new AbortController();
    const store: RecordStore = {
      ...inner,
      async compareAndSet(...write) {
        const version = await inner.compareAndSet(...write);
        aborter.abort('too late');
        return version;
      },
    };
    const work = vi.fn<() => Promise<void>>();
    await expect(withLease(store, 'key', { ...TTL, signal: aborter.signal }, work)).rejects.toBe('too late');
    expect(work).not.toHaveBeenCalled();
    expect(await inner.list('')).toEqual([]);
  });

  test('does not end work that has begun', async () => {
    const aborter = new AbortController();
    const run = withLease(memoryStore(), 'key', { ...TTL, signal: aborter.signal }, async () => {
      aborter.abort();
      return 'done';
    });
    await expect(run).resolves.toBe('done');
  });

  test('I-3: ends without the lease as soon as `skipIf` has a result', async () => {
    const store = faultyStore(memoryStore());
    const first = withLease<string, void>(store, 'key', TTL, async (lease) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await lease.save('fresh');
    });
    await vi.advanceTimersByTimeAsync(0);
    const skipIf = vi.fn<(value: string | undefined) => string | undefined>((value) => value);
    const waiters = Array.from({ length: 10 }, () =>
      withLease<string, string>(store, 'key', { ...TTL, skipIf }, never),
    );
    await vi.runAllTimersAsync();
    await first;
    expect(await Promise.all(waiters)).toEqual(Array.from({ length: 10 }, () => 'fresh'));
    expect(skipIf).toHaveBeenCalledWith(undefined);
    expect(store.calls.compareAndSet).toBe(2);
  });

  test('is refused for a time that no timer can measure, and for a key that no store takes', async () => {
    for (const ttlMs of [0, 9, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])
      await expect(withLease(memoryStore(), 'key', { ttlMs }, never)).rejects.toBeInstanceOf(
        ConfigurationError,
      );
    await expect(withLease(memoryStore(), '', TTL, never)).rejects.toBeInstanceOf(ConfigurationError);
  });
});

describe('a lease that another holds', () => {
  test('is not waited for if ifHeld returns a result for the value, and is otherwise', async () => {
    const store = memoryStore();
    await withLease<string, void>(store, 'key', TTL, save('saved'));
    const holder = heldWork();
    const held = withLease(store, 'key', TTL, holder.work);
    await holder.lease;
    const ifHeld = (value: string | undefined): string | undefined => value && `${value}, by another`;
    const looking = withLease<string, string>(store, 'key', { ...TTL, ifHeld }, never);
    await vi.advanceTimersByTimeAsync(TTL.ttlMs / 2 + 50);
    expect(await looking).toBe('saved, by another');
    const waiting = withLease<string, string>(
      store,
      'key',
      { ...TTL, ifHeld: () => undefined },
      async () => 'work',
    );
    holder.end();
    await held;
    await vi.advanceTimersByTimeAsync(100);
    expect(await waiting).toBe('work');
  });

  test('is released if it ran out before the store told, so that nobody waits for its time', async () => {
    const inner = memoryStore();
    let isSlow = true;
    const store: RecordStore = {
      ...inner,
      async compareAndSet(...parameters) {
        const version = await inner.compareAndSet(...parameters);
        if (isSlow) await new Promise((resolve) => setTimeout(resolve, 2 * TTL.ttlMs));
        isSlow = false;
        return version;
      },
    };
    const began = withLease<string, number>(store, 'key', TTL, async () => performance.now());
    const from = performance.now();
    await vi.advanceTimersByTimeAsync(10 * TTL.ttlMs);
    expect((await began) - from).toBe(2 * TTL.ttlMs);
  });
});

describe('a lease that is renewed', () => {
  const KEPT = { ...TTL, maxMs: 10 * TTL.ttlMs };
  const look = { ...TTL, ifHeld: () => 'held' };
  /** Looks as often as maintenance does, which does not wait. */
  const lookFor = async (store: RecordStore, ms: number): Promise<number> => {
    const startedAt = performance.now();
    while (performance.now() - startedAt < ms) {
      const state = { seen: '' };
      void withLease<string, string>(store, 'key', look, async () => 'taken').then(
        (seen) => (state.seen = seen),
      );
      await vi.advanceTimersByTimeAsync(0);
      if (state.seen !== 'taken') await vi.advanceTimersByTimeAsync(100);
      while (state.seen === '') await vi.advanceTimersByTimeAsync(100);
      if (state.seen === 'taken') break;
    }
    return performance.now() - startedAt;
  };
  /** Holds the lease in a process whose calls to the store can be made to wait. */
  const hold = async (shared: RecordStore) => {
    let gate = Promise.resolve();
    const store: RecordStore = {
      ...shared,
      get: async (key) => await gate.then(() => shared.get(key)),
      compareAndSet: async (...parameters) => await gate.then(() => shared.compareAndSet(...parameters)),
    };
    const { work, lease, end } = heldWork();
    const done = withRenewedLease(store, 'key', KEPT, work);
    const resume = { store: () => undefined as void };
    const pause = (): void => void (gate = new Promise((resolve) => (resume.store = resolve)));
    return { lease: await lease, end, done, pause, resume: () => resume.store() };
  };

  test('24: lasts while its work does, and waiters count from its last renewal', async () => {
    const store = memoryStore();
    const { lease, end, done } = await hold(store);
    expect(await lookFor(store, 5 * TTL.ttlMs)).toBeGreaterThanOrEqual(5 * TTL.ttlMs);
    expect([lease.signal.aborted, lease.remainingMs() > TTL.ttlMs / 2]).toEqual([false, true]);
    await lease.save('saved');
    end();
    await done;
    await vi.advanceTimersByTimeAsync(TTL.ttlMs);
    expect(await withLease<string, string | undefined>(store, 'key', TTL, async ({ value }) => value)).toBe(
      'saved',
    );
  });

  test('24: is taken over soon after its holder died, and a holder that was only stopped can neither renew nor save', async () => {
    const store = memoryStore();
    const { lease, end, done, pause, resume } = await hold(store);
    expect(await lookFor(store, 3 * TTL.ttlMs)).toBeGreaterThanOrEqual(3 * TTL.ttlMs);
    pause();
    expect(await lookFor(store, 3 * TTL.ttlMs)).toBeLessThanOrEqual(PAST_TTL_MS + 100);
    const next = heldWork();
    const taken = withLease(store, 'key', TTL, next.work);
    await next.lease;
    const version = (await store.get('key'))?.version;
    resume();
    await vi.advanceTimersByTimeAsync(TTL.ttlMs / 2);
    expect((await store.get('key'))?.version).toBe(version);
    expect(lease.signal.aborted).toBe(true);
    expect(await storeFailure(lease.save('late'))).toBe('lease-lost');
    for (const each of [end, next.end]) each();
    await Promise.all([done, taken]);
  });

  test('24: ends if its work takes longer than it may', async () => {
    const store = memoryStore();
    const { lease, end, done } = await hold(store);
    const tookMs = await lookFor(store, 20 * TTL.ttlMs);
    expect(tookMs).toBeGreaterThan(KEPT.maxMs);
    expect(tookMs).toBeLessThan(KEPT.maxMs + 2 * TTL.ttlMs);
    expect(lease.signal.aborted).toBe(true);
    end();
    await done;
  });

  test.each(['first', 'last'])(
    '24: is saved while it is being renewed, and the renewal arrives %s',
    async (when) => {
      const store = memoryStore();
      const { lease, end, done, pause, resume } = await hold(store);
      pause();
      await vi.advanceTimersByTimeAsync(TTL.ttlMs / 2);
      const saving = when === 'first' ? undefined : lease.save('saved');
      resume();
      await (saving ?? lease.save('saved'));
      await vi.advanceTimersByTimeAsync(TTL.ttlMs);
      end();
      await done;
      expect(await readLeased(store, 'key')).toBe('saved');
      expect(await lookFor(store, TTL.ttlMs)).toBe(0);
    },
  );

  test('24: is taken over at once by whoever may, after which its holder saves nothing', async () => {
    const store = memoryStore();
    const { lease, end, done } = await hold(store);
    await withLease<string, void>(store, 'key', { ...TTL, takesOver: true }, save('other'));
    expect(await storeFailure(lease.save('late'))).toBe('lease-lost');
    end();
    await done;
    expect(await readLeased(store, 'key')).toBe('other');
  });
});
