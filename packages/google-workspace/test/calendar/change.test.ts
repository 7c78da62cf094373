import { allDay, type ChangeEventOptions, type EventChanges } from '@context-sdk/google-workspace';
import { ConflictError, NotFoundError, PermissionError } from '@context-sdk/oauth-core';
import type { Fault } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { googleFailure } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import { EMPTY, hour, plainHour, QUIET } from './times.ts';

const server = useSandbox();

describe('patch', () => {
  test('changes what is said, clears what is null, and leaves the rest', async () => {
    const { calendar } = await server.start(EMPTY);
    const { id } = await calendar.events.create(
      hour(9, { location: 'Elbe', description: 'Long', extendedProperties: { private: { a: '1' } } }),
    );
    const changes = { summary: 'New', description: null, location: undefined };
    const event = await calendar.events.patch(id, changes, QUIET);
    expect(event).toMatchObject({ summary: 'New', location: 'Elbe' });
    expect(event.description).toBeUndefined();
    expect(event.extendedProperties?.private).toMatchObject({ a: '1' });
  });

  test('makes a timed event last all day, and back', async () => {
    const { calendar } = await server.start(EMPTY);
    const { id } = await calendar.events.create(hour(9));
    const whole = await calendar.events.patch(id, allDay('2026-11-24'), QUIET);
    expect(whole.start).toMatchObject({ date: '2026-11-24' });
    expect(whole.start?.dateTime).toBeUndefined();
    const { start, end } = hour(11);
    const timed = await calendar.events.patch(id, { start, end }, QUIET);
    expect(timed.start?.dateTime).toBe('2026-11-23T11:00:00+01:00');
    expect(timed.start?.date).toBeUndefined();
  });

  test('with the etag of what was read, only changes that', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const read = await calendar.events.create(hour(9));
    const ifMatch = read.etag;
    await calendar.events.patch(read.id, { summary: 'Mine' }, { ...QUIET, ifMatch });
    const error = await failure(calendar.events.patch(read.id, { summary: 'Late' }, { ...QUIET, ifMatch }));
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({ status: 412, serviceCode: 'conditionNotMet' });
    expect(sandbox.google.testUser().calendar.events()).toMatchObject([{ summary: 'Mine' }]);
  });

  test.each<Fault>([
    { kind: 'reset', when: 'after' },
    { kind: 'status', status: 503, when: 'after' },
    { kind: 'page', status: 200, when: 'after' },
  ])('with an etag, %j: its own change is no conflict', async (fault) => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const read = await calendar.events.create(hour(9, { location: 'Elbe', colorId: '4' }));
    const { start, end } = hour(11);
    sandbox.faults.inject(fault, { path: /events\/./ });
    const changes = { start, end, summary: 'Mine', location: null, transparency: 'opaque' };
    const changed = await calendar.events.patch(read.id, changes, { ...QUIET, ifMatch: read.etag });
    expect(changed).toMatchObject({ summary: 'Mine', start: { dateTime: '2026-11-23T11:00:00+01:00' } });
    sandbox.faults.inject(fault, { path: /events\/./ });
    const replaced = await calendar.events.replace(read.id, hour(10), { ...QUIET, ifMatch: changed.etag });
    expect(replaced).toMatchObject({ start: { dateTime: '2026-11-23T10:00:00+01:00' } });
    expect(sandbox.google.testUser().calendar.events()).toMatchObject([{ etag: replaced.etag }]);
  });

  test('with an etag: attachments, which a replacement leaves, make no conflict of it', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const attachments = [{ fileUrl: 'https://drive.google.com/file/d/1', title: 'Plan' }];
    const { id, etag } = await calendar.events.create(hour(9, { attachments }));
    sandbox.faults.inject({ kind: 'reset', when: 'after' }, { path: /events\/./ });
    const replaced = await calendar.events.replace(id, hour(10), { ...QUIET, ifMatch: etag });
    expect(replaced).toMatchObject({ attachments, start: { dateTime: '2026-11-23T10:00:00+01:00' } });
  });

  test.each<Fault>([
    { kind: 'reset', when: 'before' },
    { kind: 'status', status: 503 },
  ])('with an etag, %j: somebody else’s change is a conflict', async (fault) => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const { id, etag } = await calendar.events.create(hour(9, { location: 'Elbe' }));
    const others = sandbox.google.testUser().calendar;
    others.updateEvent(id, { summary: 'Theirs' });
    sandbox.faults.inject(fault, { path: /events\/./ });
    const own = { summary: 'Mine' };
    expect(await failure(calendar.events.patch(id, own, { ...QUIET, ifMatch: etag }))).toBeInstanceOf(
      ConflictError,
    );
    others.updateEvent(id, plainHour(10));
    sandbox.faults.inject(fault, { path: /events\/./ });
    // It would have cleared the place.
    expect(await failure(calendar.events.replace(id, hour(10), { ...QUIET, ifMatch: etag }))).toBeInstanceOf(
      ConflictError,
    );
    expect(others.events()).toMatchObject([{ location: 'Elbe' }]);
  });

  test('tells Google that it understands what it sends', async () => {
    const { client, requests } = clientOf([{ id: 'a1b2c' }]);
    await client.events.patch('a1b2c', { conferenceData: null, attachments: null }, { sendUpdates: 'all' });
    expect(requests[0]).toMatchObject({
      method: 'PATCH',
      query: { sendUpdates: 'all', conferenceDataVersion: '1', supportsAttachments: 'true' },
      json: { conferenceData: null, attachments: null },
    });
  });

  const refused: [field: string, changes: unknown, options: unknown][] = [
    ['changes', {}, QUIET],
    ['changes', { summary: undefined }, QUIET],
    ['sendUpdates', { summary: 'x' }, {}],
    ['sendUpdates', { summary: 'x' }, undefined],
    ['sendUpdates', { summary: 'x' }, { sendUpdates: 'some' }],
    ['start', { start: null }, QUIET],
    ['end', { start: { date: '2026-11-23' }, end: { date: '2026-11-23' } }, QUIET],
    ['start.timeZone', { start: { dateTime: new Date() }, recurrence: ['RRULE:FREQ=DAILY'] }, QUIET],
    ['ifMatch', { summary: 'x' }, { ...QUIET, ifMatch: 'no-quotes' }],
    ['ifMatch', { summary: 'x' }, { ...QUIET, ifMatch: '"a"\r\nX-Evil: 1' }],
    ['reminders.overrides[0].minutes', { reminders: { overrides: [{ method: 'popup' }] } }, QUIET],
  ];

  test.each(refused)('names %s of %j', async (field, changes, options) => {
    const { client, requests } = clientOf([{ id: 'a1b2c' }]);
    const sent = client.events.patch('a1b2c', changes as EventChanges, options as ChangeEventOptions);
    expect(await failure(sent)).toMatchObject({ code: 'invalid_request', field });
    expect(requests).toEqual([]);
  });

  test('an error of the service comes as it is', async () => {
    const { client } = clientOf([googleFailure(403, 'forbiddenForNonOrganizer')]);
    const error = await failure(client.events.patch('a1b2c', { summary: 'x' }, QUIET));
    expect(error).toBeInstanceOf(PermissionError);
    expect(error).toMatchObject({ serviceCode: 'forbiddenForNonOrganizer' });
  });
});

describe('replace', () => {
  test('clears what is left out', async () => {
    const { calendar } = await server.start(EMPTY);
    const { id, etag } = await calendar.events.create(hour(9, { location: 'Elbe' }));
    const event = await calendar.events.replace(id, hour(10), { ...QUIET, ifMatch: etag });
    expect(event.start?.dateTime).toBe('2026-11-23T10:00:00+01:00');
    expect(event.location).toBeUndefined();
    const late = calendar.events.replace(id, hour(11), { ...QUIET, ifMatch: etag });
    expect(await failure(late)).toBeInstanceOf(ConflictError);
  });

  test('wants a whole event', async () => {
    const { client, requests } = clientOf([{ id: 'a1b2c' }]);
    const sent = client.events.replace('a1b2c', { summary: 'x' } as ReturnType<typeof hour>, QUIET);
    expect(await failure(sent)).toMatchObject({ field: 'start' });
    expect(requests).toEqual([]);
  });
});

describe('delete', () => {
  test('deletes; what is gone, or never was, is a success', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const { id } = await calendar.events.create(hour(9));
    expect(await calendar.events.delete(id, QUIET)).toBeUndefined();
    expect(sandbox.google.testUser().calendar.events()).toMatchObject([{ status: 'cancelled' }]);
    await calendar.events.delete(id, QUIET);
    expect(sandbox.requests.at(-1)?.status).toBe(410);
    await calendar.events.delete('neverwas', QUIET);
    expect(sandbox.requests.at(-1)?.status).toBe(404);
  });

  test('does nothing to an event that was changed since', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const { id, etag } = await calendar.events.create(hour(9));
    sandbox.google.testUser().calendar.updateEvent(id, { summary: 'New' });
    const error = await failure(calendar.events.delete(id, { ...QUIET, ifMatch: etag }));
    expect(error).toBeInstanceOf(ConflictError);
    expect(sandbox.google.testUser().calendar.events()).toMatchObject([{ status: 'confirmed' }]);
  });

  test('needs a word on who hears of it', async () => {
    const { client, requests } = clientOf([new Response(null, { status: 204 })]);
    expect(await failure(client.events.delete('a1b2c', {} as ChangeEventOptions))).toMatchObject({
      field: 'sendUpdates',
    });
    expect(requests).toEqual([]);
  });
});

describe('move', () => {
  test('moves an event to another calendar', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const { id: other } = sandbox.google.testUser().calendar.addCalendar({ summary: 'Klettern' });
    const { id } = await calendar.events.create(hour(9));
    await calendar.events.move(id, other, QUIET);
    expect(await calendar.events.find(id)).toBeUndefined();
    expect(await calendar.events.get(id, { calendarId: other })).toMatchObject({ summary: 'Planning' });
  });

  test('is never sent twice on a lost answer', async () => {
    const { client, requests } = clientOf([new Response(null, { status: 503 })]);
    expect(await failure(client.events.move('a1b2c', 'other', QUIET))).toMatchObject({ status: 503 });
    expect(requests).toHaveLength(1);
    expect(await failure(client.events.move('a1b2c', '', QUIET))).toMatchObject({ field: 'destination' });
  });
});

test('changes of what does not exist', async () => {
  const { calendar } = await server.start(EMPTY);
  expect(await failure(calendar.events.patch('neverwas', { summary: 'x' }, QUIET))).toBeInstanceOf(
    NotFoundError,
  );
});
