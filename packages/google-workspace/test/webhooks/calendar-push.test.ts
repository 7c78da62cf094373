import { inspect } from 'node:util';
import { type CalendarPushOptions, parseCalendarPush } from '@context-sdk/google-workspace';
import { ConfigurationError, WebhookParseError, WebhookVerificationError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { fixture, hasFixtures, skipped } from '../support/fixtures.ts';

const TOKEN = '398348u3tu83ut8uu38';
const SENT = {
  'X-Goog-Channel-ID': 'c-1',
  'X-Goog-Channel-Token': TOKEN,
  'X-Goog-Channel-Expiration': 'Tue, 19 Nov 2013 01:13:52 GMT',
  'X-Goog-Resource-ID': 'r-1',
  'X-Goog-Resource-URI': 'https://www.googleapis.com/calendar/v3/calendars/a/events',
  'X-Goog-Resource-State': 'exists',
  'X-Goog-Message-Number': '10',
};

const lower = Object.fromEntries(Object.entries(SENT).map(([name, value]) => [name.toLowerCase(), value]));

test.each([
  ['Headers', new Headers(SENT)],
  ['an object', SENT],
  ["Node's headers", { ...lower, host: 'host.example', cookie: ['a', 'b'], absent: undefined }],
  ['lists of values', Object.fromEntries(Object.entries(SENT).map(([name, value]) => [name, [value]]))],
])('reads %s', async (_name, headers) => {
  expect(await parseCalendarPush(headers, { token: TOKEN })).toMatchObject({
    source: 'google-calendar',
    type: 'changed',
    id: 'c-1/10',
    verified: true,
    data: {
      channelId: 'c-1',
      resourceId: 'r-1',
      resourceState: 'exists',
      messageNumber: 10,
      expiresAt: Date.UTC(2013, 10, 19, 1, 13, 52),
    },
  });
});

test('the first notification is no change, and a channel need not say when it ends', async () => {
  const { 'X-Goog-Channel-Expiration': _, ...rest } = SENT;
  const event = await parseCalendarPush({ ...rest, 'X-Goog-Resource-State': 'sync' }, { token: TOKEN });
  expect(event.type).toBe('sync');
  expect(event.data).not.toHaveProperty('expiresAt');
  const gone = await parseCalendarPush({ ...SENT, 'X-Goog-Resource-State': 'not_exists' }, { token: TOKEN });
  expect(gone.type).toBe('changed');
});

test('what is passed on shows no token and no headers of others', async () => {
  const event = await parseCalendarPush({ ...SENT, cookie: 'session=canary' }, { token: TOKEN });
  expect(inspect(event, { depth: 9 })).not.toMatch(/canary|398348u3tu83ut8uu38/);
  expect(event.raw).toMatchObject({ 'x-goog-message-number': '10' });
});

test('a host with many channels looks the token up', async () => {
  const tokens = new Map([['c-1', TOKEN]]);
  const event = await parseCalendarPush(SENT, { token: (id) => tokens.get(id) });
  expect(event.data.channelId).toBe('c-1');
  await parseCalendarPush(SENT, { token: async (id) => tokens.get(id) });
});

const unverified: [string, headers: object, options: object][] = [
  ['a wrong token', { ...SENT, 'X-Goog-Channel-Token': `${TOKEN}x` }, { token: TOKEN }],
  ['half a token', { ...SENT, 'X-Goog-Channel-Token': TOKEN.slice(0, -1) }, { token: TOKEN }],
  ['no token', { ...SENT, 'X-Goog-Channel-Token': undefined }, { token: TOKEN }],
  ['an empty token', { ...SENT, 'X-Goog-Channel-Token': '' }, { token: () => '' }],
  ['an unknown channel', SENT, { token: () => undefined }],
  ['another channel', SENT, { token: TOKEN, channelId: 'c-2' }],
  ['another resource', SENT, { token: TOKEN, resourceId: 'r-2' }],
];

test.each(unverified)('refuses %s', async (_name, headers, options) => {
  const error = await failure(parseCalendarPush(headers as typeof SENT, options as CalendarPushOptions));
  expect(error).toBeInstanceOf(WebhookVerificationError);
  expect(inspect(error, { showHidden: true })).not.toContain(TOKEN);
});

const malformed: [header: string, headers: object][] = [
  ['X-Goog-Channel-ID', { ...SENT, 'X-Goog-Channel-ID': undefined }],
  ['X-Goog-Resource-ID', { ...SENT, 'X-Goog-Resource-ID': '' }],
  ['X-Goog-Resource-State', { ...SENT, 'X-Goog-Resource-State': undefined }],
  ['X-Goog-Resource-State', { ...SENT, 'X-Goog-Resource-State': 'constructor' }],
  ['X-Goog-Message-Number', { ...SENT, 'X-Goog-Message-Number': undefined }],
  ['X-Goog-Message-Number', { ...SENT, 'X-Goog-Message-Number': '-1' }],
  ['X-Goog-Message-Number', { ...SENT, 'X-Goog-Message-Number': '99999999999999999999' }],
  ['X-Goog-Channel-Expiration', { ...SENT, 'X-Goog-Channel-Expiration': 'soon' }],
  ['X-Goog-Channel-ID', { ...SENT, 'X-Goog-Channel-ID': ['c-1', 'c-2'] }],
  ['X-Goog-Channel-ID', {}],
];

test.each(malformed)('names %s where it does not fit', async (field, headers) => {
  const error = await failure(parseCalendarPush(headers as typeof SENT, { token: TOKEN }));
  expect(error).toBeInstanceOf(WebhookParseError);
  expect(error).toMatchObject({ field });
});

test.each([[''], [undefined], [7]])('the token %j is a mistake of the host', async (wrong) => {
  const options = { token: wrong } as CalendarPushOptions;
  expect(await failure(parseCalendarPush(SENT, options))).toBeInstanceOf(ConfigurationError);
});

test.skipIf(!hasFixtures)(`reads Google's own headers${skipped}`, async () => {
  for (const name of ['sync', 'exists']) {
    const headers = fixture(`calendar-push-${name}.headers.json`) as Record<string, string>;
    const event = await parseCalendarPush(headers, { token: TOKEN, resourceId: 'ret08u3rv24htgh289g' });
    expect(event.type).toBe(name === 'sync' ? 'sync' : 'changed');
    expect(event.data.channelId).toBe('4ba78bf0-6a47-11e2-bcfd-0800200c9a66');
  }
});
