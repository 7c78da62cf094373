import { NotFoundError } from '@context-sdk/oauth-core';
import { pagesOf } from '../../wire.ts';
import { SERVICE } from '../errors.ts';
import type { CalendarCall } from '../operations.ts';
import type { CalendarEvent } from './event.ts';
import { cursorOf, type SyncPosition } from './sync-cursor.ts';

/** A deleted event. Google may return no more of it than these fields. */
export type DeletedEvent = Pick<CalendarEvent, 'id' | 'status' | 'recurringEventId' | 'originalStartTime'>;

/** What a calendar holds now, or what has changed in it. */
export interface CalendarChanges {
  /** New and changed events, or all of them if `full`. Each once. */
  events: CalendarEvent[];
  /** Deleted since the last sync. Includes single instances that were removed from a recurring event. */
  deleted: DeletedEvent[];
  /** For the next sync. Store it together with what you made of the events. */
  cursor: string;
  /** Whether `events` is everything: drop what you held before. True for the first sync, and if Google asks for it. */
  full: boolean;
}

/** 410 is also the response for deleted events; only these codes mean that the sync token has expired. */
const START_OVER: ReadonlySet<unknown> = new Set(['fullSyncRequired', 'updatedMinTooLongAgo']);

/** What has changed since the position. Reads everything if there is no token, or if Google has forgotten it. */
export async function syncEvents(call: CalendarCall, position: SyncPosition): Promise<CalendarChanges> {
  const { syncToken, parameters } = position;
  try {
    return await readAll(call, position);
  } catch (error) {
    if (syncToken === undefined || !mustStartOver(error)) throw error;
    return await readAll(call, { parameters });
  }
}

function mustStartOver(error: unknown): boolean {
  return error instanceof NotFoundError && error.status === 410 && START_OVER.has(error.serviceCode);
}

async function readAll(
  call: CalendarCall,
  { syncToken, parameters }: SyncPosition,
): Promise<CalendarChanges> {
  const latest = new Map<string, CalendarEvent>();
  let nextSyncToken = '';
  for await (const page of pagesOf(SERVICE, call, 'events.list', { ...parameters, syncToken })) {
    // An event that changes while the pages are read is on a later page again, in its newer state.
    for (const event of page.member('items', []).list<CalendarEvent>({ id: 'string' })) {
      latest.set(event.id, event);
    }
    if (page.text('nextPageToken') === undefined) {
      ({ nextSyncToken } = page.object<{ nextSyncToken: string }>({ nextSyncToken: 'string' }));
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
