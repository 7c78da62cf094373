import type { JsonObject } from '../../../json.ts';
import { invalid, notFound } from '../../api/failures.ts';
import type { GoogleCall, GoogleMethod } from '../../api/method.ts';
import { pathParam, queryChoice, queryInteger, queryParam, readBody } from '../../api/read-call.ts';
import { readFreeBusyQuery } from '../free-busy/free-busy-query.ts';
import { queryFreeBusy } from '../free-busy/query-free-busy.ts';
import { calendarToWire, entryToWire } from '../read/calendar-to-wire.ts';
import { ACCESS_ROLES, isAtLeast } from '../store/calendar-data.ts';
import type { Calendars, OpenCalendar } from '../store/calendars.ts';

const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 250;

type CalendarMethod =
  'calendarList.get' | 'calendarList.list' | 'calendars.get' | 'freebusy.query' | 'settings.get';

/** Calendars, the list of them, free/busy times, and the time zone setting. */
export function calendarMethods(calendars: Calendars): Record<CalendarMethod, GoogleMethod['handle']> {
  const open = (call: GoogleCall): OpenCalendar =>
    calendars.open(call.account, pathParam(call, 'calendarId'), 'freeBusyReader');
  return {
    'calendarList.get': (call) => entryToWire(open(call)),
    'calendarList.list': list,
    'calendars.get': (call) => calendarToWire(open(call).calendar),
    'freebusy.query': (call) => queryFreeBusy(readFreeBusyQuery(readBody(call)), calendars, call.account),
    'settings.get': getSetting,
  };

  /** Neither takes nor returns sync tokens. */
  function list(call: GoogleCall): JsonObject {
    if (queryParam(call, 'syncToken') !== undefined) throw invalid('Invalid sync token value.', 'syncToken');
    const minimum = queryChoice(call, 'minAccessRole', ACCESS_ROLES) ?? 'freeBusyReader';
    const size = Math.min(queryInteger(call, 'maxResults') ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
    const pageToken = queryParam(call, 'pageToken') ?? 'page-0';
    const [, from] = /^page-(\d+)$/.exec(pageToken) ?? [];
    if (from === undefined) throw invalid('Invalid page token value.', 'pageToken');
    const end = Number(from) + size;
    const entries = calendars.of(call.account).filter(({ role }) => isAtLeast(role, minimum));
    return {
      kind: 'calendar#calendarList',
      etag: `"p${entries.length.toString(32).padStart(15, '0')}"`,
      ...(entries.length > end && { nextPageToken: `page-${end}` }),
      items: entries.slice(Number(from), end).map(entryToWire),
    };
  }

  function getSetting(call: GoogleCall): JsonObject {
    if (pathParam(call, 'setting') !== 'timezone') throw notFound();
    const { calendar } = calendars.open(call.account, 'primary', 'owner');
    return { kind: 'calendar#setting', etag: '"0"', id: 'timezone', value: calendar.timeZone };
  }
}
