import type { JsonObject } from '../../../json.ts';
import { invalid, notFound } from '../../api/failures.ts';
import type { GoogleCall, GoogleMethod } from '../../api/method.ts';
import { pathParam, queryChoice, queryInteger, queryParam, readBody } from '../../api/read-call.ts';
import { readFreeBusyQuery } from '../free-busy/free-busy-query.ts';
import { queryFreeBusy } from '../free-busy/query-free-busy.ts';
import { calendarToWire, entryToWire } from '../read/calendar-to-wire.ts';
import { ACCESS_ROLES, isAtLeast } from '../store/access-role.ts';
import type { Calendars } from '../store/calendars.ts';
import { calendarMethod } from './calendar-method.ts';

const LIST_SCOPES = 'calendar calendar.calendarlist calendar.calendarlist.readonly calendar.readonly';
const CALENDAR_SCOPES =
  'calendar calendar.app.created calendar.calendars calendar.calendars.readonly calendar.readonly';
const FREE_BUSY_SCOPES = 'calendar calendar.events.freebusy calendar.freebusy calendar.readonly';
const SETTING_SCOPES = 'calendar calendar.readonly calendar.settings.readonly';
const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 250;

/** Calendars, their list, free/busy times, and the time zone setting. */
export function calendarRoutes(calendars: Calendars): GoogleMethod[] {
  return [
    calendarMethod('calendarList.list', 'GET /users/me/calendarList', LIST_SCOPES, list),
    calendarMethod(
      'calendarList.get',
      'GET /users/me/calendarList/{calendarId}',
      `${LIST_SCOPES} calendar.app.created`,
      (call) => entryToWire(calendars.open(call.account, pathParam(call, 'calendarId'), 'freeBusyReader')),
    ),
    calendarMethod('calendars.get', 'GET /calendars/{calendarId}', CALENDAR_SCOPES, (call) =>
      calendarToWire(calendars.open(call.account, pathParam(call, 'calendarId'), 'freeBusyReader').calendar),
    ),
    calendarMethod('freebusy.query', 'POST /freeBusy', FREE_BUSY_SCOPES, (call) =>
      queryFreeBusy(readFreeBusyQuery(readBody(call)), calendars, call.account),
    ),
    calendarMethod('settings.get', 'GET /users/me/settings/{setting}', SETTING_SCOPES, setting),
  ];

  /** Knows no sync tokens, and gives none. */
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

  function setting(call: GoogleCall): JsonObject {
    if (pathParam(call, 'setting') !== 'timezone') throw notFound();
    const { calendar } = calendars.open(call.account, 'primary', 'owner');
    return { kind: 'calendar#setting', etag: '"0"', id: 'timezone', value: calendar.timeZone };
  }
}
