import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { googleTokens, startContext } from '../support/start-context.ts';

const NOW = new Date('2027-03-01T10:00:00+01:00');
const WEEK = { from: '2027-03-01T12:00:00+01:00', to: '2027-03-06T00:00:00+01:00' };
const ACCOUNT = { account: { id: '1', email: 'ada@example.com' } };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

test.each(['disconnects', 'is forgotten'])(
  '16.35: a plan that was applied is not applied again because another user of the account %s',
  async (how) => {
    const { sandbox, connectedUser } = startContext();
    const [ada, grace] = [await connectedUser('ada'), await connectedUser('grace')];
    for (const user of [ada, grace]) await user.connections.import('google', googleTokens(sandbox), ACCOUNT);
    const { id, projectId } = sandbox.ticktick.testUser().createTask({ title: 'Write' });
    const tasks = [{ id, projectId, title: 'Write', durationMinutes: 60 }];
    const plan = await grace.plan({ within: WEEK, tasks });
    const [piece] = (await grace.apply(plan)).pieces;
    await grace.calendar.events.delete(piece?.event?.id ?? '', { sendUpdates: 'none' });
    if (how === 'disconnects') await ada.connections.disconnect('google');
    else await ada.forget();
    // Google ends all tokens of an account at once.
    await grace.connections.import('google', googleTokens(sandbox), ACCOUNT);
    await grace.apply(plan);
    const events = await grace.calendar.events.list({ timeMin: WEEK.from, timeMax: WEEK.to }).toArray();
    expect(events).toEqual([]);
  },
);
