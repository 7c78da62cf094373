import type { JsonObject } from '../../../json.ts';
import type { GoogleAccount } from '../../accounts.ts';
import { attendeesOf, hasAddress } from '../input/attendees.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import type { Calendars } from '../store/calendars.ts';
import { instancesOf } from '../store/instances.ts';
import { isRecurring, type StoredEvent } from '../store/stored-event.ts';
import { formatInstant, instantOf } from '../time/moment.ts';
import type { FreeBusyQuery, Span } from './free-busy-query.ts';

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

/** When a calendar is busy inside `range`. Days are the calendar's; what overlaps or touches is merged into one. */
function busyTimes(calendar: CalendarData, range: Span): Span[] {
  const spans = [...calendar.events.values()]
    .filter(({ series }) => !series)
    .flatMap((event) => (isRecurring(event) ? instancesOf(calendar, event, range.end) : [event]))
    .filter((event) => blocksTime(event, calendar))
    .map(({ start, end }) => ({
      start: Math.max(instantOf(start, calendar.timeZone), range.start),
      end: Math.min(instantOf(end, calendar.timeZone), range.end),
    }))
    .filter(({ start, end }) => start < end);
  return merged(spans.toSorted((a, b) => a.start - b.start));
}

function blocksTime({ status, fields }: StoredEvent, calendar: CalendarData): boolean {
  const declined = attendeesOf(fields).some(
    (guest) => hasAddress(guest, calendar.id) && guest['responseStatus'] === 'declined',
  );
  return status !== 'cancelled' && fields['transparency'] !== 'transparent' && !declined;
}

function merged(sorted: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of sorted) {
    const last = result.at(-1);
    if (last && span.start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else {
      result.push(span);
    }
  }
  return result;
}
