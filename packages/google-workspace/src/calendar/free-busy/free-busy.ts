import {
  type CallOptions,
  checkedTimeZone,
  type TimeRange,
  zonedText,
} from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import type { CalendarService } from '../operations.ts';
import { type FreeSlots, searchSlots } from './free-slots.ts';
import { checkedCalendarIds, type KnownTimes, queryBusy } from './query-busy.ts';
import { checkedSlotOptions, type SlotOptions } from './slot-options.ts';
import { checkedSpan } from './spans.ts';

/** Which calendars, and which time. Any number of calendars; up to five years. */
export interface FreeBusyQuery extends TimeRange, CallOptions {
  /** Default: the user's own calendar. */
  calendarIds?: readonly string[] | undefined;
  /** IANA zone of the times in the result. Default: UTC. */
  timeZone?: string | undefined;
}

/** A time in which a calendar is busy, in RFC 3339; `end` is not part of it. */
export interface BusyPeriod {
  start: string;
  end: string;
}

/** When a calendar is busy, or why Google can't say, which doesn't mean that it is free. */
export type CalendarBusy =
  | { busy: BusyPeriod[]; errors?: undefined }
  | {
      busy?: undefined;
      /** Google's reasons, such as `notFound`; `notAnswered` if its response left the calendar out. */
      errors: string[];
    };

/** Which calendars must be free, and what a slot must be like. */
export interface FindSlotsQuery extends SlotOptions, CallOptions {
  /** Calendars that must all be free. Default: the user's own. */
  calendarIds?: readonly string[] | undefined;
  /** Returns the slots of the known calendars, although others may be busy then. */
  despiteUnknown?: boolean | undefined;
}

/** A calendar that Google could say nothing about. */
export interface UnknownCalendar {
  calendarId: string;
  /** As in {@link CalendarBusy}. */
  errors: string[];
}

/** Slots, and the calendars about which nothing is known. */
export interface FoundSlots extends FreeSlots {
  /** If there are any, there are no slots, unless `despiteUnknown` is set. */
  unknown: UnknownCalendar[];
}

/** Who is busy when, without what they do. */
export class FreeBusy {
  readonly #service: CalendarService;

  constructor(service: CalendarService) {
    this.#service = service;
  }

  /**
   * When calendars are busy, by their id. Periods are in order; those that overlap or touch are one. A calendar that
   * Google can't read has `errors` and no `busy`: it is unknown, not free. One request per 50 calendars and 60 days. Scope
   * `calendar.freebusy` or a wider one.
   */
  async query(query: FreeBusyQuery): Promise<Record<string, CalendarBusy>> {
    const span = checkedSpan(query);
    const { timeZone } = query;
    if (timeZone !== undefined) checkedTimeZone(timeZone, 'timeZone', invalid);
    const calendarIds = checkedCalendarIds(query.calendarIds);
    const known = await queryBusy(this.#service.call(query), span, calendarIds);
    return Object.fromEntries([...known].map(([id, times]) => [id, inWords(times, timeZone)]));
  }

  /**
   * Every start at which all calendars are free for the duration, by the zone's clocks. Sends requests as {@link query}
   * does. If a calendar is unknown, no time is known to be free, so there are no slots; `unknown` says why.
   */
  async findSlots(query: FindSlotsQuery): Promise<FoundSlots> {
    const wanted = checkedSlotOptions(query);
    const calendarIds = checkedCalendarIds(query.calendarIds);
    const { span, bufferMs } = wanted;
    // What is busy right outside the range needs its buffer inside.
    const around = { start: span.start - bufferMs, end: span.end + bufferMs };
    const known = await queryBusy(this.#service.call(query), around, calendarIds);
    const unknown = unknownIn(known);
    if (unknown.length > 0 && query.despiteUnknown !== true) return { slots: [], unknown };
    const busy = [...known.values()].flatMap((calendar) => calendar.busy);
    return { ...searchSlots(wanted, busy), unknown };
  }
}

function inWords({ busy, errors }: KnownTimes, timeZone: string | undefined): CalendarBusy {
  if (errors.length > 0) return { errors };
  const written = (at: number): string =>
    timeZone === undefined ? new Date(at).toISOString().replace('.000', '') : zonedText(at, timeZone);
  return { busy: busy.map(({ start, end }) => ({ start: written(start), end: written(end) })) };
}

function unknownIn(known: ReadonlyMap<string, KnownTimes>): UnknownCalendar[] {
  return [...known].flatMap(([calendarId, { errors }]) =>
    errors.length > 0 ? [{ calendarId, errors }] : [],
  );
}
