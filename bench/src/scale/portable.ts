// Figures that any commit since 81519ef can be asked for: scale-before.ts runs this file in a worktree of that commit, too.
// Arguments: users, and `fresh` where the agenda takes `freshness`.
import { createContext } from '@context-sdk/context';
import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { redisStore } from '@context-sdk/oauth-core/redis';
import { Redis } from 'ioredis';

const USERS = Number(process.argv[2] ?? 1_000);
const FRESHNESS = process.argv[3] === 'fresh' ? { freshness: { ms: 60_000 } } : {};
const HOUR_MS = 3_600_000;
const TASKS = 230;
const { REDIS_URL = 'redis://127.0.0.1:6379' } = process.env;

interface Counts {
  operations: number;
  bytes: number;
  requests: number;
}

async function countBytes(result: unknown, counts: Counts): Promise<void> {
  const record = (await result) as { value: string } | undefined;
  counts.bytes += record?.value.length ?? 0;
}

/** A store whose calls and bytes are counted, with the schedule's where it has one. */
function counted(target: object, counts: Counts): object {
  return new Proxy(target, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name);
      if (typeof value !== 'function') return value;
      if (name === 'schedule') return () => counted(Reflect.apply(value, of, []) as object, counts);
      return (...args: unknown[]): unknown => {
        counts.operations += 1;
        const result: unknown = Reflect.apply(value, of, args);
        if (name === 'get') void countBytes(result, counts);
        return result;
      };
    },
  });
}

function contextOn(store: RecordStore, counts: Counts, tasks: readonly object[] = []) {
  const project = { id: 'p', name: 'Project', closed: false };
  return createContext({
    store: counted(store, counts) as RecordStore,
    baseUrl: 'http://localhost:8000',
    providers: { ticktick: { limits: [] } },
    onEvent: () => undefined,
    fetch: async (input) => {
      counts.requests += 1;
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      if (pathname.endsWith('/project')) return Response.json([project]);
      if (pathname.endsWith('/data')) return Response.json({ project, tasks });
      return Response.json(tasks.slice(0, 200));
    },
  });
}

async function addUser(store: RecordStore, user: string): Promise<void> {
  const record = { kind: 'token', token: user, connectedAt: Date.now(), grant: { id: user, owner: user } };
  await store.compareAndSet(`connection/${user}/ticktick/default`, undefined, JSON.stringify(record));
}

/** A pass in which nothing is due. */
async function idlePass(store: RecordStore): Promise<{ ms: number; operations: number }> {
  const counts = { operations: 0, bytes: 0, requests: 0 };
  const context = contextOn(store, counts);
  for (let index = 0; index < USERS; index += 1) await addUser(store, `user-${index}`);
  const polls = { pollEveryMs: HOUR_MS, concurrency: 16 };
  for (let more = true; more;) more = (await context.runMaintenance(polls)).polled > 0;
  counts.operations = 0;
  const startedAt = performance.now();
  await context.runMaintenance(polls);
  return { ms: performance.now() - startedAt, operations: counts.operations };
}

/** What a poll without changes reads of the store, and the requests of an agenda right after it. */
async function unchanged(): Promise<{ bytesPerTask: number; agendaRequests: number }> {
  const counts = { operations: 0, bytes: 0, requests: 0 };
  const store = memoryStore();
  const tasks = Array.from({ length: TASKS }, (_, index) => ({
    id: String(index).padStart(24, '0'),
    projectId: 'p',
    title: `Task ${index}`,
    content: 'Some text that a task has.',
    etag: `e${index}`,
    status: 0,
  }));
  const context = contextOn(store, counts, tasks);
  await addUser(store, 'ada');
  const now = Date.now();
  const query = { from: new Date(now), to: new Date(now + HOUR_MS), timeZone: 'UTC', ...FRESHNESS };
  await context.runMaintenance({ pollEveryMs: 1 });
  await context.user('ada').agenda(query);
  await new Promise((resolve) => setTimeout(resolve, 5));
  counts.bytes = 0;
  const { polled } = await context.runMaintenance({ pollEveryMs: 1 });
  if (polled === 0) throw new Error('Nothing was polled.');
  const { bytes } = counts;
  counts.requests = 0;
  await context.user('ada').agenda(query);
  return { bytesPerTask: bytes / TASKS, agendaRequests: counts.requests };
}

const client = new Redis(REDIS_URL);
const prefix = `bench-portable-${process.pid}:`;
const inMemory = await idlePass(memoryStore());
const onRedis = await idlePass(redisStore(client, { prefix }));
for (let cursor = '0'; ;) {
  const [next, keys] = await client.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 1000);
  if (keys.length > 0) await client.unlink(...keys);
  if (next === '0') break;
  cursor = next;
}
await client.quit();
console.log(JSON.stringify({ inMemory, onRedis, ...(await unchanged()) }));
process.exit();
