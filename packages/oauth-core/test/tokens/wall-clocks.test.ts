import {
  type ClockSkewEvent,
  memoryStore,
  type RecordStore,
  type TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RotatingProvider } from '../support/rotating-provider.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const KEY = 'user-1/ticktick/default';
const NOW = Date.parse('2026-03-02T10:00:00Z');

/** How far each machine's clock is ahead. */
const CLOCKS: Record<string, number> = {
  'two hours ahead': 2 * HOUR,
  'half an hour ahead': HOUR / 2,
  'a month ahead': 30 * DAY,
  'half an hour behind': -HOUR / 2,
  'a month behind': -30 * DAY,
  'in 1970': -NOW,
};

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Machines with clocks of their own, on one store and one provider that knows the true time. */
class Machines {
  /** The true time. */
  now = NOW;
  readonly provider = new RotatingProvider();
  readonly endsAt = new Map<string, number>();
  rejections = 0;

  constructor() {
    // What machines have in common: the time passes for all of them.
    vi.spyOn(performance, 'now').mockImplementation(() => this.now - NOW);
  }

  on<T>(aheadMs: number, work: () => Promise<T>): Promise<T> {
    vi.setSystemTime(this.now + aheadMs);
    return work();
  }

  /** A call, which the service answers by the true time. */
  async call(manager: TokenManager, aheadMs: number): Promise<void> {
    await this.on(aheadMs, async () => {
      const token = await manager.getAccessToken();
      if (this.#isAlive(token)) return;
      this.rejections += 1;
      expect(this.#isAlive(await manager.getAccessToken({ rejected: token }))).toBe(true);
    });
  }

  #isAlive(token: string): boolean {
    const endsAt = this.endsAt.get(token) ?? this.now + HOUR;
    this.endsAt.set(token, endsAt);
    return this.now < endsAt;
  }
}

function signedIn(): TokenSet {
  const obtainedAt = Date.now();
  return {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    obtainedAt,
    expiresAt: obtainedAt + HOUR,
    scopes: [],
  };
}

async function connected(aheadMs: number): Promise<{ machines: Machines; store: RecordStore }> {
  const machines = new Machines();
  const store = memoryStore();
  await machines.on(aheadMs, () => machines.provider.processOver(store).save(signedIn()));
  machines.endsAt.set('access-0', machines.now + HOUR);
  return { machines, store };
}

describe.each(Object.entries(CLOCKS))('16.22: a machine whose clock is %s', (_name, aheadMs) => {
  test.each([0, aheadMs])(
    'refreshes in turns with another (signed in at %i ms ahead)',
    async (signedInOn) => {
      const { machines, store } = await connected(signedInOn);
      const [right, wrong] = [machines.provider.processOver(store), machines.provider.processOver(store)];
      for (let minute = 0; minute < 10 * 60; minute += 5, machines.now += 5 * MINUTE) {
        await machines.call(right, 0);
        await machines.call(wrong, aheadMs);
      }
      // Ten hours of tokens that live for one: a machine that is new to the record may refresh once too often.
      expect(machines.provider.redeemed.length).toBeGreaterThanOrEqual(9);
      expect(machines.provider.redeemed.length).toBeLessThanOrEqual(14);
      expect(machines.rejections).toBeLessThanOrEqual(12);
    },
  );

  test('keeps no process that lives for one call from working', async () => {
    const { machines, store } = await connected(0);
    for (let minute = 0; minute < 5 * 60; minute += 5, machines.now += 5 * MINUTE) {
      await machines.call(machines.provider.processOver(store), 0);
      await machines.call(machines.provider.processOver(store), aheadMs);
    }
    expect(machines.provider.redeemed.length).toBeGreaterThanOrEqual(4);
    expect(machines.provider.redeemed.length).toBeLessThanOrEqual(8);
  });

  test('is put right, and forgotten', async () => {
    const { machines, store } = await connected(0);
    machines.now += 10 * MINUTE;
    await machines.call(machines.provider.processOver(store), aheadMs);
    const refreshes = machines.provider.redeemed.length;
    for (let hours = 0; hours < 6; hours += 1, machines.now += HOUR) {
      await machines.call(machines.provider.processOver(store), 0);
    }
    expect(machines.provider.redeemed.length - refreshes).toBeLessThanOrEqual(6);
  });
});

test('I-18: the host hears once that a record was written by another clock, and how far it is off (16.22)', async () => {
  const { machines, store } = await connected(2 * HOUR);
  const skews: ClockSkewEvent[] = [];
  const hooks = { onClockSkew: (event: ClockSkewEvent) => void skews.push(event) };
  const late = machines.provider.processOver(store, { hooks });
  await machines.call(late, 0);
  await machines.call(late, 0);
  expect(skews).toEqual([{ witness: 'store', name: 'ticktick', behindMs: 2 * HOUR }]);
});

test('16.22: a provider that is away is asked with pauses, though the clocks differ', async () => {
  const { machines, store } = await connected(0);
  const machine = machines.provider.processOver(store);
  const other = machines.provider.processOver(store);
  machines.now += 2 * HOUR;
  machines.provider.plan(...Array.from({ length: 100 }, () => () => new Response('', { status: 503 })));
  for (let second = 0; second < 60; second += 1, machines.now += 1000) {
    await machines.on(0, () => machine.getAccessToken()).catch(() => undefined);
    await machines.on(2 * HOUR, () => other.getAccessToken()).catch(() => undefined);
  }
  expect(machines.provider.redeemed.length).toBeLessThanOrEqual(30);
});

test('16.22: a rejected token without a refresh token rests on all machines, and ends when it does', async () => {
  const machines = new Machines();
  const store = memoryStore();
  const [right, ahead] = [machines.provider.processOver(store), machines.provider.processOver(store)];
  await machines.on(2 * HOUR, () => {
    const { refreshToken: _, ...tokenSet } = signedIn();
    return ahead.save(tokenSet);
  });
  const rejected = await machines.on(0, () => right.getAccessToken());
  const refused = await machines.on(0, () => failure(right.getAccessToken({ rejected })));
  expect(refused).toMatchObject({ reason: 'rejected' });
  machines.now += 31_000;
  expect(await machines.on(2 * HOUR, () => failure(ahead.getAccessToken()))).toMatchObject({
    reason: 'rejected',
  });
  machines.now += 2 * MINUTE;
  expect(await machines.on(0, () => right.getAccessToken())).toBe(rejected);
  expect(await machines.on(2 * HOUR, () => ahead.getAccessToken())).toBe(rejected);
  machines.now += HOUR;
  expect(await machines.on(0, () => failure(right.getAccessToken()))).toMatchObject({ reason: 'expired' });
});

test('16.22: a record of before writers had clocks is read as it is', async () => {
  const store = memoryStore();
  const { machines, store: written } = await connected(0);
  const text = (await written.get(KEY))?.value ?? '';
  expect(text).toContain('savedAt');
  await store.compareAndSet(KEY, undefined, text.replace(/"savedAt":\d+,?/, '').replace(',}', '}'));
  await machines.call(machines.provider.processOver(store), 0);
  expect(machines.provider.redeemed).toEqual([]);
});
