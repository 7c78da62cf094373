import { createSandbox } from '@context-sdk/sandbox';
import { type Task, unreadFields } from '@context-sdk/ticktick-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2027-03-01T08:00:00Z') }));
afterEach(() => void vi.useRealTimers());

/** A user of TickTick, whose tasks come with a due date that nobody can read, and a host that fails as often as it is told to. */
async function start({ maxAttempts, failures }: { maxAttempts?: number; failures: number }) {
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const odd = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(odd);
    const isTask = typeof value === 'object' && value !== null && 'projectId' in value;
    return isTask ? { ...value, dueDate: 1_796_000_000, tags: ['a', 7] } : value;
  };
  const seen: (readonly string[])[] = [];
  let left = failures;
  const { context } = startContext({
    emulated: sandbox,
    baseUrl: 'http://localhost:8000',
    push: false,
    ...(maxAttempts !== undefined && { maxAttempts }),
    fetch: async (input, init) => {
      const response = await sandbox.fetch(input, init);
      return Response.json(odd(await response.json().catch(() => null)), { status: response.status });
    },
    onEvent: (event) => {
      seen.push(unreadFields(event.data as Task));
      left -= 1;
      if (left >= 0) throw new Error('the database is down');
    },
  });
  const user = context.user('ada');
  await user.connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  const later = async (minutes: number): Promise<void> => {
    vi.setSystemTime(Date.now() + minutes * MINUTE);
    await context.runMaintenance();
  };
  await later(0);
  sandbox.ticktick.testUser().createTask({ title: 'Report' });
  return { context, user, later, seen };
}

const UNREAD = ['dueDate', 'tags[1]'];

test('an event that is told again lacks what it lacked, and says so', async () => {
  const { later, seen } = await start({ failures: 2 });
  for (const minutes of [6, 6, 60]) await later(minutes);
  expect(seen).toEqual([UNREAD, UNREAD, UNREAD]);
});

test('so does a dead letter, in the list and when it is replayed', async () => {
  const { context, later, seen } = await start({ failures: 2, maxAttempts: 2 });
  for (const minutes of [6, 6, 60]) await later(minutes);
  const [letter] = await context.deadLetters.list().toArray();
  expect(unreadFields(letter?.event.data as Task)).toEqual(UNREAD);
  await context.deadLetters.replay(letter?.id ?? '');
  expect(seen).toEqual([UNREAD, UNREAD, UNREAD]);
});

test('and the tasks of an agenda that come from the feed’s copy', async () => {
  const { user } = await start({ failures: 0 });
  const day = { from: '2027-03-01T00:00:00Z', to: '2027-03-02T00:00:00Z', timeZone: 'UTC' };
  for (let look = 0; look < 2; look += 1) {
    const { undatedTasks } = await user.agenda({ ...day, freshness: { ms: MINUTE } });
    expect(undatedTasks.map(unreadFields)).toEqual([UNREAD]);
  }
});
