import { isJsonObject, type JsonObject, parseJson } from '../../../json.ts';
import { badRequest, invalid } from '../../api/failures.ts';
import type { GoogleCall } from '../../api/method.ts';
import { queryChoice, queryFlag, queryInteger, queryParam } from '../../api/read-call.ts';
import { deletedEntryToWire, entryToWire } from '../read/calendar-to-wire.ts';
import { ACCESS_ROLES, isAtLeast } from '../store/calendar-data.ts';
import type { CalendarList, ListEntry } from '../store/calendar-list.ts';
import type { Calendars } from '../store/calendars.ts';
import { SYNC_REFUSALS } from './sync-token.ts';

const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 250;

/** `calendarList.list`: the whole list, or what has changed since a sync token. Page by page. */
export function listCalendars(call: GoogleCall, calendars: Calendars): JsonObject {
  const list = calendars.listOf(call.account.email);
  const since = readToken(call, list);
  const minimum = queryChoice(call, 'minAccessRole', ACCESS_ROLES) ?? 'freeBusyReader';
  if (since !== undefined && queryParam(call, 'minAccessRole') !== undefined) {
    throw badRequest('The syncToken cannot be combined with: minAccessRole.');
  }
  const shows = (entry: ListEntry): boolean =>
    since === undefined
      ? (!entry.isDeleted || queryFlag(call, 'showDeleted')) &&
        (entry.fields['hidden'] !== true || queryFlag(call, 'showHidden'))
      : entry.revision > since;
  const items = [...list.entries.values()].filter(shows).flatMap((entry) => {
    const open = entry.isDeleted ? undefined : calendars.find(call.account, entry.calendarId);
    if (!open) return [deletedEntryToWire(entry)];
    return isAtLeast(open.role, minimum) ? [entryToWire({ ...open, entry })] : [];
  });
  return page(call, items, list);
}

function page(call: GoogleCall, items: readonly JsonObject[], list: CalendarList): JsonObject {
  const size = Math.min(queryInteger(call, 'maxResults') ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
  const pageToken = queryParam(call, 'pageToken') ?? 'page-0';
  const [, from] = /^page-(\d+)$/.exec(pageToken) ?? [];
  if (from === undefined) throw invalid('Invalid page token value.', 'pageToken');
  const end = Number(from) + size;
  const isFiltered = queryParam(call, 'minAccessRole') !== undefined;
  return {
    kind: 'calendar#calendarList',
    etag: `"p${list.revision.toString(32).padStart(15, '0')}"`,
    ...(items.length > end && { nextPageToken: `page-${end}` }),
    ...(items.length <= end && !isFiltered && { nextSyncToken: issueToken(call, list) }),
    items: items.slice(Number(from), end),
  };
}

function issueToken({ account }: GoogleCall, { revision, syncGeneration }: CalendarList): string {
  return btoa(JSON.stringify({ list: account.email, revision, syncGeneration }));
}

function readToken(call: GoogleCall, list: CalendarList): number | undefined {
  const token = queryParam(call, 'syncToken');
  if (token === undefined) return undefined;
  const content = /^[\w+/]+=*$/.test(token) ? parseJson(atob(token)) : undefined;
  const revision = isJsonObject(content) ? content['revision'] : undefined;
  if (!isJsonObject(content) || content['list'] !== call.account.email || typeof revision !== 'number') {
    throw invalid('Invalid sync token value.', 'syncToken');
  }
  if (content['syncGeneration'] !== list.syncGeneration) throw SYNC_REFUSALS[list.syncRefusal]();
  return revision;
}
