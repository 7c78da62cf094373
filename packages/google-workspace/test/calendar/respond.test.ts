import { type EventResponse, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { failure, IMPATIENT } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import { EMPTY, hour, QUIET } from './times.ts';

const server = useSandbox();
const GRACE = 'grace@example.com';

async function invited(recurrence?: string[]) {
  const { calendar, sandbox } = await server.start(EMPTY);
  const auth = sandbox.google.issueToken({ account: GRACE }).accessToken;
  const grace = new GoogleCalendarClient({ auth, limits: [], retry: IMPATIENT });
  const attendees = [{ email: GRACE }, { email: 'noor@example.org', responseStatus: 'accepted' }];
  const { id } = await calendar.events.create(hour(9, { attendees, recurrence }), QUIET);
  return { calendar, sandbox, grace, id };
}

describe('19.respond', () => {
  test.each(['accepted', 'declined', 'tentative'] as const)('%s reaches the organizer', async (response) => {
    const { calendar, grace, id } = await invited();
    const own = await grace.events.respond(id, response, { comment: 'Gladly' });
    expect(own.attendees).toMatchObject([{ email: GRACE, responseStatus: response }, {}]);
    expect((await calendar.events.get(id)).attendees).toMatchObject([
      { email: GRACE, responseStatus: response, comment: 'Gladly' },
      { email: 'noor@example.org', responseStatus: 'accepted' },
    ]);
  });

  test('keeps the answers that others gave meanwhile, and the comment', async () => {
    const { calendar, sandbox, grace, id } = await invited();
    await grace.events.respond(id, 'tentative', { comment: 'Perhaps' });
    sandbox.google.testUser().calendar.updateEvent(id, {
      attendees: [
        { email: GRACE, responseStatus: 'tentative', comment: 'Perhaps' },
        { email: 'noor@example.org', responseStatus: 'declined' },
      ],
    });
    await grace.events.respond(id, 'accepted');
    expect((await calendar.events.get(id)).attendees).toMatchObject([
      { responseStatus: 'accepted', comment: 'Perhaps' },
      { responseStatus: 'declined' },
    ]);
  });

  test('answers one instance of a series', async () => {
    const { calendar, grace, id } = await invited(['RRULE:FREQ=DAILY;COUNT=3']);
    const instances = await grace.events.instances(id).toArray();
    const second = String(instances[1]?.id);
    await grace.events.respond(second, 'declined');
    expect((await calendar.events.get(second)).attendees?.[0]).toMatchObject({ responseStatus: 'declined' });
    expect((await calendar.events.get(id)).attendees?.[0]).toMatchObject({ responseStatus: 'needsAction' });
  });

  test('answers an invitation to an address in other letters', async () => {
    const { calendar, grace } = await invited();
    const attendees = [{ email: 'Grace@Example.COM' }];
    const { id } = await calendar.events.create(hour(11, { attendees }), QUIET);
    expect((await grace.events.respond(id, 'accepted')).attendees).toMatchObject([{ self: true }]);
    expect((await calendar.events.get(id)).attendees).toMatchObject([{ responseStatus: 'accepted' }]);
  });

  test('is for guests only, and names what can not be right', async () => {
    const { calendar, grace, id } = await invited();
    expect(await failure(calendar.events.respond(id, 'accepted'))).toMatchObject({ field: 'eventId' });
    const { client, requests } = clientOf([{}]);
    expect(await failure(client.events.respond('e', 'yes' as EventResponse))).toMatchObject({
      field: 'response',
    });
    const comment = 7 as unknown as string;
    expect(await failure(client.events.respond('e', 'accepted', { comment }))).toMatchObject({
      field: 'comment',
    });
    expect(requests).toEqual([]);
    expect(await failure(grace.events.respond('nothing', 'accepted'))).toMatchObject({ code: 'not_found' });
  });
});

test('19.quickAdd: Google reads the sentence', async () => {
  const { calendar } = await server.start(EMPTY);
  expect(await calendar.events.quickAdd('Lunch on 2026-11-24 at 12:30', QUIET)).toMatchObject({
    summary: 'Lunch',
    start: { dateTime: '2026-11-24T12:30:00+01:00' },
  });
  expect(await failure(calendar.events.quickAdd(' ', QUIET))).toMatchObject({ field: 'text' });
});
