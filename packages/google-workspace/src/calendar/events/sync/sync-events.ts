import { NotFoundError, oneDeadline } from '@context-sdk/oauth-core';
import type { ListingEvents } from '../../../library/calendar-library.ts';
import { pages } from '../../../requests/pages.ts';
import type { CalendarRequests } from '../../calendar-requests.ts';
import { SERVICE } from '../../invalid.ts';
import type { CalendarEvent } from '../event.ts';
import { cursorOf, positionIn, syncParameters } from './sync-cursor.ts';
import type { CalendarChanges, SyncOptions } from './sync-options.ts';

/** 410 is also the answer for what was deleted; only these mean that the token is of no use any more. */
const START_OVER: ReadonlySet<unknown> = new Set(['fullSyncRequired', 'updatedMinTooLongAgo']);

function mustStartOver(error: unknown): boolean {
  return error instanceof NotFoundError && error.status === 410 && START_OVER.has(error.serviceCode);
}

/** What has changed since the cursor; everything without one, or where Google has forgotten the cursor. */
export async function syncEvents(
  requests: CalendarRequests,
  cursor: string | undefined,
  options: SyncOptions,
): Promise<CalendarChanges> {
  const call = oneDeadline(options, SERVICE);
  if (cursor === undefined) return await readAll(requests, syncParameters(options), undefined, call);
  const { syncToken, parameters } = positionIn(cursor, options);
  try {
    return await readAll(requests, parameters, syncToken, call);
  } catch (error) {
    if (!mustStartOver(error)) throw error;
    return await readAll(requests, parameters, undefined, call);
  }
}

async function readAll(
  requests: CalendarRequests,
  parameters: ListingEvents,
  syncToken: string | undefined,
  call: SyncOptions | undefined,
): Promise<CalendarChanges> {
  const latest = new Map<string, CalendarEvent>();
  let nextSyncToken = '';
  const answers = pages((pageToken) =>
    requests.call('events.list', call, (api, library) =>
      api.events.list(
        {
          ...parameters,
          ...(syncToken !== undefined && { syncToken }),
          ...(pageToken !== undefined && { pageToken }),
        },
        library,
      ),
    ),
  );
  for await (const answer of answers) {
    // What changes while the pages are turned comes again, as it is then.
    for (const event of answer.list<CalendarEvent>('items', 'id')) latest.set(event.id, event);
    if (answer.text('nextPageToken') === undefined) {
      ({ nextSyncToken } = answer.object<{ nextSyncToken: string }>('nextSyncToken'));
    }
  }
  const events = [...latest.values()];
  return {
    events: events.filter(({ status }) => status !== 'cancelled'),
    deleted: events.filter(({ status }) => status === 'cancelled'),
    cursor: cursorOf({ syncToken: nextSyncToken, parameters }),
    full: syncToken === undefined,
  };
}
