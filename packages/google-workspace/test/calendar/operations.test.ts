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

const calls: Record<SingleOperation, (client: ReturnType<typeof clientOf>['client']) => Promise<unknown>> = {
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
      { id: 'x', resourceId: 'r', expiration: '1', items: [], calendars: {} },
    ]);
    await call(client);
    const path = described?.path.replace('{calendarId}', 'c').replace('{eventId}', 'e');
    expect(requests).toMatchObject([{ method: described?.httpMethod }]);
    expect(requests[0]?.url.href.split('?')[0]).toBe(`${rootUrl}${servicePath}${path}`);
    expect(scopes.toSorted()).toEqual(described?.scopes.toSorted());
  },
);

test('one request is one unit of the quota, and reading is no writing', () => {
  for (const [name, { safety, cost }] of Object.entries(CALENDAR_OPERATIONS)) {
    expect(cost).toBeUndefined();
    expect(safety === 'safe').toBe(/\.(get|list|instances|query)$/.test(name));
  }
});
