import { describe, expect, test } from 'vitest';
import { fieldsOf, idOf, textOf } from '../support.ts';
import { eachOf, EVENTS, meeting, refusal, setUpCalendar } from './calendar-support.ts';

describe('a PATCH', () => {
  test('merges objects, replaces arrays, and removes by null', async () => {
    const { api, calendar } = setUpCalendar();
    const { id } = calendar.addEvent(
      meeting({
        location: 'Here',
        attendees: [{ email: 'a@example.org' }, { email: 'b@example.org' }],
        extendedProperties: { private: { one: '1', two: '2' } },
      }),
    );
    const { json } = await api(`PATCH ${EVENTS}/${id}`, {
      location: null,
      attendees: [{ email: 'c@example.org' }],
      extendedProperties: { private: { two: null, three: '3' } },
    });
    expect(json).toMatchObject({
      summary: 'Meeting',
      attendees: [{ email: 'c@example.org' }],
      extendedProperties: { private: { one: '1', three: '3' } },
    });
    expect(json).not.toHaveProperty('location');
    expect(fieldsOf(json)['attendees']).toHaveLength(1);
    expect(fieldsOf(fieldsOf(json)['extendedProperties'])['private']).not.toHaveProperty('two');
  });

  test('from a time to a day has to remove the time', async () => {
    const { api, calendar } = setUpCalendar();
    const { id } = calendar.addEvent(meeting());
    const [start, end] = [{ date: '2026-11-24' }, { date: '2026-11-25' }];
    expect(refusal(await api(`PATCH ${EVENTS}/${id}`, { start, end }))).toBe('400 invalid');
    const removal = { dateTime: null, timeZone: null };
    const body = { start: { ...start, ...removal }, end: { ...end, ...removal } };
    expect((await api(`PATCH ${EVENTS}/${id}`, body)).json).toMatchObject({ start, end });
  });

  test('counts up the sequence when the time changes, and only then', async () => {
    const { api, calendar } = setUpCalendar();
    const { id } = calendar.addEvent(meeting());
    expect((await api(`PATCH ${EVENTS}/${id}`, { summary: 'New' })).json).toMatchObject({ sequence: 0 });
    const later = { end: { dateTime: '2026-11-24T11:00:00+01:00' } };
    expect((await api(`PATCH ${EVENTS}/${id}`, later)).json).toMatchObject({ sequence: 1 });
  });
});

describe('a PUT', () => {
  test('replaces everything, and needs everything', async () => {
    const { api, calendar } = setUpCalendar();
    const { id } = calendar.addEvent(meeting({ location: 'Here' }));
    const { json } = await api(`PUT ${EVENTS}/${id}`, meeting({ summary: 'New' }));
    expect(json).toMatchObject({ summary: 'New' });
    expect(json).not.toHaveProperty('location');
    expect(refusal(await api(`PUT ${EVENTS}/${id}`, { summary: 'New' }))).toBe('400 required');
  });
});

describe('a deleted event', () => {
  test('is gone once, can still be read, and comes back with its status', async () => {
    const { api, calendar } = setUpCalendar();
    const { id } = calendar.addEvent(meeting());
    const path = `${EVENTS}/${id}`;
    expect(await api(`DELETE ${path}`)).toMatchObject({ status: 204, text: '' });
    expect(refusal(await api(`DELETE ${path}`))).toBe('410 deleted');
    expect((await api(`GET ${path}`)).json).toMatchObject({ status: 'cancelled', summary: 'Meeting' });
    expect(eachOf(await api(`GET ${EVENTS}`), 'id')).toEqual([]);
    expect(refusal(await api(`PATCH ${path}`, { summary: 'New' }))).toBe('403 forbidden');
    expect(refusal(await api(`PUT ${path}`, meeting()))).toBe('403 forbidden');
    expect((await api(`PATCH ${path}`, { status: 'confirmed' })).status).toBe(200);
    expect(eachOf(await api(`GET ${EVENTS}`), 'id')).toEqual([id]);
    calendar.deleteEvent(id);
    expect((await api(`PUT ${path}`, meeting({ status: 'confirmed' }))).status).toBe(200);
    expect(refusal(await api(`DELETE ${EVENTS}/never00`))).toBe('404 notFound');
  });
});

describe('an event that somebody else organizes', () => {
  const invitation = meeting({
    organizer: { email: 'kim@example.org', displayName: 'Kim' },
    attendees: [{ email: 'kim@example.org' }, { email: 'ada@example.com' }],
  });

  test('can be answered and kept differently, not changed for others', async () => {
    const { api, calendar } = setUpCalendar();
    const { id } = calendar.addEvent(invitation);
    const path = `${EVENTS}/${id}`;
    const answered = await api(`PATCH ${path}`, {
      attendees: [{ email: 'kim@example.org' }, { email: 'ada@example.com', responseStatus: 'accepted' }],
      colorId: '3',
    });
    expect(answered.status).toBe(200);
    for (const change of [{ summary: 'Mine' }, { location: 'Here' }, { attendees: [] }]) {
      expect(refusal(await api(`PATCH ${path}`, change))).toBe('403 forbiddenForNonOrganizer');
    }
    expect(refusal(await api(`PUT ${path}`, meeting()))).toBe('403 forbiddenForNonOrganizer');
    expect((await api(`DELETE ${path}`)).status).toBe(204);
  });

  test('can be changed by guests who may', async () => {
    const { api, calendar } = setUpCalendar();
    const { id } = calendar.addEvent({ ...invitation, guestsCanModify: true });
    expect((await api(`PATCH ${EVENTS}/${id}`, { summary: 'Ours' })).status).toBe(200);
  });
});

describe('mails to guests', () => {
  const attendees = [
    { email: 'ada@example.com' },
    { email: 'grace@example.com' },
    { email: 'kim@example.org' },
  ];

  test('go out only where the client says so', async () => {
    const { api, calendar } = setUpCalendar();
    const { json } = await api(`POST ${EVENTS}`, meeting({ attendees }));
    await api(`PATCH ${EVENTS}/${idOf(json)}?sendUpdates=none`, { summary: 'New' });
    expect(calendar.sentMail()).toEqual([]);
    await api(`PATCH ${EVENTS}/${idOf(json)}?sendUpdates=all`, { summary: 'Newer' });
    await api(`DELETE ${EVENTS}/${idOf(json)}?sendUpdates=externalOnly`);
    await api(`POST ${EVENTS}?sendNotifications=true`, meeting({ attendees }));
    expect(calendar.sentMail().map(({ kind, to }) => [kind, ...to])).toEqual([
      ['update', 'grace@example.com', 'kim@example.org'],
      ['cancellation', 'kim@example.org'],
      ['invitation', 'grace@example.com', 'kim@example.org'],
    ]);
    const wrong = await api(`POST ${EVENTS}?sendUpdates=some`, meeting());
    expect(refusal(wrong)).toBe('400 invalid');
  });
});

describe('a conference', () => {
  const conferenceData = {
    createRequest: { requestId: 'one', conferenceSolutionKey: { type: 'hangoutsMeet' } },
  };
  const withConference = `${EVENTS}?conferenceDataVersion=1`;

  test('is pending at first and there when read', async () => {
    const { api } = setUpCalendar();
    const created = await api(`POST ${withConference}`, meeting({ conferenceData }));
    expect(created.json).toMatchObject({
      conferenceData: { createRequest: { requestId: 'one', status: { statusCode: 'pending' } } },
    });
    const { json } = await api(`GET ${EVENTS}/${idOf(created.json)}`);
    const { conferenceId } = fieldsOf(fieldsOf(json)['conferenceData']);
    expect(conferenceId).toMatch(/^[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
    expect(json).toMatchObject({
      hangoutLink: `https://meet.google.com/${conferenceId}`,
      conferenceData: {
        createRequest: { status: { statusCode: 'success' } },
        entryPoints: [{ entryPointType: 'video', uri: `https://meet.google.com/${conferenceId}` }],
      },
    });
  });

  test('exists only for clients that know of it', async () => {
    const { api } = setUpCalendar();
    const { json } = await api(`POST ${EVENTS}`, meeting({ conferenceData }));
    expect(json).not.toHaveProperty('conferenceData');
    const created = await api(`POST ${withConference}`, meeting({ conferenceData }));
    const path = `${EVENTS}/${idOf(created.json)}`;
    expect((await api(`PATCH ${path}`, { summary: 'New' })).json).toHaveProperty('conferenceData');
    expect((await api(`PUT ${path}`, meeting())).json).not.toHaveProperty('conferenceData');
  });

  test('is not made twice for one request, and fails for a solution that is none', async () => {
    const { api } = setUpCalendar();
    const path = `${EVENTS}/${idOf((await api(`POST ${withConference}`, meeting({ conferenceData }))).json)}`;
    const before = fieldsOf((await api(`GET ${path}`)).json)['conferenceData'];
    const again = await api(`PATCH ${path}?conferenceDataVersion=1`, { conferenceData });
    expect(fieldsOf(again.json)['conferenceData']).toEqual(before);
    const other = { createRequest: { requestId: 'two', conferenceSolutionKey: { type: 'phone' } } };
    await api(`PATCH ${path}?conferenceDataVersion=1`, { conferenceData: other });
    expect((await api(`GET ${path}`)).json).toMatchObject({
      conferenceData: { createRequest: { requestId: 'two', status: { statusCode: 'failure' } } },
    });
  });
});

describe('a move', () => {
  test('gives the event another organizer and leaves a cancelled one behind', async () => {
    const { api, calendar } = setUpCalendar();
    const other = calendar.addCalendar({ summary: 'Other' });
    const { id } = calendar.addEvent(meeting());
    const { json } = await api(`POST ${EVENTS}/${id}/move?destination=${other.id}`);
    expect(json).toMatchObject({ id, organizer: { email: other.id, displayName: 'Other', self: true } });
    expect((await api(`GET ${EVENTS}/${id}`)).json).toMatchObject({ status: 'cancelled' });
    expect(textOf((await api(`GET /calendars/${other.id}/events/${id}`)).json, 'status')).toBe('confirmed');
    expect(refusal(await api(`POST ${EVENTS}/${id}/move?destination=${other.id}`))).toBe('404 notFound');
  });
});
