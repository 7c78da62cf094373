import { describe, expect, test } from 'vitest';
import { fieldsOf, textOf } from '../support.ts';
import { EVENTS, meeting, received, refusal, setUpCalendar } from './calendar-support.ts';

const ADDRESS = 'https://host.example/push';
const WATCH = `POST ${EVENTS}/watch`;

describe('19.sandbox: channels of any life', () => {
  const channel = (id: string, more: object = {}): object => ({
    id,
    type: 'web_hook',
    address: ADDRESS,
    ...more,
  });

  test.each([
    ['a week unless told otherwise', {}, {}, 604_800_000],
    ['what is asked for in seconds', {}, { params: { ttl: '90' } }, 90_000],
    ['no more than Google grants', { maxChannelSeconds: 5 }, { params: { ttl: '90' } }, 5_000],
    ['no more than Google grants, unasked', { maxChannelSeconds: 3600 }, {}, 3_600_000],
  ])('%s', async (_name, google, more, lifeMs) => {
    const { api, sandbox } = setUpCalendar({ google });
    const { json } = await api(WATCH, channel('c1', more));
    expect(Number(textOf(json, 'expiration')) - sandbox.clock.now()).toBe(lifeMs);
  });

  test('an end is taken as text and as a number, and not from the past', async () => {
    const { api, sandbox } = setUpCalendar();
    const at = sandbox.clock.now() + 60_000;
    for (const expiration of [at, String(at)]) {
      const { json } = await api(WATCH, channel(`c-${typeof expiration}`, { expiration }));
      expect(json).toMatchObject({ expiration: String(at) });
    }
    expect(refusal(await api(WATCH, channel('c3', { expiration: at - 120_000 })))).toBe('400 invalid');
  });

  test('one that has ended tells nothing, whether its end was told or not', async () => {
    const notifications: Headers[] = [];
    const { api, sandbox, calendar } = setUpCalendar({
      google: { maxChannelSeconds: 5, showsChannelExpiration: false, deliver: received(notifications) },
    });
    expect(fieldsOf((await api(WATCH, channel('c1'))).json)).not.toHaveProperty('expiration');
    sandbox.clock.advance(4_000);
    calendar.addEvent(meeting({}));
    sandbox.clock.advance(2_000);
    calendar.addEvent(meeting({}));
    await sandbox.google.push.settled();
    expect(notifications.map((headers) => headers.get('x-goog-resource-state'))).toEqual(['sync', 'exists']);
  });
});

test('19.sandbox: a group has members, those that can not be read, too, or is too large', async () => {
  const { api, calendar } = setUpCalendar();
  calendar.addGroup('all@example.com', ['ada@example.com', 'gone@example.com']);
  calendar.addEvent(meeting({}));
  const ask = async (groupExpansionMax: number): Promise<unknown> => {
    const range = { timeMin: '2026-11-24T00:00:00Z', timeMax: '2026-11-25T00:00:00Z' };
    return (await api('POST /freeBusy', { ...range, groupExpansionMax, items: [{ id: 'all@example.com' }] }))
      .json;
  };
  expect(await ask(2)).toMatchObject({
    groups: { 'all@example.com': { calendars: ['ada@example.com', 'gone@example.com'] } },
    calendars: {
      'ada@example.com': { busy: [{ start: '2026-11-24T08:00:00Z' }] },
      'gone@example.com': { errors: [{ reason: 'notFound' }] },
    },
  });
  expect(await ask(1)).toMatchObject({
    groups: { 'all@example.com': { errors: [{ reason: 'groupTooBig' }] } },
  });
});

test.each([
  [undefined, '410 fullSyncRequired'],
  ['gone', '410 gone'],
  ['invalid', '400 invalid'],
] as const)('19.sandbox: positions of events are refused by switch: %s', async (how, expected) => {
  const { api, calendar } = setUpCalendar();
  const syncToken = textOf((await api(`GET ${EVENTS}`)).json, 'nextSyncToken');
  expect((await api(`GET ${EVENTS}?syncToken=${encodeURIComponent(syncToken)}`)).status).toBe(200);
  calendar.expireSyncTokens('primary', how);
  expect(refusal(await api(`GET ${EVENTS}?syncToken=${encodeURIComponent(syncToken)}`))).toBe(expected);
  expect((await api(`GET ${EVENTS}`)).status).toBe(200);
});
