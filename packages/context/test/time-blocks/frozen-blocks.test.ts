import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startFrozenProcess } from '../support/frozen-process.ts';

const NOW = new Date('2027-03-01T12:00:00Z');

beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ['Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const ON_TUESDAY = { from: '2027-03-02T09:00:00Z', to: '2027-03-02T10:00:00Z' };
const ON_WEDNESDAY = { from: '2027-03-03T09:00:00Z', to: '2027-03-03T10:00:00Z' };

test('20.5: a process that stood still blocks no time that another has blocked since', async () => {
  let reads = 0;
  let lastRead = Number.POSITIVE_INFINITY;
  const { sandbox, user, frozen, goOn, outlive } = await startFrozenProcess(({ method, url }) => {
    if (method === 'GET' && url.includes('/calendar/v3/')) reads += 1;
    return reads === lastRead;
  });
  const { calendar } = sandbox.google.testUser();
  const newTask = (title: string) => ({ ...sandbox.ticktick.testUser().createTask({ title }), title });
  await user.blockTime(newTask('before'), { durationMinutes: 60, within: ON_WEDNESDAY });
  // The next block takes as many.
  lastRead = 2 * reads;
  const wish = { durationMinutes: 60, within: ON_TUESDAY };
  const late = user.blockTime(newTask('late'), wish).catch((error: unknown) => error);
  await frozen;
  await outlive((other) => other.blockTime(newTask('in time'), wish));
  goOn();
  expect(await late).toMatchObject({ code: 'store', reason: 'lease-lost' });
  expect(calendar.events().map(({ summary }) => summary)).toEqual(['before', 'in time']);
});
