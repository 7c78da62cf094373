import { type Context, type ContextOptions, createContext } from '@context-sdk/context';
import { memoryStore, type RateLimiter, type RecordStore, type Schedule } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { googleTokens, providersOf } from '../support/start-context.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Only the wall clock is fast here, and limits go by the other one. */
const forgetful: RateLimiter = { run: (_, dispatch) => dispatch(), pause: async () => undefined };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

type Fetch = (request: Request, emulated: () => Promise<Response>) => Promise<Response>;

/** Machines that share a store, at services that answer as `fetch` has it. */
function startHost(answer: Fetch = async (_, emulated) => await emulated()) {
  const sandbox = createSandbox({
    seed: 'empty',
    sleep: async () => undefined,
    ticktick: { rateLimits: [] },
  });
  const store = memoryStore();
  const scans = { count: 0 };
  const counting: RecordStore = {
    ...store,
    scan: (prefix) => {
      scans.count += 1;
      return store.scan?.(prefix) ?? [][Symbol.iterator]();
    },
  } as RecordStore;
  const machine = (options: Partial<ContextOptions> = {}): Context =>
    createContext({
      store: counting,
      baseUrl: 'http://localhost:8000',
      rateLimiter: forgetful,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        return await answer(request, async () => await sandbox.fetch(request));
      },
      providers: providersOf(sandbox),
      onEvent: () => undefined,
      ...options,
    });
  const connect = async (context: Context, name: string): Promise<string> => {
    const token = sandbox.ticktick.issueApiToken();
    await context.user(name).connections.connect('ticktick', { token });
    return `Bearer ${token}`;
  };
  return { sandbox, store, scans, machine, connect };
}

function scheduleOf(store: RecordStore): Schedule {
  const schedule = store.schedule?.();
  if (schedule === undefined) throw new Error('The store has no schedule.');
  return schedule;
}

function jobOf(name: string): string {
  return `connection/${name}/ticktick/default`;
}

/** What a service does that neither answers nor refuses. */
const HANGING: Record<string, (signal: AbortSignal) => Promise<Response>> = {
  'accepts and never answers': async (signal) => await untilAborted(signal),
  'answers half a body': async (signal) => bodyOf(['[{"id"'], signal),
  'trickles bytes without an end': async (signal) => bodyOf(['['], signal, ' '),
};

test.each(Object.entries(HANGING))(
  '24.2: a service that %s keeps no other waiting, and counts as one that does not answer',
  async (_, hang) => {
    const hanging = new Set<string>();
    const { machine, connect, sandbox } = startHost(async (request, emulated) =>
      hanging.has(request.headers.get('authorization') ?? '') ? await hang(request.signal) : await emulated(),
    );
    const context = machine({ timeoutMs: 60 });
    for (const name of ['ada', 'bert', 'cleo']) hanging.add(await connect(context, name));
    await connect(context, 'well');
    await context.user('grace').connections.import('google', googleTokens(sandbox));
    const { polled, failures } = await context.runMaintenance();
    expect(polled).toBe(3);
    expect(failures.map(({ userId, error }) => `${userId} ${error.code}`).toSorted()).toEqual([
      'ada timeout',
      'bert timeout',
      'cleo timeout',
    ]);
    hanging.clear();
    pass(2 * MINUTE);
    expect(await context.runMaintenance()).toMatchObject({ polled: 6, failures: [] });
  },
);

async function untilAborted(signal: AbortSignal): Promise<never> {
  return await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

/** A body that never ends, and goes on with `more` if there is any. */
function bodyOf(parts: readonly string[], signal: AbortSignal, more?: string): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(encoder.encode(part));
      const timer =
        more === undefined ? undefined : setInterval(() => controller.enqueue(encoder.encode(more)), 5);
      signal.addEventListener('abort', () => {
        clearInterval(timer);
        controller.error(signal.reason);
      });
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

test('24.2: accounts that fail while others are answered do not stop their service', async () => {
  const failing = new Set<string>();
  const [answered, failed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let failures = 0;
  let first = '';
  let isSeeded = false;
  const { machine, connect } = startHost(async (request, emulated) => {
    const authorization = request.headers.get('authorization') ?? '';
    if (!isSeeded || authorization === first) return await emulated();
    if (failing.has(authorization)) {
      await answered.promise;
      failures += 1;
      if (failures === failing.size) failed.resolve();
      throw new TypeError('The connection broke.');
    }
    await failed.promise;
    return await emulated();
  });
  const context = machine();
  for (let index = 0; index < 12; index += 1) failing.add(await connect(context, `failing-${index}`));
  first = await connect(context, 'first');
  for (let index = 0; index < 20; index += 1) await connect(context, `well-${index}`);
  isSeeded = true;
  const polled: string[] = [];
  const running = context.startMaintenance({
    concurrency: 16,
    everyMs: 5,
    onStep({ job, report }) {
      if (report.polled === 1) polled.push(job);
      if (job === jobOf('first')) answered.resolve();
    },
  });
  await vi.waitFor(() => expect(polled).toHaveLength(21));
  await running.stop();
});

test('24.2: a breaker whose trial has nothing to ask leaves it to the next', async () => {
  const { machine, sandbox, connect } = startHost();
  const context = machine();
  const names = Array.from({ length: 12 }, (_, index) => `user-${index}`);
  for (const name of names) await connect(context, name);
  await context.runMaintenance();
  pass(45_000);
  await connect(context, 'later');
  await context.maintain(jobOf('later'));
  pass(15_000);
  sandbox.faults.inject({ kind: 'status', status: 503 }, { host: 'api.ticktick.com', rate: 1 });
  const failed = new Set((await context.runMaintenance()).failures.map(({ userId }) => userId));
  expect(failed.size).toBeGreaterThanOrEqual(8);
  sandbox.faults.clear();
  pass(20_000);
  // Nothing is due for this one yet, though a queue asks for it.
  for (let tries = 0; tries < 3; tries += 1) await context.maintain(jobOf('later'));
  const left = names.find((name) => !failed.has(name)) ?? '';
  expect((await context.maintain(jobOf(left))).report.polled).toBe(1);
});

test('24.2: once a service is back, everybody is looked after within two minutes', async () => {
  const asked = new Set<string>();
  const { machine, sandbox, connect } = startHost(async (request, emulated) => {
    asked.add(request.headers.get('authorization') ?? '');
    return await emulated();
  });
  const context = machine();
  for (let index = 0; index < 30; index += 1) await connect(context, `user-${index}`);
  await context.runMaintenance();
  sandbox.faults.inject({ kind: 'status', status: 503 }, { host: 'api.ticktick.com', rate: 1 });
  const passEvery = async (ms: number, times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      pass(ms);
      await context.runMaintenance();
    }
  };
  await passEvery(15_000, 80);
  sandbox.faults.clear();
  asked.clear();
  await passEvery(15_000, 8);
  expect(asked.size).toBe(30);
});

test('24.1: passes with different intervals that take turns do not look at all records each time', async () => {
  const { machine, scans, connect } = startHost();
  const context = machine();
  await connect(context, 'ada');
  await context.runMaintenance();
  const before = scans.count;
  for (let turn = 0; turn < 4; turn += 1) {
    pass(MINUTE);
    await context.runMaintenance();
    await context.runMaintenance({ pollEveryMs: 30_000 });
  }
  // One scan for each kind of record.
  expect(scans.count - before).toBeLessThanOrEqual(3);
});

test('24.1: two schedulers with different intervals leave nobody to the longer one alone', async () => {
  const { machine, connect } = startHost();
  const [slow, fast] = [machine(), machine()];
  await connect(slow, 'ada');
  await slow.runMaintenance({ pollEveryMs: 5 * MINUTE });
  let polled = 0;
  for (let turn = 0; turn < 10; turn += 1) {
    pass(MINUTE);
    polled += (await fast.runMaintenance({ pollEveryMs: MINUTE })).polled;
    polled += (await slow.runMaintenance({ pollEveryMs: 5 * MINUTE })).polled;
  }
  expect(polled).toBe(10);
});

test('24.1: a step that a queue runs twice at once polls once, and both know when the next is due', async () => {
  const { machine, sandbox, connect } = startHost();
  const machines = [machine(), machine()];
  const [first] = machines;
  if (first === undefined) throw new Error('There is no machine.');
  await connect(first, 'ada');
  const before = sandbox.requests.length;
  await first.maintain(jobOf('ada'));
  const requests = sandbox.requests.length - before;
  pass(2 * MINUTE);
  const steps = await Promise.all(
    [...machines, ...machines].map(async (one) => await one.maintain(jobOf('ada'))),
  );
  expect(steps.reduce((sum, { report }) => sum + report.polled, 0)).toBe(1);
  expect(sandbox.requests.length - before).toBe(2 * requests);
  expect(steps.every(({ dueAt = 0 }) => dueAt > Date.now())).toBe(true);
});

test('24.1: the jobs of a machine that died are with another one within half a minute', async () => {
  const { machine, store, connect } = startHost();
  const context = machine();
  let isDead = false;
  const stuck = machine({
    store: new Proxy(store, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property);
        if (typeof value !== 'function' || property === 'schedule' || property === 'scan') return value;
        return async (...args: unknown[]) =>
          isDead ? await new Promise(() => undefined) : (Reflect.apply(value, target, args) as unknown);
      },
    }),
  });
  // The first pass loads what maintenance needs, and reads the interval of others: this machine dies in a later one.
  await stuck.runMaintenance();
  for (const name of ['ada', 'bert', 'cleo']) await connect(context, name);
  isDead = true;
  void stuck.runMaintenance();
  await vi.waitFor(async () => expect((await context.runMaintenance()).connections).toBe(0));
  expect((await context.runMaintenance()).polled).toBe(0);
  pass(30_000);
  expect((await context.runMaintenance()).polled).toBe(3);
});

test.each([
  ['long ago', 0],
  ['before time began', -8.64e15],
  ['now', undefined],
])('24.1: a job that was planned %s is done once', async (_, dueAt) => {
  const { machine, store, connect } = startHost();
  const context = machine();
  await connect(context, 'ada');
  await scheduleOf(store).plan(jobOf('ada'), dueAt ?? Date.now());
  expect((await context.runMaintenance()).polled).toBe(1);
  expect((await context.runMaintenance()).polled).toBe(0);
});

test('24.1: a job that was planned for a far future is found by the next walk', async () => {
  const { machine, store, connect } = startHost();
  const context = machine();
  await connect(context, 'ada');
  await context.runMaintenance();
  await scheduleOf(store).plan(jobOf('ada'), Date.now() + 300 * DAY);
  pass(DAY / 4 + MINUTE);
  expect((await context.runMaintenance()).polled).toBe(1);
});

test('24.1: shards that are renumbered leave nobody out, and nobody is looked after twice', async () => {
  const { machine, connect } = startHost();
  const context = machine();
  for (let index = 0; index < 20; index += 1) await connect(context, `user-${index}`);
  for (const count of [3, 5, 2, 7, 1]) {
    pass(2 * MINUTE);
    let polled = 0;
    for (let index = 0; index < count; index += 1)
      polled += (await context.runMaintenance({ shard: { index, count } })).polled;
    expect(polled).toBe(20);
  }
});
