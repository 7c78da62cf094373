import type { Context, ContextEvent } from '@context-sdk/context';
import { memoryStore } from '@context-sdk/oauth-core';
import { UNLIMITED } from '@context-sdk/test-support';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { providersOf, startContext } from '../support/start-context.ts';

const MINUTE = 60_000;
const ACCOUNTS = ['first', 'second'].map((username, index) => ({
  id: index + 1,
  username,
  displayName: username,
  timeZone: 'UTC',
}));

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

/** A process that holds a request of TickTick's tasks, or its answer, and another one. */
function start(side: 'request' | 'answer') {
  const store = memoryStore();
  const events: ContextEvent[] = [];
  const held = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let isArmed = false;
  const common = {
    baseUrl: 'http://localhost:8000',
    rateLimiter: UNLIMITED,
    onEvent: (event: ContextEvent) => void events.push(event),
  };
  const one = startContext({
    ...common,
    store,
    sandbox: { ticktick: { accounts: ACCOUNTS } },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const isHeld = isArmed && new URL(request.url).hostname.endsWith('ticktick.com');
      if (isHeld) isArmed = false;
      const hold = async (): Promise<void> => {
        held.resolve();
        await released.promise;
      };
      if (isHeld && side === 'request') await hold();
      const response = await one.sandbox.fetch(request);
      if (isHeld && side === 'answer') await hold();
      return response;
    },
  });
  const { sandbox } = one;
  const other = startContext({
    ...common,
    store: { ...store },
    emulated: sandbox,
    providers: { ticktick: providersOf(sandbox)?.ticktick },
  });
  for (const { username } of ACCOUNTS)
    for (let index = 0; index < 3; index += 1)
      sandbox.ticktick.testUser(username).createTask({ title: `${username} ${index}` });
  return {
    one: one.context,
    other: other.context,
    sandbox,
    store,
    events,
    held: held.promise,
    release: released.resolve,
    arm: () => {
      isArmed = true;
    },
    signIn: async (context: Context, username: string) =>
      await context
        .user('ada')
        .connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken(username) }),
  };
}

const CASES = (['request', 'answer'] as const).flatMap((side) =>
  [true, false].map((isFirst) => ({ side, isFirst })),
);

test.each(CASES)(
  '16.2: a poll (first: $isFirst) whose $side is held leaves nothing behind a disconnect',
  async ({ side, isFirst }) => {
    const { one, other, sandbox, store, held, release, arm, signIn } = start(side);
    await signIn(one, 'first');
    if (!isFirst) await one.runMaintenance();
    sandbox.ticktick.testUser('first').createTask({ title: 'new' });
    pass(2 * MINUTE);
    arm();
    const looking = one.runMaintenance().catch(() => undefined);
    await held;
    // As if the process had stood still: nobody waits for this sync.
    await store.delete('feed/ada/ticktick');
    await other.user('ada').forget();
    release();
    await looking;
    expect(await store.list('')).toEqual([]);
  },
);

test.each(CASES)(
  '16.2: a poll (first: $isFirst) whose $side is held confuses no account, if the user connects another and then the same',
  async ({ side, isFirst }) => {
    const { one, other, sandbox, store, events, held, release, arm, signIn } = start(side);
    await signIn(one, 'first');
    if (!isFirst) await one.runMaintenance();
    pass(2 * MINUTE);
    arm();
    const looking = one.runMaintenance().catch(() => undefined);
    await held;
    await store.delete('feed/ada/ticktick');
    await signIn(other, 'second');
    release();
    await looking;
    events.length = 0;
    for (const username of ['second', 'first', 'second']) {
      await signIn(other, username);
      pass(2 * MINUTE);
      await other.runMaintenance();
    }
    expect(events.map(({ type, data }) => [type, data])).toEqual([]);
    sandbox.ticktick.testUser('second').createTask({ title: 'new' });
    pass(2 * MINUTE);
    await other.runMaintenance();
    expect(events.map(({ type }) => type)).toEqual(['task.created']);
    await other.user('ada').forget();
    expect(await store.list('')).toEqual([]);
  },
);
