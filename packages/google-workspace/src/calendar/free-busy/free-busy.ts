import type { CallOptions, TimeRange } from '@context-sdk/oauth-core/client-kit';
import type { CalendarService } from '../operations.ts';
import type { CommonSlots, CommonSlotsQuery } from './common-slots.ts';
import type { FreeSlots } from './free-slots.ts';
import type { SlotOptions } from './slot-options.ts';

/** Which calendars, and which time. Any number of calendars; up to five years. */
export interface FreeBusyQuery extends TimeRange, CallOptions {
  /** Calendars, and groups by their address. Default: the user's own calendar. */
  calendarIds?: readonly string[] | undefined;
  /** Members of a group at most, 1 to 100. A larger group is unknown: `groupTooBig`. Default: 100. */
  groupExpansionMax?: number | undefined;
  /** IANA zone of the times in the result. Default: UTC. */
  timeZone?: string | undefined;
}

/** A time in which a calendar is busy, in RFC 3339; `end` is not part of it. */
export interface BusyPeriod {
  start: string;
  end: string;
}

/**
 * When a calendar or a group is busy, or why Google can't say, which doesn't mean that it is free. A group is busy when any
 * member is, and unknown if any member is.
 */
export type CalendarBusy = {
  /** Of a group: its calendars, by id. */
  members?: Record<string, CalendarBusy>;
} & (
  | { busy: BusyPeriod[]; errors?: undefined }
  | {
      busy?: undefined;
      /**
       * Google's reasons, such as `notFound`; `notAnswered` if its response left the calendar out, `unreadable` if it made no
       * sense.
       */
      errors: string[];
    }
);

/** Which calendars must be free, and what a slot must be like. */
export interface FindSlotsQuery extends SlotOptions, CallOptions {
  /** Calendars and groups that must all be free. Default: the user's own. */
  calendarIds?: readonly string[] | undefined;
  /** As in {@link FreeBusyQuery}. */
  groupExpansionMax?: number | undefined;
  /** Returns the slots of the known calendars, although others may be busy then. */
  despiteUnknown?: boolean | undefined;
}

/** A calendar that Google could say nothing about. */
export interface UnknownCalendar {
  calendarId: string;
  /** The group that it was looked up for. */
  groupId?: string;
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
   * Google can't read has `errors` and no `busy`: it is unknown, not free. A group has its `members`. One request per 50
   * calendars and 60 days. Scope `calendar.freebusy` or a wider one.
   */
  async query(query: FreeBusyQuery): Promise<Record<string, CalendarBusy>> {
    const { readBusy } = await import('./find-slots.ts');
    return await readBusy(this.#service, query);
  }

  /**
   * Every start at which all calendars are free for the duration, by the zone's clocks. Sends requests as {@link query}
   * does. If a calendar is unknown, no time is known to be free, so there are no slots; `unknown` says why.
   */
  async findSlots(query: FindSlotsQuery): Promise<FoundSlots> {
    const { findSlots } = await import('./find-slots.ts');
    return await findSlots(this.#service, query);
  }

  /**
   * Times at which all required people can meet, the best first: those at which most optional people can, then the earliest.
   * Each person has working hours by the clocks of their own zone. Sends requests as {@link query} does. If a required person
   * is unknown, there are no slots; `unknown` says why, and `blocking` who has no time at all.
   */
  async findCommonSlots(query: CommonSlotsQuery): Promise<CommonSlots> {
    const { findCommonSlots } = await import('./common-slots.ts');
    return await findCommonSlots(this.#service, query);
  }
}
