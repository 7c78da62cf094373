import { NoFreeSlotError, type User } from '@context-sdk/context';
import { PermissionError } from '@context-sdk/oauth-core';
import type { Sandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { googleTokens, startContext } from '../support/start-context.ts';

const NOW = new Date('2027-02-20T08:00:00Z');
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

const WITHIN = { from: '2027-03-01T00:00:00+01:00', to: '2027-03-02T00:00:00+01:00' } as const;
const HOUR = { durationMinutes: 60, within: WITHIN, workingHours: { mon: [['09:00', '17:00']] } } as const;
const EMPTY = { seed: 'empty' } as const;

const TASK = { id: '6247ee29630c800f064fd145', projectId: 'p1', title: 'Write the <report> & send it' };
const OTHER_TASK = { id: '6247ee29630c800f064fd146', projectId: 'p1', title: 'Another' };

function meeting(from: string, to: string) {
  return {
    summary: 'Meeting',
    start: { dateTime: `2027-03-01T${from}:00+01:00` },
    end: { dateTime: `2027-03-01T${to}:00+01:00` },
  };
}

async function start(): Promise<{ user: User; sandbox: Sandbox; started: ReturnType<typeof startContext> }> {
  const started = startContext({ sandbox: EMPTY });
  return { user: await started.connectedUser(), sandbox: started.sandbox, started };
}

function confirmed(sandbox: Sandbox): number {
  return sandbox.google
    .testUser()
    .calendar.events()
    .filter(({ status }) => status === 'confirmed').length;
}

describe('blockTime', () => {
  test('takes the earliest slot beside what is there, and says what it is for', async () => {
    const { user, sandbox } = await start();
    sandbox.google.testUser().calendar.addEvent(meeting('09:00', '10:30'));
    const { event, slot, outcome } = await user.blockTime(TASK, HOUR);
    expect([outcome, slot]).toEqual([
      'created',
      { start: '2027-03-01T10:30:00+01:00', end: '2027-03-01T11:30:00+01:00' },
    ]);
    expect(event).toMatchObject({
      summary: TASK.title,
      description: expect.stringContaining('Write the &#60;report&#62; &#38; send it'),
      reminders: { useDefault: false, overrides: [{ method: 'popup', minutes: 10 }] },
    });
  });

  test('a second call changes nothing, in three requests', async () => {
    const { user, sandbox } = await start();
    await user.blockTime(TASK, HOUR);
    sandbox.clearRequests();
    expect((await user.blockTime(TASK, HOUR)).outcome).toBe('unchanged');
    expect(sandbox.requests.map(({ operation }) => operation)).toHaveLength(2);
    expect(confirmed(sandbox)).toBe(1);
  });

  test('a block that the user has moved stays where they put it, as long as it is free', async () => {
    const { user, sandbox } = await start();
    const phone = sandbox.google.testUser().calendar;
    const { event } = await user.blockTime(TASK, HOUR);
    phone.updateEvent(event.id, {
      start: meeting('18:00', '19:00').start,
      end: meeting('18:00', '19:00').end,
    });
    expect((await user.blockTime(TASK, HOUR)).outcome).toBe('unchanged');
    phone.addEvent(meeting('18:30', '19:30'));
    const moved = await user.blockTime(TASK, HOUR);
    expect([moved.outcome, moved.slot.start, moved.event.id]).toEqual([
      'updated',
      '2027-03-01T09:00:00+01:00',
      event.id,
    ]);
    expect(confirmed(sandbox)).toBe(2);
  });

  test('a longer wish, or another day, moves it', async () => {
    const { user } = await start();
    await user.blockTime(TASK, HOUR);
    const longer = await user.blockTime(TASK, { ...HOUR, durationMinutes: 90 });
    expect([longer.outcome, longer.slot.end]).toEqual(['updated', '2027-03-01T10:30:00+01:00']);
    const tuesday = { from: '2027-03-02T00:00:00+01:00', to: '2027-03-03T00:00:00+01:00' };
    const moved = await user.blockTime(TASK, { durationMinutes: 30, within: tuesday });
    expect([moved.outcome, moved.slot.start]).toEqual(['updated', '2027-03-02T08:00:00+01:00']);
  });

  test('what is declined or marked as free takes no time; a whole busy day does', async () => {
    const { user, sandbox } = await start();
    const phone = sandbox.google.testUser().calendar;
    const email = sandbox.google.accounts[0]?.email ?? '';
    const attendees = [{ email, responseStatus: 'declined' }];
    phone.addEvent({ ...meeting('09:00', '12:00'), organizer: { email: 'boss@example.com' }, attendees });
    phone.addEvent({ ...meeting('09:00', '12:00'), transparency: 'transparent' });
    expect((await user.blockTime(TASK, HOUR)).slot.start).toBe('2027-03-01T09:00:00+01:00');
    phone.addEvent({
      summary: 'Away',
      start: { date: '2027-03-01' },
      end: { date: '2027-03-02' },
      transparency: 'opaque',
    });
    const error = await user.blockTime(TASK, HOUR).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NoFreeSlotError);
    expect((error as NoFreeSlotError).longest).toBeUndefined();
  });

  test('no room is an error that names the longest free time, and changes nothing', async () => {
    const { user, sandbox } = await start();
    sandbox.google.testUser().calendar.addEvent(meeting('10:00', '16:15'));
    const error = await user
      .blockTime(TASK, { ...HOUR, durationMinutes: 120 })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'no_free_slot',
      longest: { start: '2027-03-01T09:00:00+01:00', end: '2027-03-01T10:00:00+01:00' },
    });
    expect(confirmed(sandbox)).toBe(1);
  });

  test('other calendars of the user count; one that nobody can read is not taken for free', async () => {
    const { user, sandbox } = await start();
    const phone = sandbox.google.testUser().calendar;
    const family = phone.addCalendar({ summary: 'Family' });
    phone.addEvent(meeting('09:00', '11:00'), family.id);
    const counting = { ...HOUR, otherCalendarIds: [family.id] };
    expect((await user.blockTime(TASK, counting)).slot.start).toBe('2027-03-01T11:00:00+01:00');
    const unknown = { ...HOUR, otherCalendarIds: ['nobody@example.com'] };
    await expect(user.blockTime(OTHER_TASK, unknown)).rejects.toThrow(PermissionError);
    expect(confirmed(sandbox)).toBe(1);
  });

  test('a buffer also counts for a meeting that ends before the range', async () => {
    const { user, sandbox } = await start();
    sandbox.google.testUser().calendar.addEvent(meeting('07:45', '08:45'));
    const range = { ...WITHIN, from: '2027-03-01T09:00:00+01:00' };
    const { slot } = await user.blockTime(TASK, { ...HOUR, within: range, bufferMinutes: 30 });
    expect(slot.start).toBe('2027-03-01T09:15:00+01:00');
  });

  test('each instance of a recurring event takes time', async () => {
    const { user, sandbox } = await start();
    const first = {
      start: { dateTime: '2027-02-22T09:00:00+01:00', timeZone: 'Europe/Berlin' },
      end: { dateTime: '2027-02-22T10:00:00+01:00', timeZone: 'Europe/Berlin' },
    };
    sandbox.google
      .testUser()
      .calendar.addEvent({ ...first, summary: 'Weekly', recurrence: ['RRULE:FREQ=WEEKLY'] });
    expect((await user.blockTime(TASK, HOUR)).slot.start).toBe('2027-03-01T10:00:00+01:00');
  });

  test('a calendar that is not on the user’s list is an error, and nothing is written', async () => {
    const { user, sandbox } = await start();
    const options = { ...HOUR, calendarId: 'elsewhere@example.com' };
    await expect(user.blockTime(TASK, options)).rejects.toThrow('has no calendar elsewhere@example.com');
    expect(confirmed(sandbox)).toBe(0);
  });

  test('in another calendar, and back: one event at a time', async () => {
    const { user, sandbox } = await start();
    const work = sandbox.google.testUser().calendar.addCalendar({ summary: 'Work' });
    const first = await user.blockTime(TASK, HOUR);
    // The block itself is not in its own way.
    const moved = await user.blockTime(TASK, { ...HOUR, calendarId: work.id });
    expect([moved.outcome, moved.slot, confirmed(sandbox)]).toEqual(['created', first.slot, 0]);
    expect((await user.blockTime(TASK, { ...HOUR, otherCalendarIds: [] })).outcome).toBe('unchanged');
    sandbox.google.testUser().calendar.addEvent(meeting('09:00', '10:00'), work.id);
    const back = await user.blockTime(TASK, { ...HOUR, calendarId: 'primary' });
    expect([back.slot.start, confirmed(sandbox)]).toEqual(['2027-03-01T10:00:00+01:00', 1]);
    const inWork = sandbox.google.testUser().calendar.events(work.id);
    expect(inWork.map(({ status }) => status)).toEqual(['cancelled', 'confirmed']);
  });

  test('a user who has connected another Google account since has the block there', async () => {
    const { user, sandbox } = await start();
    await user.blockTime(TASK, HOUR);
    const grace = sandbox.google.accounts[1]?.email;
    await user.connections.import('google', googleTokens(sandbox, [], grace));
    expect((await user.blockTime(TASK, HOUR)).outcome).toBe('created');
    expect((await user.blockTime(TASK, HOUR)).outcome).toBe('unchanged');
    expect(sandbox.google.testUser(grace).calendar.events()).toMatchObject([{ status: 'confirmed' }]);
    await user.unblockTime(TASK);
    expect(sandbox.google.testUser(grace).calendar.events()).toMatchObject([{ status: 'cancelled' }]);
  });

  test('a block in a calendar that is gone is as good as unblocked', async () => {
    const { user, sandbox } = await start();
    const work = sandbox.google.testUser().calendar.addCalendar({ summary: 'Work' });
    await user.blockTime(TASK, { ...HOUR, calendarId: work.id });
    const grace = sandbox.google.accounts[1]?.email;
    await user.connections.import('google', googleTokens(sandbox, [], grace));
    await user.unblockTime(TASK);
    expect((await user.blockTime(TASK, HOUR)).outcome).toBe('created');
  });

  test('a block that the user deleted comes back as the same event', async () => {
    const { user, sandbox } = await start();
    const { event } = await user.blockTime(TASK, HOUR);
    sandbox.google.testUser().calendar.deleteEvent(event.id);
    const again = await user.blockTime(TASK, HOUR);
    expect([again.outcome, again.event.id, confirmed(sandbox)]).toEqual(['created', event.id, 1]);
  });

  test('somebody changes the block in the very moment: it is read again, and moved', async () => {
    const { user, sandbox } = await start();
    const { event } = await user.blockTime(TASK, HOUR);
    const phone = sandbox.google.testUser().calendar;
    phone.addEvent(meeting('09:00', '10:00'));
    sandbox.google.failNext({ reason: 'conditionNotMet', method: 'calendar.events.patch' });
    const moved = await user.blockTime(TASK, HOUR);
    expect([moved.outcome, moved.event.id, moved.slot.start]).toEqual([
      'updated',
      event.id,
      '2027-03-01T10:00:00+01:00',
    ]);
    const patches = sandbox.requests.filter(({ method }) => method === 'PATCH');
    expect(patches.map(({ status }) => status)).toEqual([412, 200]);
  });

  test('a block that the user moves while it is being moved stays where they put it', async () => {
    const { sandbox } = await start();
    const phone = sandbox.google.testUser().calendar;
    const moveByHand = meeting('18:00', '19:00');
    let beforePatch = (): void => undefined;
    const { connectedUser } = startContext({
      emulated: sandbox,
      fetch: (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'PATCH') beforePatch();
        return sandbox.fetch(request);
      },
    });
    const user = await connectedUser();
    const { event } = await user.blockTime(TASK, HOUR);
    phone.addEvent(meeting('09:00', '10:00'));
    beforePatch = () => {
      beforePatch = () => undefined;
      phone.updateEvent(event.id, { start: moveByHand.start, end: moveByHand.end });
    };
    const blocked = await user.blockTime(TASK, HOUR);
    expect([blocked.outcome, blocked.slot.start]).toEqual(['unchanged', '2027-03-01T18:00:00+01:00']);
  });

  test('guests of a block are notified of a move; without guests no email is sent', async () => {
    const { user, sandbox } = await start();
    const phone = sandbox.google.testUser().calendar;
    const sent = (): unknown[] =>
      sandbox.requests.filter(({ method }) => method === 'PATCH').map(({ query }) => query['sendUpdates']);
    const { event } = await user.blockTime(TASK, HOUR);
    phone.addEvent(meeting('09:00', '10:00'));
    await user.blockTime(TASK, HOUR);
    expect(sent()).toEqual(['none']);
    phone.updateEvent(event.id, { attendees: [{ email: 'grace@example.com' }] });
    phone.addEvent(meeting('10:00', '11:00'));
    await user.blockTime(TASK, HOUR);
    expect(sent()).toEqual(['none', 'all']);
  });

  test('a crash between the event and its record leaves one event, found again', async () => {
    const { user, sandbox, started } = await start();
    const { event } = await user.blockTime(TASK, HOUR);
    for (const key of await started.store.list('block-time/ada/')) await started.store.delete(key);
    sandbox.google.testUser().calendar.addEvent(meeting('09:00', '10:00'));
    const found = await user.blockTime(TASK, HOUR);
    expect([found.event.id, found.outcome, confirmed(sandbox)]).toEqual([event.id, 'updated', 2]);
  });

  test('two processes at once make one event; two tasks at once share no time', async () => {
    const { user, sandbox, started } = await start();
    const elsewhere = startContext({
      sandbox: EMPTY,
      store: started.store,
      fetch: sandbox.fetch,
    }).context.user('ada');
    const both = await Promise.all([user.blockTime(TASK, HOUR), elsewhere.blockTime(TASK, HOUR)]);
    expect(new Set(both.map(({ event }) => event.id)).size).toBe(1);
    expect(both.map(({ outcome }) => outcome).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'created',
      'unchanged',
    ]);
    const more = Array.from({ length: 5 }, (_, index) => ({ ...OTHER_TASK, id: `${OTHER_TASK.id}${index}` }));
    const blocked = await Promise.all(
      more.map((one, index) => (index % 2 ? user : elsewhere).blockTime(one, HOUR)),
    );
    expect(new Set(blocked.map(({ slot }) => slot.start)).size).toBe(5);
    expect(confirmed(sandbox)).toBe(6);
  });

  test('unblocking takes the event away, twice and without a record too', async () => {
    const { user, sandbox, started } = await start();
    await user.blockTime(TASK, HOUR);
    await user.unblockTime(TASK);
    await user.unblockTime(TASK);
    expect(confirmed(sandbox)).toBe(0);
    await user.blockTime(TASK, HOUR);
    for (const key of await started.store.list('block-time/ada/')) await started.store.delete(key);
    await user.unblockTime(TASK);
    expect(confirmed(sandbox)).toBe(0);
  });

  test.for([
    [{ ...HOUR, durationMinutes: 0 }, 'durationMinutes'],
    [{ ...HOUR, within: { from: WITHIN.to, to: WITHIN.from } }, 'within.to'],
    [{ ...HOUR, within: undefined as never }, 'within.from'],
    [{ ...HOUR, workingHours: { mon: [['17:00', '09:00']] } }, 'workingHours.mon[0]'],
    [{ ...HOUR, timeZone: 'UTC+1' }, 'timeZone'],
  ] as const)('%j is refused, and says why', async ([options, field]) => {
    const { user, sandbox } = await start();
    sandbox.clearRequests();
    await expect(user.blockTime(TASK, options)).rejects.toMatchObject({ field });
    expect(sandbox.requests).toEqual([]);
  });

  test('in the agenda the block and its task are one', async () => {
    const { user, sandbox } = await start();
    const { id, projectId, title } = sandbox.ticktick.testUser().createTask({ title: 'No date of its own' });
    await user.blockTime({ id, projectId, title }, HOUR);
    const { items } = await user.agenda({ ...WITHIN, timeZone: 'Europe/Berlin' });
    expect(items).toEqual([
      expect.objectContaining({
        kind: 'task',
        title,
        day: '2027-03-01',
        block: expect.objectContaining({ summary: title }),
      }),
    ]);
  });
});
