import type { CalendarEvent, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { dayOf } from '@context-sdk/oauth-core/client-kit';
import type { AgendaWindow } from './agenda-window.ts';
import type { AgendaEvent } from './agenda.ts';

/** Reads the calendars' events, with recurring ones as instances and without those that the user declined. */
export async function readEvents(
  client: GoogleCalendarClient,
  window: AgendaWindow,
  calendarIds: readonly string[] | undefined,
): Promise<AgendaEvent[]> {
  const { from: timeMin, to: timeMax, call } = window;
  const ids = calendarIds ?? (await ownCalendars(client, window));
  const lists = await Promise.all(
    ids.map(async (calendarId) => {
      const query = {
        ...call,
        calendarId,
        timeMin,
        timeMax,
        singleEvents: true,
        orderBy: 'startTime',
      } as const;
      const events = await client.events.list(query).toArray();
      return events.flatMap((event) => agendaEvent(event, calendarId, window) ?? []);
    }),
  );
  return withoutCopies(lists.flat());
}

/** Calendars shared by other people show their time, not the user's. */
async function ownCalendars(client: GoogleCalendarClient, { call }: AgendaWindow): Promise<string[]> {
  const calendars = await client.calendars.list({ ...call, minAccessRole: 'owner' }).toArray();
  return calendars
    .filter(({ primary, selected }) => primary === true || selected === true)
    .map(({ id }) => id);
}

function agendaEvent(
  event: CalendarEvent,
  calendarId: string,
  { timeZone }: AgendaWindow,
): AgendaEvent | undefined {
  const { start, end, summary: title = '', htmlLink, attendees = [], eventType } = event;
  const isDeclined = attendees.some(
    ({ self, responseStatus }) => self === true && responseStatus === 'declined',
  );
  if (isDeclined || eventType === 'workingLocation') return undefined;
  const common = { kind: 'event', title, event, calendarId, ...(htmlLink && { url: htmlLink }) } as const;
  if (start?.date !== undefined) {
    return { ...common, day: start.date, endDay: end?.date ?? start.date, allDay: true };
  }
  if (start?.dateTime === undefined) return undefined;
  const begins = new Date(start.dateTime);
  const ends = end?.dateTime === undefined ? {} : { end: new Date(end.dateTime) };
  return { ...common, day: dayOf(begins.getTime(), timeZone), start: begins, ...ends, allDay: false };
}

/** Each guest's calendar has a copy of an event. Keeps the first copy. */
function withoutCopies(events: readonly AgendaEvent[]): AgendaEvent[] {
  const seen = new Map<string, AgendaEvent>();
  for (const item of events) {
    const { iCalUID, id, start } = item.event;
    const key = `${iCalUID ?? id}|${start?.dateTime ?? start?.date}`;
    if (!seen.has(key)) seen.set(key, item);
  }
  return [...seen.values()];
}
