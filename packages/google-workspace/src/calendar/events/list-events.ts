import { type Listing, listing, oneDeadline } from '@context-sdk/oauth-core';
import { pages } from '../../requests/pages.ts';
import type { CalendarRequests } from '../calendar-requests.ts';
import { checkedId, SERVICE } from '../invalid.ts';
import type { CalendarEvent } from './event.ts';
import { type EventQuery, type InstanceQuery, instanceParameters, listParameters } from './event-query.ts';

export function listEvents(requests: CalendarRequests, query: EventQuery): Listing<CalendarEvent> {
  return listing(async function* () {
    const parameters = listParameters(query);
    const call = oneDeadline(query, SERVICE);
    const answers = pages((pageToken) =>
      requests.call('events.list', call, (api, library) =>
        api.events.list({ ...parameters, ...(pageToken !== undefined && { pageToken }) }, library),
      ),
    );
    for await (const answer of answers) yield* answer.list<CalendarEvent>('items', 'id');
  });
}

export function listInstances(
  requests: CalendarRequests,
  eventId: string,
  query: InstanceQuery,
): Listing<CalendarEvent> {
  return listing(async function* () {
    const parameters = { ...instanceParameters(query), eventId: checkedId(eventId, 'eventId') };
    const call = oneDeadline(query, SERVICE);
    const answers = pages((pageToken) =>
      requests.call('events.instances', call, (api, library) =>
        api.events.instances({ ...parameters, ...(pageToken !== undefined && { pageToken }) }, library),
      ),
    );
    for await (const answer of answers) yield* answer.list<CalendarEvent>('items', 'id');
  });
}
