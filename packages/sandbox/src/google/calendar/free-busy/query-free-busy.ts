import type { JsonObject } from '../../../json.ts';
import type { GoogleAccount } from '../../accounts.ts';
import type { Calendars } from '../store/calendars.ts';
import { formatInstant } from '../time/moment.ts';
import { busyTimes } from './busy-times.ts';
import type { FreeBusyQuery } from './free-busy-query.ts';

/** Busy times by calendar. What cannot be looked up gets an error of its own, in an answer of 200. */
export function queryFreeBusy(
  query: FreeBusyQuery,
  calendars: Calendars,
  account: GoogleAccount,
): JsonObject {
  const groups: JsonObject = {};
  const ids = query.ids.flatMap((id) => {
    const members = calendars.groups.get(id);
    if (!members) return [id];
    const tooBig = members.length > query.mostMembers;
    groups[id] = tooBig ? { errors: [failure('groupTooBig')] } : { calendars: [...members] };
    return tooBig ? [] : members;
  });
  const answers = [...new Set(ids)].map((id, index) => [id, answerFor(id, index, query, calendars, account)]);
  return {
    kind: 'calendar#freeBusy',
    timeMin: new Date(query.range.start).toISOString(),
    timeMax: new Date(query.range.end).toISOString(),
    ...(Object.keys(groups).length > 0 && { groups }),
    calendars: Object.fromEntries(answers),
  };
}

function answerFor(
  id: string,
  index: number,
  { range, timeZone, mostCalendars }: FreeBusyQuery,
  calendars: Calendars,
  account: GoogleAccount,
): JsonObject {
  if (index >= mostCalendars) return { errors: [failure('tooManyCalendarsRequested')], busy: [] };
  const open = calendars.find(account, id);
  if (!open) return { errors: [failure('notFound')], busy: [] };
  const busy = busyTimes(open.calendar, range).map(({ start, end }) => ({
    start: formatInstant(start, timeZone),
    end: formatInstant(end, timeZone),
  }));
  return { busy };
}

function failure(reason: string): JsonObject {
  return { domain: 'global', reason };
}
