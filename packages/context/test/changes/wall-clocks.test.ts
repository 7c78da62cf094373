import { browserSessions, type Context } from '@context-sdk/context';
import { contextTools } from '@context-sdk/context/tools';
import { type ClockSkewEvent, memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { googleTokens, startContext } from '../support/start-context.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2027-03-01T10:00:00Z');

/** How far a machine's clock is ahead. */
const CLOCKS: Record<string, number> = {
  'two hours ahead': 2 * HOUR,
  'a month ahead': 30 * DAY,
  'two hours behind': -2 * HOUR,
  'a month behind': -30 * DAY,
  'in 1970': -NOW,
};

let now = NOW;

beforeEach(() => {
  now = NOW;
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(now);
});
afterEach(() => void vi.useRealTimers());

async function on<T>(aheadMs: number, work: () => Promise<T>): Promise<T> {
  vi.setSystemTime(now + aheadMs);
  try {
    return await work();
  } finally {
    vi.setSystemTime(now);
  }
}

/** A store with a clock of its own, as Redis and PostgreSQL have one, whatever the clock of the machine that asks. */
function storeWithClock(): RecordStore {
  const store = memoryStore();
  const view = (name: 'get' | 'compareAndSet' | 'delete' | 'list') => {
    return (...values: unknown[]): Promise<unknown> => {
      const asked = Date.now();
      vi.setSystemTime(now);
      const answer = (store[name] as (...all: unknown[]) => Promise<unknown>)(...values);
      vi.setSystemTime(asked);
      return answer;
    };
  };
  return Object.fromEntries(
    (['get', 'compareAndSet', 'delete', 'list'] as const).map((name) => [name, view(name)]),
  ) as unknown as RecordStore;
}

const STORES = { 'of its own': storeWithClock, 'of its writers': () => memoryStore() };

/** Two machines on one store and one sandbox. */
function machines(
  store: RecordStore,
  hooks = {},
): { right: Context; wrong: Context; newProcess: () => Context; requests: string[] } {
  const sandbox = createSandbox({ seed: 'empty' });
  const requests: string[] = [];
  const start = (own = store): Context =>
    startContext({
      emulated: sandbox,
      baseUrl: 'http://localhost:8000',
      store: own,
      hooks,
      fetch: (input, init) => {
        requests.push(String(input instanceof Request ? input.url : input));
        return sandbox.fetch(input, init);
      },
    }).context;
  const [right, wrong] = [start(), start()];
  tokensOf = () => googleTokens(sandbox);
  // What a process has seen it remembers by its store.
  return { right, wrong, newProcess: () => start({ ...store }), requests };
}

let tokensOf: () => ReturnType<typeof googleTokens>;

describe.each(Object.entries(STORES))('on a store with a clock %s', (storeClock, open) => {
  describe.each(Object.entries(CLOCKS))('16.22: one machine is %s', (_name, aheadMs) => {
    test('the other polls once a minute, and is never kept from it', async () => {
      const { right, wrong } = machines(open());
      await right.user('ada').connections.import('google', tokensOf(), { account: { id: 'ada' } });
      let polls = 0;
      let late = 0;
      for (let minute = 0; minute < 12; minute += 1, now += MINUTE) {
        const passes = [
          await on(aheadMs, () => wrong.runMaintenance()),
          await on(0, () => right.runMaintenance()),
        ];
        expect(passes.flatMap(({ failures }) => failures)).toEqual([]);
        const did = passes.reduce((sum, { polled }) => sum + polled, 0);
        polls += did;
        if (did === 0) late += 1;
      }
      expect(late).toBe(0);
      // Two services. Where the store has no clock of its own, both machines may poll.
      expect(polls).toBeLessThanOrEqual(storeClock === 'of its own' ? 2 * 12 + 4 : 2 * 12 * 2);
    });

    test('the other goes on alone once that machine is gone', async () => {
      const { right, wrong } = machines(open());
      await right.user('ada').connections.import('google', tokensOf(), { account: { id: 'ada' } });
      await on(aheadMs, () => wrong.runMaintenance());
      let polls = 0;
      for (let minute = 0; minute < 5; minute += 1, now += MINUTE)
        polls += (await on(0, () => right.runMaintenance())).polled;
      expect(polls).toBeGreaterThanOrEqual(8);
    });

    test('24.cron: the other goes on, too, if each of its passes is a new process', async () => {
      const store = open();
      const { right, wrong, newProcess } = machines(store);
      await right.user('ada').connections.import('google', tokensOf(), { account: { id: 'ada' } });
      for (const machine of ['wrong', 'right', 'wrong'] as const) {
        await (machine === 'wrong' ? on(aheadMs, () => wrong.runMaintenance()) : right.runMaintenance());
        now += MINUTE;
        vi.setSystemTime(now);
      }
      let polls = 0;
      for (let minute = 0; minute < 5; minute += 1, now += MINUTE)
        polls += (await on(0, () => newProcess().runMaintenance())).polled;
      expect(polls).toBeGreaterThanOrEqual(8);
    });

    if (storeClock !== 'of its own') return;

    test('a session of one is one of the other, and ends', async () => {
      const store = open();
      const sessions = browserSessions({
        store,
        baseUrl: 'https://host.example',
        maxAgeSeconds: 7200,
        idleSeconds: 3600,
      });
      const cookie = (await sessions.begin('ada')).split(';')[0];
      for (let turn = 0; turn < 3; turn += 1, now += 30 * MINUTE) {
        expect(await on(aheadMs, () => sessions.userOf(cookie))).toBe('ada');
        expect(await sessions.userOf(cookie)).toBe('ada');
      }
      now += 5 * HOUR;
      vi.setSystemTime(now);
      expect(await sessions.userOf(cookie)).toBeUndefined();
    });
  });
});

test('16.22: a session that both machines use ends when its life is over', async () => {
  const sessions = browserSessions({
    store: storeWithClock(),
    baseUrl: 'https://host.example',
    maxAgeSeconds: 7200,
    idleSeconds: 3600,
  });
  const cookie = (await sessions.begin('ada')).split(';')[0];
  const lasted: number[] = [];
  for (let minutes = 0; minutes < 300; minutes += 10, now += 10 * MINUTE) {
    const users = [await on(2 * HOUR, () => sessions.userOf(cookie)), await sessions.userOf(cookie)];
    if (users.includes('ada')) lasted.push(minutes);
  }
  expect(lasted.at(-1)).toBeGreaterThanOrEqual(110);
  expect(lasted.at(-1)).toBeLessThanOrEqual(180);
});

test('16.22: a rejected token is not asked about again for an hour, whatever the clocks say', async () => {
  const store = storeWithClock();
  const sandbox = createSandbox({ seed: 'empty' });
  let isRejecting = false;
  let requests = 0;
  const start = (): Context =>
    startContext({
      emulated: sandbox,
      store,
      fetch: async (input, init) => {
        requests += 1;
        return isRejecting ? new Response('', { status: 401 }) : await sandbox.fetch(input, init);
      },
    }).context;
  const [right, wrong] = [start(), start()];
  await right.user('ada').connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  isRejecting = true;
  requests = 0;
  const call = async (context: Context): Promise<unknown> =>
    await context
      .user('ada')
      .ticktick.projects.list()
      .then(
        () => undefined,
        (error: unknown) => (error as Error).name,
      );
  for (let minute = 0; minute < 10; minute += 1, now += MINUTE) {
    expect(await on(2 * HOUR, () => call(wrong))).toBe('ReauthorizationRequiredError');
    expect(await on(0, () => call(right))).toBe('ReauthorizationRequiredError');
  }
  expect(requests).toBeLessThanOrEqual(2);
});

test('16.22: an event that failed waits its time, also on a machine whose clock is ahead', async () => {
  const store = storeWithClock();
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  let tries = 0;
  const start = (): Context =>
    startContext({
      emulated: sandbox,
      baseUrl: 'http://localhost:8000',
      store,
      onEvent: () => {
        tries += 1;
        throw new Error('No.');
      },
    }).context;
  const [right, wrong] = [start(), start()];
  await right.user('ada').connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  await right.runMaintenance();
  sandbox.ticktick.testUser().createTask({ title: 'one' });
  for (let minute = 0; minute < 16; minute += 1, now += MINUTE) {
    await on(2 * HOUR, () => wrong.runMaintenance({ pollEveryMs: DAY }));
    await on(0, () => right.runMaintenance({ pollEveryMs: DAY }));
  }
  // At once, then after 1, 2, 4 and 8 minutes.
  expect(tries).toBeGreaterThanOrEqual(4);
  expect(tries).toBeLessThanOrEqual(8);
});

test('16.22: the host hears of records and responses of another time', async () => {
  const hears = async (aheadMs: number, dateMs: number): Promise<ClockSkewEvent[]> => {
    const skews: ClockSkewEvent[] = [];
    const store = memoryStore();
    const { right, wrong } = machines(store);
    await right.user('ada').connections.import('google', tokensOf(), { account: { id: 'ada' } });
    await on(aheadMs, () => wrong.runMaintenance());
    const { context } = startContext({
      baseUrl: 'http://localhost:8000',
      store,
      hooks: { onClockSkew: (event) => void skews.push(event) },
      fetch: async () => Response.json({}, { headers: { date: new Date(NOW + dateMs).toUTCString() } }),
    });
    now += 2 * MINUTE;
    await on(0, () => context.runMaintenance());
    now = NOW;
    return skews;
  };
  expect(await hears(0, 2 * MINUTE)).toEqual([]);
  expect(await hears(2 * HOUR, 2 * MINUTE)).toMatchObject([{ witness: 'store', behindMs: 118 * MINUTE }]);
  expect(await hears(0, -DAY)).toMatchObject([{ witness: 'service', behindMs: -DAY - 2 * MINUTE }]);
});

test.each(Object.entries(CLOCKS))(
  '16.22: what waits for a user is approved on a machine whose clock is %s, until the store ends it',
  async (_name, aheadMs) => {
    const store = storeWithClock();
    const { right, wrong } = machines(store);
    await right.user('ada').connections.import('google', tokensOf(), { account: { id: 'ada' } });
    const prepare = async (subject: string): Promise<void> => {
      const tools = contextTools(right.user('ada'), { timeZone: 'UTC', approve: 'writes' });
      const mail = { to: ['a@example.com'], subject, text: 'x' };
      expect((await tools['draft_mail']?.execute(mail))?.status).toBe('needs-approval');
    };
    await prepare('first');
    const [waiting] = await on(aheadMs, () => wrong.actions.pending('ada'));
    const leftMs = (waiting?.expiresAt ?? 0) - (now + aheadMs);
    expect([leftMs >= 0, leftMs <= 15 * MINUTE]).toEqual([true, true]);
    const answer = await on(aheadMs, () => wrong.actions.approve('ada', waiting?.token ?? ''));
    expect(answer.text).toContain('first');
    await prepare('second');
    now += 16 * MINUTE;
    expect(await on(aheadMs, () => wrong.actions.pending('ada'))).toEqual([]);
  },
);
