import {
  type CalendarEvent,
  type CalendarListEntry,
  type GoogleCalendarClient,
  readEventTimes,
} from '@context-sdk/google-workspace';
import { ContextSdkError } from '@context-sdk/oauth-core';
import { dayOf } from '@context-sdk/oauth-core/client-kit';
import { readMark } from '../time-blocks/block-mark.ts';
import { inCalendar } from '../utils/calendar-days.ts';
import { isOfOneCalendar, isOwnBlock, isOwnCalendar, WIDEST_ZONES_MS } from '../utils/own-calendars.ts';
import { type AgendaWindow, overlapsDays, overlapsTime } from './agenda-window.ts';
import type { AgendaEvent } from './agenda.ts';
import { withoutCopies } from './event-copies.ts';

/** The events of the calendars that could be read, and why the others could not. */
export interface FoundEvents {
  events: AgendaEvent[];
  /** Blocks of other people, whose tasks are not the user's. */
  othersBlocks: ReadonlySet<CalendarEvent>;
  /** By calendar id. */
  errors: Record<string, ContextSdkError>;
}

const NONE: ReadonlySet<CalendarEvent> = new Set();

/** Reads the calendars' events, with recurring ones as instances and without those that the user declined. */
export async function readEvents(
  client: GoogleCalendarClient,
  window: AgendaWindow,
  calendarIds: readonly string[] | undefined,
): Promise<FoundEvents> {
  const ids = calendarIds ?? (await ownCalendars(client, window));
  const errors: Record<string, ContextSdkError> = {};
  const lists = await Promise.all(
    ids.map(async (calendarId) => {
      try {
        return await readCalendar(client, calendarId, window);
      } catch (error) {
        if (!isOfOneCalendar(error, window.signal)) throw error;
        errors[calendarId] = error;
        return [];
      }
    }),
  );
  const events = lists.flat();
  const othersBlocks = calendarIds === undefined ? NONE : await blocksOfOthers(client, events, window);
  return { events: withoutCopies(events, othersBlocks), othersBlocks, errors };
}

/** In calendars that were asked for. Where their list can't be read, only those of the primary one are known to be the user's. */
async function blocksOfOthers(
  client: GoogleCalendarClient,
  events: readonly AgendaEvent[],
  { call, signal }: AgendaWindow,
): Promise<ReadonlySet<CalendarEvent>> {
  const blocks = events.filter(
    ({ event, calendarId }) => calendarId !== 'primary' && readMark(event) !== undefined,
  );
  if (blocks.length === 0) return NONE;
  let entries: CalendarListEntry[] = [];
  try {
    entries = await client.calendars.list({ ...call, showHidden: true }).toArray();
  } catch (error) {
    if (!(error instanceof ContextSdkError) || signal?.aborted) throw error;
  }
  const others = blocks.filter(({ event, calendarId }) => !isOwnBlock(entries, calendarId, event));
  return new Set(others.map(({ event }) => event));
}

async function ownCalendars(client: GoogleCalendarClient, { call }: AgendaWindow): Promise<string[]> {
  const calendars = await client.calendars.list({ ...call, minAccessRole: 'owner' }).toArray();
  return calendars.filter(isOwnCalendar).map(({ id }) => id);
}

async function readCalendar(
  client: GoogleCalendarClient,
  calendarId: string,
  window: AgendaWindow,
): Promise<AgendaEvent[]> {
  const { from, to, call } = window;
  const query = {
    ...call,
    calendarId,
    timeMin: new Date(from.getTime() - WIDEST_ZONES_MS),
    timeMax: new Date(to.getTime() + WIDEST_ZONES_MS),
    singleEvents: true,
    orderBy: 'startTime',
  } as const;
  const events = await client.events.list(query).toArray();
  return events.flatMap((event) => agendaEvent(event, calendarId, window) ?? []);
}

function agendaEvent(
  event: CalendarEvent,
  calendarId: string,
  window: AgendaWindow,
): AgendaEvent | undefined {
  const { timeZone } = window;
  const { summary, htmlLink, eventType } = event;
  const title = typeof summary === 'string' ? summary : '';
  const times = eventType === 'workingLocation' ? undefined : readEventTimes(event, timeZone);
  if (times === undefined) return undefined;
  const common = { kind: 'event', title, event, calendarId, ...(htmlLink && { url: htmlLink }) } as const;
  if (times.allDay) {
    return overlapsDays(window, times.day, times.endDay) ? { ...common, ...times } : undefined;
  }
  if (!overlapsTime(window, times.start, times.end)) return undefined;
  return { ...common, ...times, day: inCalendar(dayOf(times.start.getTime(), timeZone)) };
}
