import { type Context, type ContextOptions, createContext, type Schedule } from '@context-sdk/context';
import { memoryRateLimiter, memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { memorySchedule, withLease } from '@context-sdk/oauth-core/store-kit';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BASE_URL, googleTokens, providersOf } from '../support/start-context.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Its users share one account. */
const AMPLE = [{ limit: 1_000_000, intervalMs: MINUTE }];
/** For a machine that is busy. */
const PATIENT = { timeout: 20_000 };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

/** Machines that share a store and the services, with users of TickTick; each call of a store is counted. */
function startMachines(fetchOf: (own: typeof fetch) => typeof fetch = (own) => own) {
  const sandbox = createSandbox({
    seed: 'empty',
    sleep: async () => undefined,
    ticktick: { rateLimits: [] },
  });
  const kept = memoryStore();
  let schedule: Schedule = memorySchedule();
  const counts = { store: 0, schedule: 0 };
  const counted = <T extends object>(name: keyof typeof counts, target: () => T): T =>
    new Proxy(target(), {
      get(_, property) {
        const value: unknown = Reflect.get(target(), property);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          counts[name] += 1;
          return Reflect.apply(value, target(), args);
        };
      },
    });
  const store: RecordStore = counted('store', () => kept);
  const machine = (options: Partial<ContextOptions> = {}): Context =>
    createContext({
      store,
      schedule: counted('schedule', () => schedule),
      baseUrl: 'http://localhost:8000',
      rateLimiter: memoryRateLimiter(),
      retry: { minDelayMs: 0, maxDelayMs: 0 },
      fetch: fetchOf((input, init) => sandbox.fetch(input, init)),
      providers: { ...providersOf(sandbox), ticktick: { limits: AMPLE } },
      onEvent: () => undefined,
      ...options,
    });
  return {
    sandbox,
    kept,
    store,
    counts,
    machine,
    loseIndex: () => void (schedule = memorySchedule()),
    async users(context: Context, names: readonly string[]): Promise<void> {
      for (const name of names)
        await context.user(name).connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
    },
  };
}

function named(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `user-${index}`);
}

describe('24.1: what is due is an index', () => {
  test('24.1: where nothing is due, a pass takes two operations, however many there are', async () => {
    const { machine, users, counts } = startMachines();
    const context = machine();
    await users(context, named(20));
    expect((await context.runMaintenance()).connections).toBe(20);
    Object.assign(counts, { store: 0, schedule: 0 });
    expect(await context.runMaintenance()).toMatchObject({ connections: 0, polled: 0 });
    expect(counts).toEqual({ store: 0, schedule: 2 });
    pass(2 * MINUTE);
    expect(await context.runMaintenance()).toMatchObject({ connections: 20, polled: 20, failures: [] });
  });

  test('24.1: machines share what is due: each connection is maintained by one of them', async () => {
    const { machine, users } = startMachines();
    const machines = [machine(), machine(), machine()];
    const [first] = machines;
    if (first === undefined) throw new Error('no machine');
    // What maintenance needs is loaded by the first pass: these machines have long been running.
    for (const one of machines) await one.runMaintenance();
    await users(first, named(70));
    const reports = await Promise.all(machines.map((one) => one.runMaintenance()));
    const sum = reports.reduce((all, { polled }) => all + polled, 0);
    expect(sum).toBe(70);
    expect(reports.every(({ polled }) => polled > 0)).toBe(true);
    expect(reports.flatMap(({ failures }) => failures)).toEqual([]);
  });

  test('24.1: shards look after a part each', async () => {
    const { machine, users } = startMachines();
    const context = machine();
    await users(context, named(30));
    const parts: number[] = [];
    for (const index of [0, 1, 2]) {
      const { polled } = await context.runMaintenance({ shard: { index, count: 3 } });
      parts.push(polled);
    }
    expect(parts.every((polled) => polled > 0)).toBe(true);
    expect(parts.reduce((all, polled) => all + polled, 0)).toBe(30);
  });

  test('24.1: an index that was lost is made anew by the next pass', async () => {
    const { machine, users, loseIndex } = startMachines();
    await users(machine(), named(3));
    loseIndex();
    expect((await machine().runMaintenance()).connections).toBe(3);
  });

  test('24.1: one that lost a single job finds it in its walk', async () => {
    const { machine, users, kept, loseIndex } = startMachines();
    const context = machine();
    await users(context, named(2));
    await context.runMaintenance();
    const copy = await kept.get('connection/user-0/ticktick/default');
    await kept.compareAndSet('connection/stray/ticktick/default', undefined, copy?.value ?? '');
    pass(2 * MINUTE);
    expect((await context.runMaintenance()).connections).toBe(2);
    pass(7 * HOUR);
    expect((await context.runMaintenance()).connections).toBe(3);
    loseIndex();
  });

  test('24.1: without an index every pass looks at everything, as file stores need it', async () => {
    const { machine, users, kept } = startMachines();
    await users(machine(), named(3));
    const { schedule: _, ...records } = kept;
    const context = createContext({
      store: records,
      baseUrl: BASE_URL,
      providers: { ticktick: {} },
      fetch: async () => Response.json([]),
    });
    expect((await context.runMaintenance()).connections).toBe(3);
    expect((await context.runMaintenance()).connections).toBe(3);
  });

  test('24.1: a shorter interval brings forward what was planned by a longer one', async () => {
    const { machine, users } = startMachines();
    const context = machine();
    await users(context, named(3));
    await context.runMaintenance();
    pass(10_000);
    expect((await context.runMaintenance()).polled).toBe(0);
    expect((await context.runMaintenance({ pollEveryMs: 5_000 })).polled).toBe(3);
  });

  test('24.1: a user who is gone leaves no job behind', async () => {
    const { machine, users, counts } = startMachines();
    const context = machine();
    await users(context, named(2));
    await context.runMaintenance();
    await context.user('user-0').forget();
    pass(2 * MINUTE);
    expect((await context.runMaintenance()).connections).toBe(1);
    Object.assign(counts, { store: 0, schedule: 0 });
    await context.runMaintenance();
    expect(counts.store).toBe(0);
  });
});

describe('24.1: passes', () => {
  test('24.1: three at once in one process are one', async () => {
    const { machine, users } = startMachines();
    const context = machine();
    await users(context, named(2));
    const reports = await Promise.all([1, 2, 3].map(() => context.runMaintenance()));
    expect(reports.map(({ polled }) => polled)).toEqual([2, 2, 2]);
    expect(reports[1]).toBe(reports[0]);
    expect(await context.runMaintenance()).not.toBe(reports[0]);
  });

  test('24.1: whoever loses patience leaves the others their pass', async () => {
    const { machine, users } = startMachines();
    const context = machine();
    await users(context, named(2));
    const leaving = new AbortController();
    const abandoned = context.runMaintenance({ signal: leaving.signal });
    const kept = context.runMaintenance();
    leaving.abort(new Error('enough'));
    await expect(abandoned).rejects.toThrow('enough');
    expect((await kept).polled).toBe(2);
  });

  test('24.1: maintenance does not displace the users who are there', async () => {
    const { machine, users, kept } = startMachines();
    const context = machine({ providers: { ticktick: {} } });
    await users(context, ['user-0']);
    const live = context.user('user-0');
    const copy = await kept.get('connection/user-0/ticktick/default');
    for (let index = 1; index <= 1_005; index += 1)
      await kept.compareAndSet(`connection/user-${index}/google/default`, undefined, copy?.value ?? '');
    await context.runMaintenance();
    expect(context.user('user-0')).toBe(live);
  });

  test('24.1: startMaintenance does what becomes due, and stops once what it began is done', async () => {
    const { machine, users } = startMachines();
    const context = machine();
    await users(context, named(2));
    const jobs: string[] = [];
    const running = context.startMaintenance({ everyMs: 5, onStep: ({ job }) => jobs.push(job) });
    await vi.waitFor(() => expect(jobs.filter((job) => job.includes('user-'))).toHaveLength(2));
    pass(2 * MINUTE);
    await vi.waitFor(() => expect(jobs.filter((job) => job.includes('user-'))).toHaveLength(4));
    await running.stop();
    pass(2 * MINUTE);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(jobs.filter((job) => job.includes('user-'))).toHaveLength(4);
  });
});

describe('24.1: one step, for a host’s own queue', () => {
  test('24.1: it does what is due, and says when it is due again', async () => {
    const { machine, users } = startMachines();
    const context = machine();
    await users(context, ['ada']);
    const job = 'connection/ada/ticktick/default';
    const step = await context.maintain(job);
    expect(step).toMatchObject({ job, report: { connections: 1, polled: 1 } });
    expect((step.dueAt ?? 0) - Date.now()).toBe(MINUTE);
    expect((await context.maintain(job)).report.polled).toBe(0);
  });

  test('24.1: it does not wait for another process', async () => {
    const { machine, users, store } = startMachines();
    const context = machine();
    await users(context, ['ada']);
    await withLease(store, 'feed/ada/ticktick', { ttlMs: 120_000 }, async () => {
      const { report, dueAt } = await context.maintain('connection/ada/ticktick/default');
      expect(report).toMatchObject({ polled: 0, failures: [] });
      expect(dueAt).toBeGreaterThan(Date.now());
    });
  });

  test('24.1: what is no job any more is due no more, and what is no job is refused', async () => {
    const { machine } = startMachines();
    const context = machine();
    expect(await context.maintain('connection/nobody/ticktick/default')).not.toHaveProperty('dueAt');
    expect(await context.maintain('something else')).not.toHaveProperty('dueAt');
    await expect(context.maintain(5 as never)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  test('24.1: a host’s own queue hears of all jobs, and drives them', async () => {
    const queue = new Map<string, number>();
    const schedule: Schedule = {
      async plan(jobs, dueAt) {
        for (const job of [jobs].flat()) queue.set(job, dueAt);
      },
      cancel: async (job) => void queue.delete(job),
      claim: async () => [],
    };
    const { machine, users } = startMachines();
    const context = machine({ schedule });
    await users(context, ['ada']);
    expect([...queue.keys()]).toEqual(['connection/ada/ticktick/default']);
    queue.clear();
    const walk = await context.maintain('walk');
    expect([...queue.keys()]).toEqual(['connection/ada/ticktick/default']);
    expect(walk.dueAt).toBeGreaterThan(Date.now());
  });
});

describe('24.2: fair', () => {
  test('24.2: accounts whose service hangs keep no other waiting, of this service or another', async () => {
    const hanging = new Set<string>();
    const { machine, users, sandbox } = startMachines((own) => async (input, init) => {
      const request = new Request(input, init);
      if (!hanging.has(request.headers.get('authorization') ?? '')) return await own(request);
      return await new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason as Error));
      });
    });
    const context = machine();
    for (const name of named(4)) {
      const token = sandbox.ticktick.issueApiToken();
      await context.user(name).connections.connect('ticktick', { token });
      hanging.add(`Bearer ${token}`);
    }
    await context.user('grace').connections.import('google', googleTokens(sandbox));
    const done: string[] = [];
    const running = context.startMaintenance({ everyMs: 5, onStep: ({ job }) => done.push(job) });
    await vi.waitFor(() => expect(done).toContain('connection/grace/google/default'), PATIENT);
    await users(context, ['late']);
    await context.user('later').connections.import('google', googleTokens(sandbox));
    await vi.waitFor(() => expect(done).toContain('connection/later/google/default'), PATIENT);
    // Slow ones give their places away.
    await vi.waitFor(() => expect(done).toContain('connection/late/ticktick/default'), PATIENT);
    expect(done.filter((job) => job.includes('user-'))).toEqual([]);
    hanging.clear();
    void running.stop();
  }, 60_000);

  test('24.2: a service that is down is asked little, and the others are looked after', async () => {
    const { machine, users, sandbox } = startMachines();
    const context = machine();
    await users(context, named(30));
    for (const name of ['ada', 'grace'])
      await context.user(name).connections.import('google', googleTokens(sandbox));
    sandbox.faults.inject({ kind: 'status', status: 503 }, { host: 'api.ticktick.com', rate: 1 });
    const before = sandbox.requests.length;
    const down = await context.runMaintenance();
    const asked = sandbox.requests.slice(before).filter(({ host }) => host === 'api.ticktick.com').length;
    expect(down.polled).toBe(4);
    // Eight failures open the breaker; as many as there are places may be under way then. No poll is repeated.
    expect(asked).toBeLessThanOrEqual(8 + 4);
    sandbox.faults.clear();
    pass(10 * MINUTE);
    await context.runMaintenance();
    pass(10 * MINUTE);
    expect(await context.runMaintenance()).toMatchObject({ failures: [] });
    pass(10 * MINUTE);
    expect(await context.runMaintenance()).toMatchObject({ polled: 34, failures: [] });
  });

  test('24.2: a poll that fails is repeated by the next poll, after one and then two intervals, and soon after it works', async () => {
    const { machine, users, sandbox } = startMachines();
    const context = machine();
    await users(context, ['ada']);
    await context.runMaintenance();
    sandbox.faults.inject({ kind: 'status', status: 503 }, { host: 'api.ticktick.com', rate: 1 });
    const tries: number[] = [];
    for (let minute = 1; minute <= 16; minute += 1) {
      pass(MINUTE);
      const { failures } = await context.runMaintenance();
      if (failures.length > 0) tries.push(minute);
    }
    expect(tries).toEqual([1, 2, 4, 6, 8, 10, 12, 14, 16]);
    sandbox.faults.clear();
    pass(2 * MINUTE);
    expect((await context.runMaintenance()).polled).toBe(1);
    pass(MINUTE);
    expect((await context.runMaintenance()).polled).toBe(1);
  });

  test('24.2: quiet accounts are polled seldom, up to the limit that the host sets', async () => {
    const { machine, users, sandbox } = startMachines();
    const context = machine();
    await users(context, ['ada']);
    const options = { maxPollEveryMs: 10 * MINUTE };
    const polledIn = async (minutes: number): Promise<number> => {
      let polled = 0;
      for (let minute = 0; minute < minutes; minute += 1) {
        pass(MINUTE);
        polled += (await context.runMaintenance(options)).polled;
      }
      return polled;
    };
    expect(await polledIn(10)).toBe(10);
    await polledIn(120);
    expect(await polledIn(60)).toBe(6);
    sandbox.ticktick.testUser().createTask({ title: 'From the phone' });
    await polledIn(11);
    expect(await polledIn(5)).toBe(5);
  });
});

test('24.1: a queue that throws at once keeps nobody from connecting', async () => {
  const sandbox = createSandbox({ seed: 'empty' });
  const schedule: Schedule = {
    plan: () => {
      throw new Error('The queue is closed.');
    },
    cancel: async () => undefined,
    claim: async () => [],
  };
  const context = createContext({
    store: memoryStore(),
    schedule,
    baseUrl: BASE_URL,
    providers: providersOf(sandbox),
    fetch: (input, init) => sandbox.fetch(input, init),
  });
  const { connections } = context.user('ada');
  await connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  expect(await connections.list()).toContainEqual(
    expect.objectContaining({ provider: 'ticktick', state: 'connected' }),
  );
});

test('24.1: a queue that throws at once during a long walk ends neither the process nor the walk', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  const own = memorySchedule();
  const walk = Promise.withResolvers<void>();
  const walking = Promise.withResolvers<void>();
  let isClosed = false;
  const schedule: Schedule = {
    ...own,
    plan: (...job) => {
      if (isClosed) throw new Error('The queue is closed.');
      return own.plan(...job);
    },
  };
  const store: RecordStore = {
    ...memoryStore(),
    async *scan() {
      walking.resolve();
      await walk.promise;
      yield* [];
    },
  };
  const providers = providersOf(createSandbox({ seed: 'empty' }));
  const done = createContext({ store, schedule, baseUrl: BASE_URL, providers }).runMaintenance();
  await walking.promise;
  isClosed = true;
  expect(() => vi.advanceTimersByTime(MINUTE)).not.toThrow();
  isClosed = false;
  walk.resolve();
  expect((await done).failures).toEqual([]);
});
