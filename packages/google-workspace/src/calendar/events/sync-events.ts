import { isObject, pages, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { ApiError, NetworkError, ServiceUnavailableError } from '@context-sdk/oauth-core/errors';
import type { LibraryParams } from '../../wire.ts';
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

/** What has changed since the position. Reads everything if there is no token, or, once, if Google refuses it. */
export async function syncEvents(call: CalendarCall, position: SyncPosition): Promise<CalendarChanges> {
  try {
    return await readAll(call, position);
  } catch (error) {
    if (!isRefusedPosition(error, position)) throw error;
    return await readAll(call, { parameters: position.parameters });
  }
}

/**
 * Google refuses a sync token with 410, for various reasons or none, or with 400 at `syncToken`; so it does with the token
 * of another account or calendar. A page token is refused at `pageToken`. See `docs/facts/google.md`.
 */
function isRefusedPosition(error: unknown, { syncToken }: SyncPosition): boolean {
  if (!(error instanceof ApiError)) return false;
  const { status, details } = error;
  const refused = locationsIn(details);
  if (refused.includes('pageToken')) return true;
  return syncToken !== undefined && (status === 410 || (status === 400 && refused.includes('syncToken')));
}

/** The parameters at fault, in Google's error envelope. */
function locationsIn(details: unknown): unknown[] {
  const errors: unknown = isObject(details) ? details['errors'] : undefined;
  return Array.isArray(errors)
    ? errors.map((one: unknown) => (isObject(one) ? one['location'] : undefined))
    : [];
}

async function readAll(
  call: CalendarCall,
  { syncToken, parameters }: SyncPosition,
): Promise<CalendarChanges> {
  const latest = new Map<string, CalendarEvent>();
  let nextSyncToken = '';
  for await (const page of syncPages(call, { ...parameters, syncToken })) {
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

/** The pages. One that fails although its request was retried is read once more, so that those before it are kept. */
function syncPages(call: CalendarCall, params: LibraryParams): AsyncGenerator<ServiceResponse> {
  const read = async (pageToken: string | undefined): Promise<ServiceResponse> =>
    await call.send('events.list', { params: { ...params, pageToken } });
  return pages(
    SERVICE,
    async (pageToken) => {
      try {
        return await read(pageToken);
      } catch (error) {
        const isPassing = error instanceof ServiceUnavailableError || error instanceof NetworkError;
        if (pageToken === undefined || !isPassing || call.signal?.aborted) throw error;
        return await read(pageToken);
      }
    },
    (page) => page.text('nextPageToken'),
  );
}
