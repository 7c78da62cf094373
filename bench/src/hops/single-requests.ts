import { AdoClient, personalAccessToken } from '@context-sdk/ado-client';
import { GoogleCalendarClient } from '@context-sdk/google-workspace';
import { TickTickClient } from '@context-sdk/ticktick-client';
import type { Prepare } from './count-hops.ts';

const ID = '6247ee29630c800f064fd145';
const HOUR = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };

/** A fetch that always gives the same JSON. */
function giving(body: unknown): typeof fetch {
  const init = { headers: { 'content-type': 'application/json' } };
  return async () => new Response(JSON.stringify(body), init);
}

/** Calls of one request, by a client with its default limits and a token as text. */
export const SINGLE_REQUESTS: Record<'tasks.get' | 'events.create' | 'workItems.update', () => Prepare> = {
  'tasks.get': () => {
    const task = { id: ID, projectId: ID, title: 'Call the bank' };
    const client = new TickTickClient({ auth: 'token', fetch: giving(task) });
    return () => () => client.tasks.get({ id: ID, projectId: ID });
  },
  'events.create': () => {
    const event = { id: 'planning', status: 'confirmed', summary: 'Planning', ...HOUR };
    const client = new GoogleCalendarClient({ auth: 'token', fetch: giving(event) });
    return () => () => client.events.create({ summary: 'Planning', ...HOUR });
  },
  'workItems.update': () => {
    const item = { id: 1, rev: 2, fields: { 'System.State': 'Active' } };
    const client = new AdoClient({
      organizationUrl: 'https://dev.azure.com/acme',
      project: 'Website',
      auth: personalAccessToken('a'.repeat(52)),
      fetch: giving(item),
    });
    return () => () => client.workItems.update(1, { state: 'Active' });
  },
};
