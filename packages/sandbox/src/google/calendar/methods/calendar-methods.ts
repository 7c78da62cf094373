import { type JsonObject, type JsonValue, stringOf } from '../../../json.ts';
import { createRandom, uuidFrom } from '../../../random.ts';
import { checkIfMatch } from '../../api/etags.ts';
import { forbidden, invalid, required } from '../../api/failures.ts';
import type { GoogleCall, GoogleMethod } from '../../api/method.ts';
import { pathParam, readBody } from '../../api/read-call.ts';
import { readFreeBusyQuery } from '../free-busy/free-busy-query.ts';
import { queryFreeBusy } from '../free-busy/query-free-busy.ts';
import { calendarEtag, calendarToWire } from '../read/calendar-to-wire.ts';
import type { AccessRole, CalendarData, MakeCalendar } from '../store/calendar-data.ts';
import type { Calendars } from '../store/calendars.ts';
import { isTimeZone } from '../time/moment.ts';

type CalendarMethod =
  `calendars.${'clear' | 'delete' | 'get' | 'insert' | 'patch' | 'update'}` | 'freebusy.query';

/** Calendars themselves, and free/busy times. */
export function calendarMethods({
  calendars,
  make,
}: {
  calendars: Calendars;
  make: MakeCalendar;
}): Record<CalendarMethod, GoogleMethod['handle']> {
  const open = (call: GoogleCall, minimum: AccessRole): CalendarData =>
    calendars.open(call.account, pathParam(call, 'calendarId'), minimum).calendar;
  const ids = createRandom('google/new-calendars');
  return {
    'calendars.get': (call) => calendarToWire(open(call, 'freeBusyReader')),
    'calendars.insert': insert,
    'calendars.patch': (call) => change(call, {}),
    'calendars.update': (call) => change(call, { description: '', location: '' }),
    'calendars.delete': (call) => {
      const calendar = open(call, 'owner');
      checkIfMatch(call, calendarEtag(calendar));
      if (calendar.isPrimary) throw forbidden();
      calendars.remove(calendar);
    },
    'calendars.clear': (call) => {
      const calendar = open(call, 'owner');
      // "Clears a primary calendar": discovery.
      if (!calendar.isPrimary) throw invalid('Only a primary calendar can be cleared.');
      for (const event of calendar.events.values()) {
        if (event.status !== 'cancelled')
          calendar.save(Object.assign(event, { status: 'cancelled' as const }));
      }
    },
    'freebusy.query': (call) => queryFreeBusy(readFreeBusyQuery(readBody(call)), calendars, call.account),
  };

  function insert(call: GoogleCall): JsonObject {
    const { summary, ...rest } = readBody(call);
    if (typeof summary !== 'string' || summary === '') throw required('Missing summary.', 'summary');
    const timeZone = readZone(rest['timeZone']) ?? 'UTC';
    const id = `c_${uuidFrom(ids).replaceAll('-', '')}@group.calendar.google.com`;
    const calendar = make({ id, summary, timeZone, owner: call.account });
    setFields(calendar, rest);
    return calendarToWire(calendar);
  }

  /** PATCH changes what it names; PUT clears the rest. */
  function change(call: GoogleCall, cleared: JsonObject): JsonObject {
    const calendar = open(call, 'owner');
    checkIfMatch(call, calendarEtag(calendar));
    setFields(calendar, { ...cleared, ...readBody(call) });
    calendar.changes += 1;
    calendars.touch(calendar);
    return calendarToWire(calendar);
  }
}

function setFields(calendar: CalendarData, { summary, description, location, timeZone }: JsonObject): void {
  if (summary !== undefined) {
    if (stringOf(summary) === '') throw required('Missing summary.', 'summary');
    calendar.summary = stringOf(summary);
  }
  if (description !== undefined) calendar.description = stringOf(description) || undefined;
  if (location !== undefined) calendar.location = stringOf(location) || undefined;
  calendar.timeZone = readZone(timeZone) ?? calendar.timeZone;
}

function readZone(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || !isTimeZone(value)) throw invalid('Invalid time zone.', 'timeZone');
  return value;
}
