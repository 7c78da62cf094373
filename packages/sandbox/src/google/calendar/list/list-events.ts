import type { JsonObject } from '../../../json.ts';
import { DAY_MS } from '../../../time/clock.ts';
import { updatedMinTooLongAgo } from '../../api/failures.ts';
import type { GoogleCall } from '../../api/method.ts';
import { queryParam } from '../../api/read-call.ts';
import { settleConference } from '../read/conference.ts';
import { type EventView, listedToWire, readEventView } from '../read/event-to-wire.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import type { OpenCalendar } from '../store/calendars.ts';
import { collectChanges, collectEvents } from './collect-events.ts';
import { collectionToWire } from './collection-to-wire.ts';
import { type ListQuery, readListQuery, readPageSize } from './list-query.ts';
import { firstPage, laterPage, type Page } from './pages.ts';
import { issueSyncToken, readSyncToken } from './sync-token.ts';

/** How long Google remembers what was deleted; the documentation gives no figure. */
const TOMBSTONE_LIFETIME_MS = 28 * DAY_MS;

/** `events.list`: from scratch, from a sync token, or a later page of either. */
export function listEvents(call: GoogleCall, open: OpenCalendar): JsonObject {
  const { calendar } = open;
  const view = readEventView(call, open.role);
  const query = readListQuery(call, open.role);
  const pageToken = queryParam(call, 'pageToken');
  const parameters = parametersOf(call, ['maxResults', 'pageToken']);
  const size = readPageSize(call);
  const page =
    pageToken === undefined
      ? begin(call, calendar, { query, view, parameters, size })
      : laterPage(calendar, pageToken, parameters, size);
  return { ...collectionToWire(open), ...page, items: [...page.items] };
}

function begin(
  call: GoogleCall,
  calendar: CalendarData,
  { query, view, parameters, size }: { query: ListQuery; view: EventView; parameters: string; size: number },
): Page {
  const { updatedMin, syncToken } = query;
  if (updatedMin !== undefined && updatedMin < calendar.now() - TOMBSTONE_LIFETIME_MS)
    throw updatedMinTooLongAgo();
  for (const event of calendar.events.values()) settleConference(calendar, event);
  const syncParameters = parametersOf(call, ['maxResults', 'pageToken', 'syncToken', ...ONLY_ON_FIRST_SYNC]);
  const found =
    syncToken === undefined
      ? collectEvents(calendar, query)
      : collectChanges(calendar, query, readSyncToken(syncToken, calendar, syncParameters));
  const nextSyncToken = canSync(query) ? issueSyncToken(calendar, syncParameters) : undefined;
  const items = found.map((event) => listedToWire(event, calendar, view));
  return firstPage(calendar, { items, parameters, nextSyncToken }, size);
}

/** Parameters that a first list may have and a later one, with its sync token, may not. */
const ONLY_ON_FIRST_SYNC = 'timeMin timeMax showDeleted fields prettyPrint quotaUser key alt'.split(' ');

/** A list that is filtered or sorted in any other way than by time gives no sync token. */
function canSync({ orderBy, words, iCalUID, updatedMin, ...query }: ListQuery): boolean {
  const properties = query.privateProperties.length + query.sharedProperties.length;
  return (
    orderBy === undefined &&
    words.length + properties === 0 &&
    iCalUID === undefined &&
    updatedMin === undefined
  );
}

/** The query without some parameters, in one order. */
function parametersOf({ request }: GoogleCall, without: readonly string[]): string {
  const kept = [...request.query].filter(([name]) => !without.includes(name));
  return kept
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('&');
}
