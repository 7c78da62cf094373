import {
  browserSessions,
  ConfigurationError,
  memoryStore,
  type RecordStore,
  type SessionOptions,
  StoreError,
} from '@context-sdk/context';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const HOUR = 3_600;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function pass(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1_000);
}

function start(options: Partial<SessionOptions> = {}) {
  const store = memoryStore();
  const sessions = browserSessions({ store, baseUrl: 'https://host.example', ...options });
  const begin = async (userId: string): Promise<string> => pairIn(await sessions.begin(userId));
  return { store, sessions, begin };
}

function pairIn(setCookie: string | undefined): string {
  return setCookie?.split(';')[0] ?? '';
}

describe('16.13: sessions', () => {
  test('all of a user end, in all browsers, and nobody else’s', async () => {
    const { sessions, begin, store } = start();
    const [one, two, other] = [await begin('ada'), await begin('ada'), await begin('grace')];
    expect(await sessions.endAll('ada')).toBe(2);
    expect(await Promise.all([one, two, other].map((pair) => sessions.userOf(pair)))).toEqual([
      undefined,
      undefined,
      'grace',
    ]);
    await sessions.end(other);
    expect(await store.list('')).toEqual([]);
  });

  test('one that is not used ends, one that is used goes on, and none beyond its age', async () => {
    const { sessions, begin } = start({ idleSeconds: HOUR, maxAgeSeconds: 5 * HOUR });
    const [used, idle] = [await begin('ada'), await begin('ada')];
    for (let minutes = 0; minutes < 4 * 60; minutes += 30) {
      pass(HOUR / 2);
      expect(await sessions.userOf(used)).toBe('ada');
    }
    expect(await sessions.userOf(idle)).toBeUndefined();
    pass(HOUR / 2);
    expect(await sessions.userOf(used)).toBe('ada');
    pass(HOUR / 2);
    expect(await sessions.userOf(used)).toBeUndefined();
  });

  test('a rotated one has another cookie and the same end, and the old cookie is worth nothing', async () => {
    const { sessions, begin } = start({ maxAgeSeconds: 2 * HOUR });
    const before = await begin('ada');
    pass(HOUR);
    const setCookie = await sessions.rotate(before);
    expect(setCookie).toContain(`Max-Age=${HOUR};`);
    const after = pairIn(setCookie);
    expect(after).not.toBe(before);
    expect(await sessions.userOf(before)).toBeUndefined();
    expect(await sessions.userOf(after)).toBe('ada');
    expect(await sessions.rotate(before)).toBeUndefined();
    pass(HOUR);
    expect(await sessions.userOf(after)).toBeUndefined();
  });

  test.each([
    'delete session/',
    'delete user-session/',
    'compareAndSet user-session/',
    'compareAndSet session/',
  ])('one that is rotated while all end has ended, too (%s)', async (step) => {
    const inner = memoryStore();
    let isArmed = false;
    const endAllAt = async (done: string): Promise<void> => {
      if (!isArmed || !done.startsWith(step)) return;
      isArmed = false;
      await start({ store: inner }).sessions.endAll('ada');
    };
    for (const isBefore of [true, false]) {
      const around = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
        if (isBefore) await endAllAt(name);
        const result = await work();
        if (!isBefore) await endAllAt(name);
        return result;
      };
      const store: RecordStore = {
        ...inner,
        delete: async (key, version) => await around(`delete ${key}`, () => inner.delete(key, version)),
        compareAndSet: async (key, ...rest) =>
          await around(`compareAndSet ${key}`, () => inner.compareAndSet(key, ...rest)),
      };
      const { sessions, begin } = start({ store });
      const before = await begin('ada');
      isArmed = true;
      const after = pairIn(await sessions.rotate(before));
      expect(isArmed).toBe(false);
      expect(await sessions.userOf(after)).toBeUndefined();
      expect(await sessions.userOf(before)).toBeUndefined();
      expect(await inner.list('')).toEqual([]);
    }
  });

  test('a damaged one has ended', async () => {
    const { sessions, begin, store } = start();
    const pair = await begin('ada');
    const [key = ''] = await store.list('session/');
    await store.compareAndSet(key, (await store.get(key))?.version, '{');
    expect(await sessions.userOf(pair)).toBeUndefined();
    expect(await sessions.endAll('ada')).toBe(1);
  });

  test.each([0, -1, Number.NaN, '60', 1e12])('an age of %s is refused', (seconds) => {
    expect(() => start({ maxAgeSeconds: seconds as number })).toThrow(ConfigurationError);
    expect(() => start({ idleSeconds: seconds as number })).toThrow('idleSeconds');
  });
});

describe('a store that can be read but not written: a full disk, a replica', () => {
  function startFull() {
    const store = memoryStore();
    let isFull = false;
    const write = <A extends unknown[], R>(method: (...args: A) => Promise<R>) => {
      return async (...args: A): Promise<R> => {
        if (isFull) throw new StoreError('unavailable', 'The SQLite store failed (SQLite error 13).');
        return await method(...args);
      };
    };
    const full = { ...store, compareAndSet: write(store.compareAndSet), delete: write(store.delete) };
    return {
      ...start({ store: full, maxAgeSeconds: 2 * HOUR }),
      setFull: (now: boolean) => void (isFull = now),
    };
  }

  test('a session is still its user’s, though its use can’t be recorded', async () => {
    const { sessions, begin, setFull } = startFull();
    const pair = await begin('ada');
    pass(HOUR);
    setFull(true);
    expect(await sessions.userOf(pair)).toBe('ada');
  });

  test('a rotation that fails leaves the cookie that the browser has', async () => {
    const { sessions, begin, setFull } = startFull();
    const pair = await begin('ada');
    setFull(true);
    await expect(sessions.rotate(pair)).rejects.toBeInstanceOf(StoreError);
    setFull(false);
    expect(await sessions.userOf(pair)).toBe('ada');
  });
});
