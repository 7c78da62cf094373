import { type Context, createContext } from '@context-sdk/context';
import { memoryStore, type RecordStore, type Schedule } from '@context-sdk/oauth-core';

const HOUR_MS = 3_600_000;
const BATCH = 1000;

/** What a pass took. */
export interface Pass {
  ms: number;
  cpuMs: number;
  operations: number;
}

/** A pass over so many users of whom none is due. */
export async function nothingDue(store: RecordStore, users: number): Promise<Pass> {
  await seed(store, users, 0);
  return await measured(store, []);
}

/** A pass over so many users of whom a share is due, at a service without changes that answers at once. */
export async function dueShare(store: RecordStore, users: number, share: number): Promise<Pass> {
  await seed(store, users, 0);
  const due = Array.from({ length: Math.round(users * share) }, (_, index) => keyOf(`user-${index}`));
  return await measured(store, due);
}

/** As far away as the services are. */
const RESPONSE_MS = 200;

/** How long so many machines, all in this process, take for users that are all due. */
export async function machines(
  open: () => Promise<RecordStore>,
  count: number,
  users: number,
): Promise<{ ms: number; cpuMs: number }> {
  const store = await open();
  await seed(store, users, users);
  const contexts = Array.from({ length: count }, () => contextOf(store, RESPONSE_MS));
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(contexts.map((context) => context.runMaintenance()));
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  return { ms, cpuMs: (user + system) / 1000 };
}

/** How long 200 users take beside some whose requests never end. */
export async function hangingService(hanging: number): Promise<number> {
  const store = memoryStore();
  await seed(store, 200, 200);
  for (let index = 0; index < hanging; index += 1) await addUser(store, `hanging-${index}`, 'hangs');
  const left = new Set(Array.from({ length: 200 }, (_, index) => keyOf(`user-${index}`)));
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const startedAt = performance.now();
  const running = contextOf(store, 5).startMaintenance({
    everyMs: 10,
    onStep({ job }) {
      left.delete(job);
      if (left.size === 0) resolve();
    },
  });
  await done;
  const ms = performance.now() - startedAt;
  void running.stop();
  return ms;
}

async function measured(store: RecordStore, due: readonly string[]): Promise<Pass> {
  const counts = { operations: 0 };
  const context = contextOf(counted(store, counts), 0);
  // Whatever is loaded on first use is loaded.
  await addUser(store, 'first', 'first');
  await context.runMaintenance();
  await scheduleOf(store).plan(due, Date.now());
  counts.operations = 0;
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await context.runMaintenance();
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  return { ms, cpuMs: (user + system) / 1000, operations: counts.operations };
}

function contextOf(store: RecordStore, responseMs: number): Context {
  return createContext({
    store,
    baseUrl: 'http://localhost:8000',
    providers: { ticktick: { limits: [] } },
    fetch: async (_input, init) => {
      const isHanging = new Headers(init?.headers).get('authorization') === 'Bearer hangs';
      await new Promise((resolve) => setTimeout(resolve, isHanging ? HOUR_MS : responseMs).unref());
      return Response.json([]);
    },
  });
}

function scheduleOf(store: RecordStore): Schedule {
  const schedule = store.schedule?.();
  if (schedule === undefined) throw new Error('The store has no schedule.');
  return schedule;
}

function keyOf(user: string): string {
  return `connection/${user}/ticktick/default`;
}

async function addUser(store: RecordStore, user: string, token: string): Promise<void> {
  const record = { kind: 'token', token, connectedAt: Date.now(), grant: { id: user, owner: user } };
  await store.compareAndSet(keyOf(user), undefined, JSON.stringify(record));
  await scheduleOf(store).plan(keyOf(user), Date.now());
}

/** Users with a connection each, the first of them due. */
async function seed(store: RecordStore, users: number, due: number): Promise<void> {
  for (let from = 0; from < users; from += BATCH) {
    const names = Array.from({ length: Math.min(BATCH, users - from) }, (_, index) => `user-${from + index}`);
    await Promise.all(
      names.map((user) => {
        const record = {
          kind: 'token',
          token: user,
          connectedAt: Date.now(),
          grant: { id: user, owner: user },
        };
        return store.compareAndSet(keyOf(user), undefined, JSON.stringify(record));
      }),
    );
    const [now, later] = [names.slice(0, Math.max(0, due - from)), names.slice(Math.max(0, due - from))];
    await scheduleOf(store).plan(now.map(keyOf), Date.now());
    await scheduleOf(store).plan(later.map(keyOf), Date.now() + HOUR_MS);
  }
  await scheduleOf(store).plan('walk', Date.now() + 4 * HOUR_MS);
}

function counted(store: RecordStore, counts: { operations: number }): RecordStore {
  const count = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, name) {
        const value: unknown = Reflect.get(of, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          counts.operations += 1;
          return Reflect.apply(value, of, args);
        };
      },
    });
  const schedule = count(scheduleOf(store));
  return Object.assign(Object.create(count(store)) as RecordStore, { schedule: () => schedule });
}
