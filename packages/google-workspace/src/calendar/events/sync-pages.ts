import { DAY_MS, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { itemsIn, type SkippedItem } from '../../list-items.ts';
import { pagesOf } from '../../wire.ts';
import { SERVICE } from '../errors.ts';
import type { CalendarCall, CalendarService } from '../operations.ts';
import { isRefusedPosition } from '../sync/refused-position.ts';
import type { CalendarEvent } from './event.ts';
import { readEventTimes } from './read-event-times.ts';
import { cursorOf, positionOf, SYNC_OPTIONS, type SyncOptions, type SyncPosition } from './sync-cursor.ts';

/** A deleted event. Google may return no more of it than these fields. */
export type DeletedEvent = Pick<CalendarEvent, 'id' | 'status' | 'recurringEventId' | 'originalStartTime'>;

/** A part of what a calendar holds, or of what has changed in it. An event may be on several pages: the last one counts. */
export interface SyncPage {
  /**
   * True for the first page of a sync that reads everything: drop what you held before. It can come after other pages, if
   * Google refuses the position halfway: then drop those, too.
   */
  reset: boolean;
  events: CalendarEvent[];
  deleted: DeletedEvent[];
  /** Continues after this page. The last page's is the one for the next sync. */
  cursor: string;
  /** What Google returned without an id. */
  skipped: SkippedItem[];
}

/** The pages since the cursor. Starts over, once, if Google refuses its position. */
export async function* syncPages(
  service: CalendarService,
  cursor?: string,
  options?: SyncOptions,
): AsyncGenerator<SyncPage> {
  const position = positionOf(cursor, options);
  const call = service.call(options, SYNC_OPTIONS);
  let hasPosition = position.syncToken !== undefined || position.pageToken !== undefined;
  try {
    for await (const page of pagesSince(call, position)) {
      hasPosition = true;
      yield page;
    }
  } catch (error) {
    if (!hasPosition || !isRefusedPosition(error)) throw error;
    const { syncToken: _, pageToken: __, until: ___, ...start } = position;
    yield* pagesSince(call, start);
  }
}

async function* pagesSince(call: CalendarCall, position: SyncPosition): AsyncGenerator<SyncPage> {
  const horizon = horizonOf(position);
  const isFull = position.syncToken === undefined;
  // The horizon of an unfinished sync has to stay the same, as its page token belongs to it.
  const until = position.until ?? horizon;
  const { parameters, timeMin, syncToken } = position;
  const bounds = { timeMin, timeMax: until === undefined ? undefined : new Date(until).toISOString() };
  const params = { ...parameters, ...(isFull ? bounds : { syncToken }) };
  let reset = isFull && position.pageToken === undefined;
  let after: SyncPosition = { ...position, until };
  for await (const page of pagesOf(SERVICE, call, 'events.list', params, position.pageToken)) {
    after = positionAfter(page, { ...position, until });
    yield { ...changesOn(page, isFull, until), cursor: cursorOf(after), reset };
    reset = false;
  }
  if (until === undefined || horizon === undefined || horizon - until < DAY_MS) return;
  yield* newlyInReach(call, after, until, horizon);
}

/** What starts before then is asked for, in epoch milliseconds. */
function horizonOf({ horizonDays }: SyncPosition): number | undefined {
  return horizonDays === undefined ? undefined : Date.now() + horizonDays * DAY_MS;
}

/** Without a next page, the response has to name the next sync. */
function positionAfter(page: ServiceResponse, position: SyncPosition): SyncPosition {
  const pageToken = page.text('nextPageToken');
  if (pageToken !== undefined) return { ...position, pageToken };
  const { nextSyncToken } = page.object<{ nextSyncToken: string }>({ nextSyncToken: 'string' });
  return { ...position, syncToken: nextSyncToken, pageToken: undefined };
}

/** Events that nobody has changed since the last sync, but that time has brought within the horizon. */
async function* newlyInReach(
  call: CalendarCall,
  position: SyncPosition,
  from: number,
  to: number,
): AsyncGenerator<SyncPage> {
  const bounds = { timeMin: new Date(from).toISOString(), timeMax: new Date(to).toISOString() };
  for await (const page of pagesOf(SERVICE, call, 'events.list', { ...position.parameters, ...bounds })) {
    const isLast = page.text('nextPageToken') === undefined;
    const cursor = cursorOf(isLast ? { ...position, until: to } : position);
    yield { ...changesOn(page, true, to), cursor, reset: false };
  }
}

function changesOn(
  page: ServiceResponse,
  isFull: boolean,
  until: number | undefined,
): Pick<SyncPage, 'events' | 'deleted' | 'skipped'> {
  const skipped: SkippedItem[] = [];
  const items = itemsIn<CalendarEvent>(page, (entry) => skipped.push(entry));
  const isKept = (event: CalendarEvent): boolean => event.status !== 'cancelled' && !startsFrom(event, until);
  return {
    events: items.filter(isKept),
    deleted: items.filter((event) => (isFull ? event.status === 'cancelled' : !isKept(event))),
    skipped,
  };
}

/** An event whose start can't be read counts as within reach. */
function startsFrom(event: CalendarEvent, until: number | undefined): boolean {
  const times = until === undefined ? undefined : readEventTimes(event, 'UTC');
  if (times === undefined || until === undefined) return false;
  return (times.allDay ? Date.parse(times.day) : times.start.getTime()) >= until;
}
