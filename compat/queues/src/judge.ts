import { type Context, createContext } from '@context-sdk/context';
import { memoryRateLimiter, memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { scanKeys } from '@context-sdk/oauth-core/store-kit';
import { createSandbox } from '@context-sdk/sandbox';
import type { Driven } from './driven.ts';

const USERS = 20;
const POLL_EVERY_MS = 1_000;
/** Until the users' changes have to be told: some polls, and the retries of steps that failed. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 100;

/** What a queue did wrong, and a line about what it did. */
export interface Verdict {
  problems: string[];
  said: string;
}

/** Two machines whose store is away for a while, with users whose task changes are to be told once each. */
export async function judge(machines: readonly Driven[]): Promise<Verdict> {
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const records = failingStore();
  const told: string[] = [];
  let requests = 0;
  const contexts = machines.map(({ schedule }) =>
    createContext({
      store: records.store,
      schedule,
      baseUrl: 'http://localhost:8000',
      rateLimiter: memoryRateLimiter(),
      providers: { ticktick: { limits: [] } },
      fetch: (input, init) => {
        requests += 1;
        return sandbox.fetch(input, init);
      },
      onEvent: ({ userId, type, id }) => void told.push(`${userId} ${type} ${id}`),
    }),
  );
  const [first] = contexts as [Context, ...Context[]];
  const running = await Promise.all(
    machines.map((machine, index) => machine.work(contexts[index] ?? first, { pollEveryMs: POLL_EVERY_MS })),
  );
  const problems: string[] = [];
  const users = Array.from({ length: USERS }, (_, index) => `user-${index}`);
  for (const user of users)
    await first.user(user).connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  await machines[0]?.schedule.plan('walk', Date.now());
  if (!(await until(() => requests >= USERS))) problems.push('not every user was polled');
  const expectAll = async (what: string, count: number): Promise<void> => {
    const areTold = await until(() => told.length >= count);
    if (!areTold) problems.push(`${what}: ${told.length} of ${count} changes were told`);
  };

  await pause(2 * POLL_EVERY_MS);
  sandbox.ticktick.testUser().createTask({ title: 'first' });
  await expectAll('at first', USERS);
  records.isAway = true;
  await pause(2 * POLL_EVERY_MS);
  records.isAway = false;
  sandbox.ticktick.testUser().createTask({ title: 'second' });
  await expectAll('after the store was away', 2 * USERS);

  const pollsWithin = async (walks: number): Promise<number> => {
    const before = requests;
    for (let walk = 0; walk < walks; walk += 1) await first.maintain('walk');
    await pause(4 * POLL_EVERY_MS);
    return requests - before;
  };
  const without = await pollsWithin(0);
  const beside = await pollsWithin(4);
  // Four walks that bring polls forward make a poll of each user four times as often as that.
  if (beside > without + 2 * USERS)
    problems.push(`beside walks ${beside} polls took place, without ${without}`);
  if (new Set(told).size !== told.length) problems.push('a change was told twice');
  for (const user of users) await first.user(user).connections.disconnect('ticktick');
  await pause(2 * POLL_EVERY_MS);
  const atEnd = requests;
  await pause(2 * POLL_EVERY_MS);
  if (requests !== atEnd) problems.push('users who are gone are still polled');
  await Promise.all(running.map((one) => one.close()));
  return { problems, said: `${USERS} users, ${told.length} changes told, ${requests} requests` };
}

/** A store that can be away. */
function failingStore(): { store: RecordStore; isAway: boolean } {
  const kept = memoryStore();
  const scan: NonNullable<RecordStore['scan']> = async function* (prefix) {
    if (records.isAway) throw new Error('away');
    yield* scanKeys(kept, prefix);
  };
  const records = {
    isAway: false,
    store: new Proxy(kept, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function' || name === 'schedule') return value;
        if (name === 'scan') return scan;
        return async (...args: unknown[]): Promise<unknown> => {
          if (records.isAway) throw new Error('away');
          return await Reflect.apply(value, target, args);
        };
      },
    }),
  };
  return records;
}

async function until(isSo: () => boolean): Promise<boolean> {
  for (const endAt = performance.now() + PATIENCE_MS; performance.now() < endAt;) {
    if (isSo()) return true;
    await pause(LOOK_EVERY_MS);
  }
  return isSo();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
