import {
  type CalendarEvent,
  type CalendarListEntry,
  type GoogleCalendarClient,
  readEventTimes,
} from '@context-sdk/google-workspace';
import { type CallOptions, NotFoundError } from '@context-sdk/oauth-core';
import { MINUTE_MS, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import type { CheckedRange } from '../utils/input-checks.ts';
import { answerTo, ownAnswers } from '../utils/meetings.ts';
import { isOwnBlock, isOwnCalendar, WIDEST_ZONES_MS } from '../utils/own-calendars.ts';
import { readMark } from './block-mark.ts';
import type { Block } from './block.ts';
import { type BusyTime, busyTime } from './busy-times.ts';
import { readBusyTimes } from './read-busy-times.ts';
import { knownZone } from './task-dates.ts';
import type { BusyOptions } from './time-block.ts';

/** An event, and where it was read. */
export interface ReadEvent {
  calendarId: string;
  event: CalendarEvent;
}

/** What to read. */
export interface CalendarReading extends BusyOptions {
  range: CheckedRange;
  /** Where the host wants its blocks. */
  calendarId?: string | undefined;
  /** Calendars in which blocks are known to be. */
  knownIds?: readonly string[];
  call: CallOptions;
}

/** The user's calendars, each read once. */
export class CalendarsRead {
  /** The user's list, hidden ones too. */
  readonly entries: readonly CalendarListEntry[];
  readonly events: ReadEvent[];
  /** Times in calendars of which no more can be read. */
  readonly elsewhere: readonly BusyTime[];
  readonly #client: GoogleCalendarClient;
  readonly #reading: CalendarReading;
  readonly #readIds: Set<string>;

  private constructor(
    client: GoogleCalendarClient,
    reading: CalendarReading,
    read: { entries: CalendarListEntry[]; events: ReadEvent[]; elsewhere: BusyTime[]; ids: string[] },
  ) {
    this.#client = client;
    this.#reading = reading;
    this.entries = read.entries;
    this.events = read.events;
    this.elsewhere = read.elsewhere;
    this.#readIds = new Set(read.ids);
  }

  /**
   * One request for the list, one per calendar, and one for those of which only busy times can be read. Throws
   * {@link NotFoundError} for a `calendarId` that isn't on the list, and the reason of a calendar that can't be read: it must
   * not count as free. One that left the list in the meantime has no events.
   */
  static async read(client: GoogleCalendarClient, reading: CalendarReading): Promise<CalendarsRead> {
    const { range, call, calendarId = 'primary', knownIds = [], otherCalendarIds } = reading;
    const entries = await client.calendars.list({ ...call, showHidden: true }).toArray();
    const target = entries.find((entry) => isCalledBy(entry, calendarId));
    if (target === undefined) {
      throw new NotFoundError(`The user's list has no calendar ${calendarId}.`, {
        service: 'google-calendar',
      });
    }
    const counted = otherCalendarIds ?? entries.filter((entry) => counts(entry, reading)).map(({ id }) => id);
    const known = entries.filter(({ id }) => knownIds.includes(id)).map(({ id }) => id);
    const wanted = new Set([target.id, ...known, ...counted.map((id) => idOf(entries, id))]);
    const readable = [...wanted].filter((id) => isReadable(entries, id));
    const opaque = [...wanted].filter((id) => !readable.includes(id));
    const [lists, elsewhere] = await Promise.all([
      Promise.all(readable.map((id) => readListed(client, id, range, call))),
      readBusyTimes(client, opaque, range, call),
    ]);
    return new CalendarsRead(client, reading, { entries, events: lists.flat(), elsewhere, ids: readable });
  }

  /** The calendars in which blocks can be: the user's own, and those with write access that were read. */
  get blockCalendarIds(): string[] {
    return this.entries
      .filter(
        ({ id, accessRole }) => accessRole === 'owner' || (accessRole === 'writer' && this.#readIds.has(id)),
      )
      .map(({ id }) => id);
  }

  /** A calendar on the list. `primary` is the user's primary one. */
  entry(calendarId: string): CalendarListEntry | undefined {
    return this.entries.find((entry) => isCalledBy(entry, calendarId));
  }

  /** The zone that was asked for, or that of a calendar. */
  timeZone(asked: string | undefined, calendarId = 'primary'): string {
    return knownZone(asked, this.entry(calendarId)?.timeZone);
  }

  /** Reads a calendar that wasn't among those to respect. */
  async readAlso(calendarId: string): Promise<void> {
    if (this.#readIds.has(calendarId)) return;
    this.#readIds.add(calendarId);
    const { range, call } = this.#reading;
    this.events.push(...(await readListed(this.#client, calendarId, range, call)));
  }

  /** The user's blocks among the events that were read. */
  blocks(): Block[] {
    return this.ownBlocks(this.events);
  }

  /**
   * The user's blocks among some events: in a calendar of somebody else those that the user has made, and those in the calendar that
   * blocks are put into, since a task has one event there. Others are of colleagues, who may work on the same task.
   */
  ownBlocks(events: readonly ReadEvent[]): Block[] {
    const target = this.entry(this.#reading.calendarId ?? 'primary')?.id;
    return events.flatMap(({ calendarId, event }) => {
      const isInTarget = calendarId === target && this.entry(calendarId)?.accessRole === 'writer';
      return isInTarget || isOwnBlock(this.entries, calendarId, event)
        ? (blockOf(calendarId, event) ?? [])
        : [];
    });
  }

  /** What takes time of what was read, except for some blocks. */
  busy(timeZone: string, except: readonly Block[]): BusyTime[] {
    const times = [...this.elsewhere, ...this.takingTime(timeZone, except).map(({ time }) => time)];
    return times.flatMap((time) => within(this.#reading.range, time));
  }

  /** The events that take time, except for some blocks. */
  takingTime(timeZone: string, except: readonly Block[]): { event: CalendarEvent; time: BusyTime }[] {
    const { counts: counted } = this.#reading;
    const answers = ownAnswers(this.events.map(({ event }) => event));
    // Blocks of one task have the same id in each calendar.
    const excepted = new Set(except.map((block) => `${this.entry(block.calendarId)?.id} ${block.event.id}`));
    return this.events.flatMap(({ calendarId, event }) => {
      if (excepted.has(`${calendarId} ${event.id}`)) return [];
      const time = busyTime(event, { timeZone, counts: counted, answer: answerTo(event, answers) });
      return time === undefined ? [] : [{ event, time }];
    });
  }
}

/**
 * The part of a time in the range: an event of a service can begin or end in a year that none of our options take. A time without
 * a length takes none.
 */
function within({ from, to }: CheckedRange, { start, end }: BusyTime): BusyTime[] {
  const part = { start: start < from ? from : start, end: end > to ? to : end };
  return part.end > part.start ? [part] : [];
}

/** The block that an event is. `undefined` for a deleted one, and for one without a start and an end. */
export function blockOf(calendarId: string, event: CalendarEvent): Block | undefined {
  const mark = readMark(event);
  const times = event.status === 'cancelled' ? undefined : readEventTimes(event, 'UTC');
  if (mark === undefined || times === undefined) return undefined;
  if (times.allDay || times.end === undefined) {
    const start = times.allDay ? Date.parse(times.day) : times.start.getTime();
    return { calendarId, event, mark, start, end: start };
  }
  return { calendarId, event, mark, start: times.start.getTime(), end: times.end.getTime() };
}

function counts(entry: CalendarListEntry, { sharedCalendars, hiddenCalendars }: BusyOptions): boolean {
  const { accessRole, selected, hidden } = entry;
  if (isOwnCalendar(entry)) return true;
  const isOwn = accessRole === 'owner' || (sharedCalendars === true && accessRole === 'writer');
  return isOwn && (hiddenCalendars === true || (selected === true && hidden !== true));
}

function isCalledBy({ id, primary }: CalendarListEntry, calendarId: string): boolean {
  return id === calendarId || (calendarId === 'primary' && primary === true);
}

function idOf(entries: readonly CalendarListEntry[], calendarId: string): string {
  return entries.find((entry) => isCalledBy(entry, calendarId))?.id ?? calendarId;
}

/** Of a calendar that shows no more than busy times, and of one that isn't on the list, no events are asked for. */
function isReadable(entries: readonly CalendarListEntry[], calendarId: string): boolean {
  const role = entries.find(({ id }) => id === calendarId)?.accessRole;
  return role !== undefined && role !== 'freeBusyReader' && role !== 'none';
}

/** The events of a calendar. One that was deleted, or left, since the list was read has none. */
async function readListed(
  client: GoogleCalendarClient,
  calendarId: string,
  range: CheckedRange,
  call: CallOptions,
): Promise<ReadEvent[]> {
  const events = await unlessNotFound(readEvents(client, calendarId, range, call));
  if (events !== undefined) return events;
  const entry = await unlessNotFound(client.calendars.get(calendarId, call));
  if (entry === undefined || entry.deleted === true) return [];
  return await readEvents(client, calendarId, range, call);
}

async function readEvents(
  client: GoogleCalendarClient,
  calendarId: string,
  { from, to }: CheckedRange,
  call: CallOptions,
): Promise<ReadEvent[]> {
  const query = {
    ...call,
    calendarId,
    timeMin: new Date(from.getTime() - WIDEST_ZONES_MS),
    timeMax: new Date(to.getTime() + WIDEST_ZONES_MS),
    singleEvents: true,
    maxResults: 2_500,
  };
  const events = await client.events.list(query).toArray();
  return events.flatMap((event) => (isOutside(event, { from, to }) ? [] : [{ calendarId, event }]));
}

/** Whether an event has times, and none of the range's. Days are of whatever zone is asked for later. */
function isOutside(event: CalendarEvent, { from, to }: CheckedRange): boolean {
  const times = readEventTimes(event, 'UTC');
  if (times === undefined || times.allDay) return false;
  const { start, end = start } = times;
  return start >= to || (end <= from && start < from);
}

/** The range with what buffers may reach into. */
export function withMargin({ from, to }: CheckedRange, minutes: number): CheckedRange {
  const marginMs = minutes * MINUTE_MS;
  return { from: new Date(from.getTime() - marginMs), to: new Date(to.getTime() + marginMs) };
}
