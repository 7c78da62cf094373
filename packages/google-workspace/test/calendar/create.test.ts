import { ConflictError, InvalidRequestError, PermissionError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { googleFailure } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import { EMPTY, hour, QUIET } from './times.ts';

const server = useSandbox();

test('creates the event of the guide, in the zone of its caller, without a Z and without an absent description', async () => {
  const { client, requests } = clientOf([{ id: 'a1b2c' }]);
  const reminders = { useDefault: false, overrides: [{ method: 'popup', minutes: 10 }] };
  await client.events.create(hour(9, { reminders, description: undefined }));
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    method: 'POST',
    path: '/calendar/v3/calendars/primary/events',
    query: {},
    json: {
      summary: 'Planning',
      start: { dateTime: '2026-11-23T09:00:00', timeZone: 'Europe/Zurich' },
      end: { dateTime: '2026-11-23T10:00:00', timeZone: 'Europe/Zurich' },
      reminders,
    },
  });
  expect(requests[0]?.json).not.toHaveProperty('description');
});

test('a Date is sent as the zone shows it, or in UTC without a zone', async () => {
  const { client, requests } = clientOf([{ id: 'a1b2c' }]);
  const start = { dateTime: new Date('2026-07-01T07:00:00Z'), timeZone: 'America/Los_Angeles' };
  await client.events.create({ start, end: { dateTime: new Date('2026-07-01T08:00:00Z') } });
  expect(requests[0]?.json).toMatchObject({
    start: { dateTime: '2026-07-01T00:00:00-07:00', timeZone: 'America/Los_Angeles' },
    end: { dateTime: '2026-07-01T08:00:00.000Z' },
  });
});

test('what is created is there, with everything that was said of it', async () => {
  const { calendar, sandbox } = await server.start(EMPTY);
  const said = {
    location: 'Raum Elbe',
    attendees: [{ email: 'grace@example.com' }],
    extendedProperties: { private: { task: '42' }, shared: { room: '7' } },
    attachments: [{ fileUrl: 'https://drive.google.com/open?id=x' }],
    conferenceData: {
      createRequest: { requestId: 'r-1', conferenceSolutionKey: { type: 'hangoutsMeet' } },
    },
  };
  const event = await calendar.events.create(hour(9, said), { sendUpdates: 'all' });
  expect(event).toMatchObject({ summary: 'Planning', location: 'Raum Elbe', status: 'confirmed' });
  expect(event.attendees).toHaveLength(1);
  expect(event.attachments).toHaveLength(1);
  expect(event.conferenceData?.createRequest?.requestId).toBe('r-1');
  expect(event.extendedProperties).toMatchObject(said.extendedProperties);
  expect(sandbox.requests.at(-1)?.query).toMatchObject({ conferenceDataVersion: '1' });
  expect(sandbox.google.testUser().calendar.events()).toHaveLength(1);
  expect(sandbox.google.testUser().calendar.sentMail()).not.toEqual([]);
});

test('a lost answer is settled by looking: one event', async () => {
  const { calendar, sandbox } = await server.start(EMPTY);
  const fault = sandbox.faults.inject({ kind: 'cut-body' }, { operation: 'calendar.events.insert' });
  const event = await calendar.events.create(hour(9));
  expect(fault.hits).toBe(1);
  expect(sandbox.requests.map(({ operation }) => operation)).toEqual([
    'calendar.events.insert',
    'calendar.events.insert',
    'calendar.events.get',
  ]);
  expect(sandbox.google.testUser().calendar.events()).toEqual([expect.objectContaining({ id: event.id })]);
});

test('the same key is the same event, in whichever process and at the same time', async () => {
  const { calendar, sandbox } = await server.start(EMPTY);
  const key = 'user-1/task/42';
  const events = await Promise.all([1, 2, 3].map(() => calendar.events.create(hour(9), { key, ...QUIET })));
  expect(new Set(events.map(({ id }) => id)).size).toBe(1);
  expect(events[0]?.id).toMatch(/^[a-v0-9]{52}$/);
  const other = await calendar.events.create(hour(9), { key: 'user-1/task/43' });
  expect(other.id).not.toBe(events[0]?.id);
  expect(sandbox.google.testUser().calendar.events()).toHaveLength(2);
});

test('an event that exists under the key is given as it is now', async () => {
  const { calendar, sandbox } = await server.start(EMPTY);
  const { id } = await calendar.events.create(hour(9), { key: 'k' });
  sandbox.google.testUser().calendar.updateEvent(id, { summary: 'Moved by hand' });
  expect(await calendar.events.create(hour(11), { key: 'k' })).toMatchObject({
    id,
    summary: 'Moved by hand',
  });
});

test('an event that was deleted comes back under its key, as it is asked for now', async () => {
  const { calendar, sandbox } = await server.start(EMPTY);
  const { id } = await calendar.events.create(hour(9), { key: 'k' });
  sandbox.google.testUser().calendar.deleteEvent(id);
  const event = await calendar.events.create(hour(11, { summary: 'Again' }), { key: 'k' });
  expect(event).toMatchObject({ id, status: 'confirmed', summary: 'Again' });
  expect(sandbox.google.testUser().calendar.events()).toHaveLength(1);
});

test('an id of the host is used; one that is taken is a conflict, also after its event was deleted', async () => {
  const { calendar, sandbox } = await server.start(EMPTY);
  const { id } = await calendar.events.create(hour(9, { id: 'host0001' }));
  expect(id).toBe('host0001');
  expect(await failure(calendar.events.create(hour(10, { id })))).toBeInstanceOf(ConflictError);
  sandbox.google.testUser().calendar.deleteEvent(id);
  expect(await failure(calendar.events.create(hour(10, { id })))).toBeInstanceOf(ConflictError);
});

test('an event of somebody else under the id of the key is a conflict', async () => {
  const foreign = {
    id: 'x',
    status: 'confirmed',
    extendedProperties: { private: { contextSdkRequest: 'no' } },
  };
  const { client, requests } = clientOf([googleFailure(409, 'duplicate'), foreign]);
  expect(await failure(client.events.create(hour(9), { key: 'k' }))).toBeInstanceOf(ConflictError);
  expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
});

test('a conflict that is no duplicate, or whose event is not to be found, stays one', async () => {
  const busy = clientOf([googleFailure(409, 'conflict')]);
  expect(await failure(busy.client.events.create(hour(9)))).toBeInstanceOf(ConflictError);
  expect(busy.requests).toHaveLength(1);
  const gone = clientOf([googleFailure(409, 'duplicate'), googleFailure(404, 'notFound')]);
  expect(await failure(gone.client.events.create(hour(9)))).toBeInstanceOf(ConflictError);
  const refused = clientOf([googleFailure(409, 'duplicate'), googleFailure(403, 'forbidden')]);
  expect(await failure(refused.client.events.create(hour(9)))).toBeInstanceOf(PermissionError);
});

test('guests need a word on who hears of it, before anything is sent', async () => {
  const { client, requests } = clientOf([{ id: 'a1b2c' }]);
  const event = hour(9, { attendees: [{ email: 'grace@example.com' }] });
  const error = await failure(client.events.create(event));
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect(error).toMatchObject({ field: 'sendUpdates' });
  expect(requests).toEqual([]);
  await client.events.create({ ...event, attendees: [] });
});

test('labels, attachments and conferences are sent with the word that we understand them', async () => {
  const { client, requests } = clientOf([{ id: 'a1b2c' }]);
  await client.events.create(hour(9, { eventLabelId: 'l', attachments: [], conferenceData: {} }));
  await client.events.create(hour(9, { conferenceData: {} }), { conferenceDataVersion: 0 });
  expect(requests[0]?.query).toEqual({
    conferenceDataVersion: '1',
    eventLabelVersion: '1',
    supportsAttachments: 'true',
  });
  expect(requests[1]?.query).toEqual({ conferenceDataVersion: '0' });
});
