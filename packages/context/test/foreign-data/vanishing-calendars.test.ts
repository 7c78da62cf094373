import { NotFoundError } from '@context-sdk/oauth-core';
import { UNLIMITED } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

const DAY_MS = 86_400_000;
const DAY = new Date(Date.now() + 3 * DAY_MS).toISOString().slice(0, 10);
const WITHIN = { from: new Date(Date.now() + DAY_MS), to: new Date(Date.now() + 8 * DAY_MS) };
const TEAM = 'team@example.com';

/** A user with a second calendar, of which the events answer `team` tells. */
async function start(team: (search: URLSearchParams, vanish: () => void) => Response) {
  const started = startContext({
    rateLimiter: UNLIMITED,
    sandbox: { seed: 'empty', google: { quotas: { calendar: [] } } },
    fetch: async (input, init) => {
      const { method, url } = new Request(input, init);
      const { pathname, searchParams } = new URL(url);
      const isTeam = method === 'GET' && decodeURIComponent(pathname).endsWith(`/${TEAM}/events`);
      return isTeam ? team(searchParams, vanish) : await started.sandbox.fetch(input, init);
    },
  });
  const { calendar } = started.sandbox.google.testUser();
  calendar.addCalendar({ id: TEAM, summary: 'Team' });
  let isThere = true;
  const vanish = (): void => {
    if (isThere) calendar.deleteCalendar(TEAM);
    isThere = false;
  };
  calendar.addEvent({
    summary: 'Good',
    start: { dateTime: `${DAY}T09:00:00Z` },
    end: { dateTime: `${DAY}T10:00:00Z` },
  });
  const user = await started.connectedUser();
  const { id, projectId } = started.sandbox.ticktick.testUser().createTask({ title: 'Report' });
  return { user, task: await user.ticktick.tasks.get({ id, projectId }) };
}

const GONE = { error: { code: 404, message: 'Not Found', errors: [{ reason: 'notFound' }] } };

function gone(): Response {
  return Response.json(GONE, { status: 404 });
}

describe.each([
  [
    'before its events are read',
    (_: URLSearchParams, vanish: () => void) => {
      vanish();
      return gone();
    },
  ],
  [
    'between two pages of its events',
    (search: URLSearchParams, vanish: () => void) => {
      if (!search.has('pageToken')) return Response.json({ items: [], nextPageToken: 'next' });
      vanish();
      return gone();
    },
  ],
] as const)('16.14: a calendar that is deleted %s', (_, team) => {
  test('keeps nobody from planning', async () => {
    const { user, task } = await start(team);
    const made = await user.plan({ tasks: [{ ...task, durationMinutes: 30 }], within: WITHIN });
    expect(made.pieces).toMatchObject([{ taskId: task.id }]);
  });

  test('nor from blocking time', async () => {
    const { user, task } = await start(team);
    const { slot } = await user.blockTime(task, { within: WITHIN, durationMinutes: 30 });
    expect(Date.parse(slot.start)).toBeGreaterThan(WITHIN.from.getTime());
  });

  test('and hides no event of another in the agenda', async () => {
    const { user } = await start(team);
    const { items } = await user.agenda({ ...WITHIN, timeZone: 'Europe/Berlin' });
    expect(items).toMatchObject([{ title: 'Good' }]);
  });
});

test('16.14: a calendar that is still on the list, and is not answered for, does not count as free', async () => {
  const { user, task } = await start(gone);
  const planning = user.plan({ tasks: [{ ...task, durationMinutes: 30 }], within: WITHIN });
  await expect(planning).rejects.toThrow(NotFoundError);
});
