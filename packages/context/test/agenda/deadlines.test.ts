import type { RateLimiter } from '@context-sdk/context';
import { memoryRateLimiter, TimeoutError } from '@context-sdk/oauth-core';
import { afterEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

const DEADLINE_MS = 54_321;
const DAY = { from: '2027-03-01T00:00:00Z', to: '2027-03-02T00:00:00Z', timeZone: 'UTC' } as const;

afterEach(() => void vi.restoreAllMocks());

/** A limiter at which calls wait until they are aborted, while `waits` is true of them. */
function startLimiter() {
  const inner = memoryRateLimiter();
  const state = { running: 0, waits: (_call: { key: string; number: number }): boolean => false };
  let calls = 0;
  const rateLimiter: RateLimiter = {
    pause: (...args) => inner.pause(...args),
    async run(key, dispatch, options) {
      calls += 1;
      if (state.waits({ key, number: calls })) {
        return await new Promise((_, reject) => {
          const { signal } = options ?? {};
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        });
      }
      state.running += 1;
      return await inner.run(key, dispatch, options).finally(() => (state.running -= 1));
    },
  };
  const restart = (): void => void (calls = 0);
  /** Resolves once nothing but what waits is under way. */
  const idle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 50; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (state.running > 0) quiet = 0;
    }
  };
  return { rateLimiter, state, restart, idle };
}

/** Deadlines that pass when the test says so. */
function holdDeadlines(): { pass: () => void } {
  const expired: (() => void)[] = [];
  const { setTimeout: startTimer } = globalThis;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation((run: () => void, ms?: number) => {
    if (ms !== DEADLINE_MS) return startTimer(run, ms);
    expired.push(run);
    return startTimer(() => undefined, 0);
  });
  return { pass: () => expired.forEach((run) => run()) };
}

async function start() {
  const limiter = startLimiter();
  const { sandbox, connectedUser } = startContext({ rateLimiter: limiter.rateLimiter });
  const user = await connectedUser();
  sandbox.ticktick.testUser().createTask({ title: 'Call', dueDate: '2027-03-01T13:00:00.000+0000' });
  sandbox.google.testUser().calendar.addEvent({
    summary: 'Stand-up',
    start: { dateTime: '2027-03-01T09:00:00Z' },
    end: { dateTime: '2027-03-01T09:15:00Z' },
  });
  // Loads what agendas need.
  await user.agenda(DAY);
  limiter.restart();
  return { ...limiter, user, deadline: holdDeadlines() };
}

test.for([
  ['ticktick', 'ticktick', ['event']],
  ['google', 'google-calendar', ['task']],
  ['azure-devops', 'azure-devops', ['event', 'task']],
] as const)(
  'where %s waits for its limit beyond the deadline, the others’ parts are told',
  async ([prefix, source, kinds]) => {
    const { state, idle, user, deadline } = await start();
    state.waits = ({ key }) => key.startsWith(prefix);
    const reading = user.agenda({ ...DAY, deadlineMs: DEADLINE_MS });
    await idle();
    deadline.pass();
    const { items, errors } = await reading;
    expect(items.map(({ kind }) => kind)).toEqual(kinds);
    expect(Object.keys(errors)).toEqual([source]);
    expect(errors[source]).toBeInstanceOf(TimeoutError);
  },
);

test('an abort of the caller’s own still ends all of it', async () => {
  const { state, idle, user } = await start();
  state.waits = ({ key }) => key.startsWith('ticktick');
  const caller = new AbortController();
  const reading = user.agenda({ ...DAY, deadlineMs: DEADLINE_MS, signal: caller.signal });
  await idle();
  caller.abort(new Error('the user has left'));
  await expect(reading).rejects.toThrow('the user has left');
});

test('of calendars, those that were read in time are told', async () => {
  const { state, idle, user, deadline } = await start();
  const calendarIds = ['primary', (await user.calendar.calendars.create({ summary: 'Second' })).id];
  let ofGoogle = 0;
  state.waits = ({ key }) => key.startsWith('google') && (ofGoogle += 1) > 1;
  const reading = user.agenda({ ...DAY, calendarIds, deadlineMs: DEADLINE_MS });
  await idle();
  deadline.pass();
  const { items, errors, calendarErrors } = await reading;
  expect(items.map(({ kind }) => kind)).toEqual(['event', 'task']);
  expect(errors).toEqual({});
  expect(Object.values(calendarErrors)).toEqual([expect.any(TimeoutError)]);
});
