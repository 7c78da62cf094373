import { expect, test } from 'vitest';
// The table is not exported: hosts see what it does, and this compares it with Google's own description.
import { CALENDAR_OPERATIONS } from '../../src/calendar/operations.ts';
import { discoveryDocument, hasFixtures, skipped } from '../support/fixtures.ts';
import { clientOf } from './client-of.ts';
import { hour, QUIET } from './times.ts';

interface Described {
  httpMethod: string;
  path: string;
  scopes: string[];
}

interface Document {
  rootUrl: string;
  servicePath: string;
  resources: Record<string, { methods: Record<string, Described> }>;
}

/** Batches are no methods of the document. */
type SingleOperation = Exclude<keyof typeof CALENDAR_OPERATIONS, `${string}Many`>;

const ICS =
  'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTART;VALUE=DATE:20261123\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';

const calls: Record<SingleOperation, (client: ReturnType<typeof clientOf>['client']) => Promise<unknown>> = {
  'acl.create': (client) =>
    client.acl.create(
      { role: 'reader', scope: { type: 'default' } },
      { calendarId: 'c', sendNotifications: false },
    ),
  'acl.delete': (client) => client.acl.delete('r', { calendarId: 'c' }),
  'acl.get': (client) => client.acl.get('r', { calendarId: 'c' }),
  'acl.list': (client) => client.acl.list({ calendarId: 'c' }).toArray(),
  'acl.patch': (client) =>
    client.acl.patch('r', { role: 'reader' }, { calendarId: 'c', sendNotifications: false }),
  'calendarList.insert': (client) => client.calendarList.insert('c'),
  'calendarList.patch': (client) => client.calendarList.patch('c', { selected: true }),
  'calendarList.remove': (client) => client.calendarList.remove('c'),
  'calendarList.sync': (client) => client.calendarList.sync(),
  'calendarList.watch': (client) => client.calendarList.watch({ address: 'https://host.example' }),
  'calendars.clear': (client) => client.calendars.clear('primary'),
  'calendars.create': (client) => client.calendars.create({ summary: 'x' }),
  'calendars.delete': (client) => client.calendars.delete('c'),
  'calendars.patch': (client) => client.calendars.patch('c', { summary: 'x' }),
  'colors.get': (client) => client.colors.get(),
  'events.import': (client) => client.events.import(ICS, { calendarId: 'c' }),
  'events.quickAdd': (client) => client.events.quickAdd('x', { calendarId: 'c', ...QUIET }),
  'settings.get': (client) => client.settings.get('s'),
  'settings.list': (client) => client.settings.list().toArray(),
  'calendars.get': (client) => client.calendars.get('c'),
  'calendars.list': (client) => client.calendars.list().toArray(),
  'events.stop': (client) => client.events.stop({ id: 'i', resourceId: 'r' }),
  'events.delete': (client) => client.events.delete('e', { calendarId: 'c', ...QUIET }),
  'events.get': (client) => client.events.get('e', { calendarId: 'c' }),
  'events.create': (client) => client.events.create(hour(9), { calendarId: 'c' }),
  'events.instances': (client) => client.events.instances('e', { calendarId: 'c' }).toArray(),
  'events.list': (client) => client.events.list({ calendarId: 'c' }).toArray(),
  'events.move': (client) => client.events.move('e', 'd', { calendarId: 'c', ...QUIET }),
  'events.patch': (client) => client.events.patch('e', { summary: 'x' }, { calendarId: 'c', ...QUIET }),
  'events.replace': (client) => client.events.replace('e', hour(9), { calendarId: 'c', ...QUIET }),
  'events.watch': (client) => client.events.watch({ address: 'https://host.example', calendarId: 'c' }),
  'freeBusy.query': (client) =>
    client.freeBusy.query({ from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' }),
};

test.skipIf(!hasFixtures).each(Object.entries(calls))(
  `%s goes where Google's discovery document says, and knows its scopes${skipped}`,
  async (name, call) => {
    const { library, scopes } = CALENDAR_OPERATIONS[name as keyof typeof CALENDAR_OPERATIONS];
    const { rootUrl, servicePath, resources } = discoveryDocument('calendar-v3') as Document;
    const [resource = '', method = ''] = library.split('.');
    const described = resources[resource]?.methods[method];
    const { client, requests } = clientOf([
      {
        id: 'x',
        value: 'v',
        resourceId: 'r',
        expiration: '1',
        items: [],
        calendars: {},
        calendar: {},
        event: {},
        nextSyncToken: 't',
      },
    ]);
    await call(client);
    const path = described?.path
      .replace('{calendarId}', name === 'calendars.clear' ? 'primary' : 'c')
      .replace('{eventId}', 'e')
      .replace('{ruleId}', 'r')
      .replace('{setting}', 's');
    expect(requests).toMatchObject([{ method: described?.httpMethod }]);
    expect(requests[0]?.url.href.split('?')[0]).toBe(`${rootUrl}${servicePath}${path}`);
    expect(scopes.toSorted()).toEqual(described?.scopes.toSorted());
  },
);

test('one request is one unit of the quota, and reading is no writing', () => {
  for (const [name, { safety, cost }] of Object.entries(CALENDAR_OPERATIONS)) {
    expect(cost).toBeUndefined();
    expect(safety === 'safe').toBe(/\.(get|list|instances|query|sync)$/.test(name));
  }
});
