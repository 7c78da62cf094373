import type { JsonObject } from '../../../json.ts';
import { badRequest } from '../../api/failures.ts';
import type { GoogleCall } from '../../api/method.ts';
import { queryChoice, queryFlag, queryParam } from '../../api/read-call.ts';
import { deletedEntryToWire, entryToWire } from '../read/calendar-to-wire.ts';
import { ACCESS_ROLES, isAtLeast } from '../store/calendar-data.ts';
import type { ListEntry } from '../store/calendar-list.ts';
import type { Calendars } from '../store/calendars.ts';
import { listEtag, pageOf, positionOf, readPosition } from './position.ts';

/** `calendarList.list`: the whole list, or what has changed since a sync token. Page by page. */
export function listCalendars(call: GoogleCall, calendars: Calendars): JsonObject {
  const list = calendars.listOf(call.account.email);
  const { revision, syncGeneration, syncRefusal } = list;
  const changing = { name: call.account.email, revision, syncGeneration, syncRefusal };
  const since = readPosition(call, changing);
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
  const isFiltered = queryParam(call, 'minAccessRole') !== undefined;
  return {
    kind: 'calendar#calendarList',
    etag: listEtag(changing),
    ...pageOf(call, items, isFiltered ? undefined : positionOf(changing)),
  };
}
