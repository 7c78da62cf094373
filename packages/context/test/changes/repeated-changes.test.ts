import type { User } from '@context-sdk/context';
import { memoryStore, type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fastForward, stopClocks } from '../support/fast-clock.ts';
import { type Deliveries, startDeliveries } from '../support/start-deliveries.ts';

const HOUR = 3_600_000;
const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };

beforeEach(stopClocks);
afterEach(() => void vi.useRealTimers());

function positionIn(record = '{}'): string {
  const { data } = JSON.parse(record) as { data?: { position?: object } };
  return JSON.stringify(data?.position ?? {});
}

/** Calendar with another sync token in each response: they are opaque, and nobody promises that the same state has the same. */
function withNewTokens(inner: typeof fetch): typeof fetch {
  let issued = 0;
  return async (input, init) => {
    const request = new Request(input, init);
    const response = await inner(new Request(request.url.replace(/~\d+/, ''), request));
    if (!/\/calendar\/v3\//.test(request.url) || !response.ok) return response;
    const body = (await response.clone().text()).replace(
      /("nextSyncToken":\s*"[^"]+)"/,
      (_, token: string) => {
        issued += 1;
        return `${token}~${issued}"`;
      },
    );
    return body === '' ? response : new Response(body, response);
  };
}

interface Polled extends Deliveries {
  user: User;
  /** An hour later. Gives how many events came. */
  poll: Poll;
  /** The same once the lease of a failed sync is seen to have ended. */
  pollLater: Poll;
}

type Poll = (options?: { isPositionLost?: boolean }) => Promise<number>;

/** A polling context whose store can lose the calendar's position. */
async function start(): Promise<Polled> {
  let isLost = false;
  const inner = memoryStore();
  const store: RecordStore = {
    ...inner,
    async compareAndSet(key, expected, value, options) {
      const isNew = positionIn(value) !== positionIn((await inner.get(key))?.value);
      if (isLost && key === 'feed/ada/google-calendar' && isNew)
        throw new StoreError('unavailable', 'The position can not be stored.');
      return await inner.compareAndSet(key, expected, value, options);
    },
  };
  const fetch = withNewTokens((input, init) => started.sandbox.fetch(input, init));
  const started = startDeliveries({ baseUrl: 'http://localhost:8000', store, fetch });
  const user = await started.everything();
  const poll: Poll = async ({ isPositionLost = false } = {}) => {
    isLost = isPositionLost;
    vi.advanceTimersByTime(HOUR);
    const before = started.events.length;
    await fastForward(started.context.runMaintenance());
    return started.events.length - before;
  };
  const pollLater: Poll = async (options) => (await poll(options)) + (await poll(options));
  return { ...started, user, poll, pollLater };
}

test('16.30: an event that is deleted, restored and deleted again is told each time', async () => {
  const { user, poll } = await start();
  const { id } = await user.calendar.events.create({ summary: 'x', ...SOON });
  await poll();
  const remove = () => user.calendar.events.delete(id, { sendUpdates: 'none' });
  const restore = () =>
    user.calendar.fetch(`/calendars/primary/events/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"status":"confirmed"}',
    });
  for (const change of [remove, restore, remove, restore, remove]) {
    vi.advanceTimersByTime(60_000);
    await change();
    expect(await poll()).toBe(1);
  }
  expect(await poll()).toBe(0);
});

test('16.30: a calendar that begins anew, and whose position is lost, is told once, and again once it changes', async () => {
  const { sandbox, poll, pollLater } = await start();
  const { calendar } = sandbox.google.testUser();
  calendar.addEvent({ summary: 'one', ...SOON });
  await poll();
  sandbox.faults.inject({ kind: 'status', status: 410 }, { path: /\/events$/, times: 1 });
  expect(await poll({ isPositionLost: true })).toBe(1);
  sandbox.faults.inject({ kind: 'status', status: 410 }, { path: /\/events$/, times: 1 });
  expect(await pollLater({ isPositionLost: true })).toBe(0);
  calendar.addEvent({ summary: 'two', ...SOON });
  sandbox.faults.inject({ kind: 'status', status: 410 }, { path: /\/events$/, times: 1 });
  expect(await pollLater()).toBe(1);
  expect(await poll()).toBe(0);
});

test('16.30: a calendar that comes, goes and comes again is told each time, and once where the position is lost', async () => {
  const { user, poll, pollLater, events } = await start();
  await poll();
  const { id } = await user.calendar.calendars.create({ summary: 'Team' });
  expect(await poll({ isPositionLost: true })).toBe(1);
  expect(await pollLater()).toBe(0);
  await user.calendar.calendars.delete(id);
  expect(await poll()).toBe(1);
  expect(events.map(({ type }) => type)).toEqual(['calendars.changed', 'calendars.changed']);
});
