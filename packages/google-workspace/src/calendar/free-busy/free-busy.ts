import { type CallOptions, oneDeadline } from '@context-sdk/oauth-core';
import type { CalendarRequests } from '../calendar-requests.ts';
import { SERVICE } from '../invalid.ts';
import { checkedRange, type Range } from '../time/span.ts';
import { checkedTimeZone } from '../time/time-zone.ts';
import { zonedText } from '../time/zoned-text.ts';
import type { BusyPeriod, CalendarBusy, UnknownCalendar } from './busy.ts';
import { checkedCalendarIds, type Known, queryBusy } from './query-busy.ts';
import { checkedSlotOptions } from './slots/checked-slot-options.ts';
import { searchSlots } from './slots/search-slots.ts';
import type { FreeSlots, SlotOptions } from './slots/slot-options.ts';

/** Whose time is asked for, and which. Any number of calendars, up to five years. */
export interface FreeBusyQuery extends Range, CallOptions {
  /** The user's own calendar unless given. */
  calendarIds?: readonly string[] | undefined;
  /** IANA zone of the times in the answer; UTC unless given. */
  timeZone?: string | undefined;
}

/** Whose free time is looked for, and how it has to be. */
export interface FindSlotsQuery extends SlotOptions, CallOptions {
  /** Calendars that all have to be free; the user's own unless given. */
  calendarIds?: readonly string[] | undefined;
  /** Gives the slots of the calendars that are known, although others may be busy then. */
  despiteUnknown?: boolean | undefined;
}

/** Slots, and the calendars of which nothing is known. */
export interface FoundSlots extends FreeSlots {
  /** There are no slots as long as there are any of these, unless `despiteUnknown` is set. */
  unknown: UnknownCalendar[];
}

function unknownOf(known: ReadonlyMap<string, Known>): UnknownCalendar[] {
  return [...known].flatMap(([calendarId, { errors }]) =>
    errors.length > 0 ? [{ calendarId, errors }] : [],
  );
}

/** Who is busy when, without what they do. */
export class FreeBusy {
  readonly #requests: CalendarRequests;

  constructor(requests: CalendarRequests) {
    this.#requests = requests;
  }

  /**
   * When calendars are busy, by their id: in order, what overlaps or touches as one. A calendar that Google can't
   * answer for has `errors` and no `busy`: it is unknown, not free. One request per 50 calendars and 60 days. Scope
   * `calendar.freebusy` or a wider one.
   */
  async query(query: FreeBusyQuery): Promise<Record<string, CalendarBusy>> {
    const range = checkedRange(query);
    const zone = query.timeZone === undefined ? undefined : checkedTimeZone(query.timeZone);
    const calendarIds = checkedCalendarIds(query.calendarIds);
    const known = await queryBusy(this.#requests, range, calendarIds, oneDeadline(query, SERVICE));
    const written = (at: number): string =>
      zone === undefined ? new Date(at).toISOString().replace('.000', '') : zonedText(at, zone);
    const inWords = ({ busy, errors }: Known): CalendarBusy => {
      if (errors.length > 0) return { errors };
      return {
        busy: busy.map(({ start, end }): BusyPeriod => ({ start: written(start), end: written(end) })),
      };
    };
    return Object.fromEntries([...known].map(([id, calendar]) => [id, inWords(calendar)]));
  }

  /**
   * Every start at which all calendars are free for the duration, by the zone's clocks. Asks as {@link query} does.
   * While a calendar is unknown nobody can say when it is free, so there are no slots then; `unknown` says why.
   */
  async findSlots(query: FindSlotsQuery): Promise<FoundSlots> {
    const wanted = checkedSlotOptions(query);
    const calendarIds = checkedCalendarIds(query.calendarIds);
    const { range, bufferMs } = wanted;
    // What is busy right outside the range needs its buffer inside.
    const around = { start: range.start - bufferMs, end: range.end + bufferMs };
    const known = await queryBusy(this.#requests, around, calendarIds, oneDeadline(query, SERVICE));
    const unknown = unknownOf(known);
    if (unknown.length > 0 && query.despiteUnknown !== true) return { slots: [], unknown };
    const busy = [...known.values()].flatMap((calendar) => calendar.busy);
    return { ...searchSlots(wanted, busy), unknown };
  }
}
