import type { DeadLetter } from '@context-sdk/context';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';
import { startDeliveries } from '../support/start-deliveries.ts';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

const CASES = (['forget', 'disconnect'] as const).flatMap((how) => [
  { how, maxAttempts: 1, tries: 1 },
  { how, maxAttempts: 5, tries: 1 },
  { how, maxAttempts: 5, tries: 3 },
]);

test.each(CASES)(
  '16.14: nothing is kept of an event that fails (try $tries of $maxAttempts) while its user leaves ($how)',
  async ({ how, maxAttempts, tries }) => {
    const letters: DeadLetter[] = [];
    let tried = 0;
    const { context, sandbox, store, connectedUser } = startContext({
      baseUrl: 'http://localhost:8000',
      maxAttempts,
      onDeadLetter: (letter) => void letters.push(letter),
      onEvent: async () => {
        tried += 1;
        const user = context.user('ada');
        if (tried === tries)
          await (how === 'forget' ? user.forget() : user.connections.disconnect('ticktick'));
        throw new Error('the host is down');
      },
    });
    await connectedUser();
    await context.runMaintenance();
    sandbox.ticktick.testUser().createTask({ title: 'secret' });
    for (let passes = 0; passes < 5; passes += 1) {
      pass(2 * MINUTE);
      await context.runMaintenance();
    }
    expect(tried).toBe(tries);
    expect(await context.deadLetters.list({ userId: 'ada' }).toArray()).toEqual([]);
    expect(letters).toEqual([]);
    const kept = (await store.list('')).filter((key) =>
      /^(pending-event|dead-letter|delivery|pause)\/ada\/ticktick/.test(key),
    );
    expect(kept).toEqual([]);
    if (how === 'forget') expect(await store.list('')).toEqual([]);
  },
);

test('16.14: nor of one without an id', async () => {
  const started = startDeliveries({
    dialect: 'guide',
    onEvent: async () => {
      await started.context.user('ada').forget();
      throw new Error('the host is down');
    },
  });
  const { context, sandbox, store } = started;
  await context.user('ada').connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  await context.runMaintenance();
  sandbox.ticktick.testUser().createTask({ title: 'secret' });
  await sandbox.ticktick.webhooks.settled();
  expect(started.delivered).not.toEqual([]);
  expect(await store.list('')).toEqual([]);
});
