import { describe, expect, test } from 'vitest';
import { fieldsOf, idOf, listOf } from '../support.ts';
import { calendarApi, eachOf, EVENTS, meeting, setUpCalendar } from './calendar-support.ts';

const ADAS = '/calendars/ada@example.com/events';

/** Ada's calendar with a private and an ordinary event, shared with Grace. */
function setUp(role: 'reader' | 'writerWithoutPrivateAccess' | 'writer' | 'freeBusyReader') {
  const { sandbox, calendar } = setUpCalendar();
  const guest = { attendees: [{ email: 'kim@elsewhere.example' }] };
  calendar.addEvent(
    meeting({
      id: 'secret1',
      summary: 'Surgery',
      description: 'Ward 3',
      location: 'Hospital',
      visibility: 'private',
      extendedProperties: { shared: { ward: '3' } },
      ...guest,
    }),
  );
  calendar.addEvent(meeting({ id: 'plain1', summary: 'Standup', ...guest }));
  calendar.shareCalendar('primary', 'grace@example.com', role);
  return { grace: calendarApi(sandbox, { account: 'grace@example.com' }), ada: calendarApi(sandbox) };
}

describe('a private event', () => {
  test.each(['reader', 'writerWithoutPrivateAccess'] as const)(
    'shows a %s that it is there',
    async (role) => {
      const { grace } = setUp(role);
      const [secret, plain] = listOf(fieldsOf((await grace(`GET ${ADAS}`)).json)['items']);
      expect(plain).toMatchObject({ summary: 'Standup' });
      expect(secret).toMatchObject({
        id: 'secret1',
        status: 'confirmed',
        visibility: 'private',
        start: { timeZone: 'Europe/Berlin' },
      });
      expect(JSON.stringify(secret)).not.toMatch(/Surgery|Ward|Hospital|kim@|ward/);
      expect((await grace(`GET ${ADAS}/secret1`)).json).toEqual(secret);
    },
  );

  test('is not found by what it says', async () => {
    const { grace, ada } = setUp('reader');
    for (const search of ['q=Surgery', 'sharedExtendedProperty=ward%3D3']) {
      expect(eachOf(await ada(`GET ${EVENTS}?${search}`), 'id')).toEqual(['secret1']);
      expect(eachOf(await grace(`GET ${ADAS}?${search}`), 'id')).toEqual([]);
    }
  });

  test('keeps its secret in the response to a change', async () => {
    const { grace } = setUp('writerWithoutPrivateAccess');
    const changed = await grace(`PATCH ${ADAS}/secret1`, { colorId: '3' });
    expect(JSON.stringify(changed.json)).not.toMatch(/Surgery|Ward|Hospital|kim@/);
  });

  test('is all there for a writer, and none of any event for who sees free and busy times', async () => {
    expect((await setUp('writer').grace(`GET ${ADAS}/secret1`)).json).toMatchObject({ summary: 'Surgery' });
    const { grace } = setUp('freeBusyReader');
    const answer = await grace(`GET ${ADAS}`);
    expect(answer.text).not.toMatch(/Surgery|Standup/);
    expect(eachOf(answer, 'id')).toEqual(['secret1', 'plain1']);
    expect(eachOf(await grace(`GET ${ADAS}?q=Standup`), 'id')).toEqual([]);
  });
});

test('an instance of a private series is private', async () => {
  const { ada, grace } = setUp('reader');
  const series = await ada(
    `POST ${EVENTS}`,
    meeting({ visibility: 'private', recurrence: ['RRULE:FREQ=DAILY;COUNT=2'] }),
  );
  const instances = await grace(`GET ${ADAS}/${idOf(series.json)}/instances`);
  expect(listOf(fieldsOf(instances.json)['items'])).toHaveLength(2);
  expect(instances.text).not.toContain('Meeting');
});
