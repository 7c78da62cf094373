import { present } from '../../input/present.ts';
import type { Listing, ListingEvents, OfCalendar } from '../../library/calendar-library.ts';
import { checkPageSize } from '../check-page-size.ts';
import { checkedCalendarId, invalid } from '../invalid.ts';
import { checkedInstant, type Instant, instantText } from '../time/instant.ts';
import { checkedTimeZone } from '../time/time-zone.ts';
import type { ReadOptions } from './event-options.ts';

/** Kinds of events. Google may add others. */
export type EventType =
  'birthday' | 'default' | 'focusTime' | 'fromGmail' | 'outOfOffice' | 'workingLocation';

/** A part of a calendar's time. An event lies in it if it ends after `timeMin` and starts before `timeMax`. */
interface TimeQuery extends ReadOptions {
  timeMin?: Instant | undefined;
  timeMax?: Instant | undefined;
  /** Deleted events too, with `status: 'cancelled'`. */
  showDeleted?: boolean | undefined;
  /** Events per request, from 1 to 2,500; Google's own choice is 250. */
  maxResults?: number | undefined;
}

/** Which instances of a recurring event are wanted. */
export interface InstanceQuery extends TimeQuery {
  /** The one that would start then by the recurring event: a time with an offset, or a day. */
  originalStart?: string | undefined;
}

/** Which events of a calendar are wanted: Google's parameters, except its two tokens, which the client handles. */
export interface EventQuery extends TimeQuery {
  /** Recurring events as their instances. */
  singleEvents?: boolean | undefined;
  /** `startTime` needs `singleEvents: true`. */
  orderBy?: 'startTime' | 'updated' | undefined;
  /** Words to find. */
  q?: string | undefined;
  eventTypes?: readonly EventType[] | undefined;
  iCalUID?: string | undefined;
  /** `name=value` each; events that have all of them. */
  privateExtendedProperty?: readonly string[] | undefined;
  /** `name=value` each; events that have all of them. */
  sharedExtendedProperty?: readonly string[] | undefined;
  showHiddenInvitations?: boolean | undefined;
  /** Changed since then, the deleted ones always included. Google may refuse one long ago. */
  updatedMin?: Instant | undefined;
}

function checkedTimes({ timeMin, timeMax, timeZone, maxResults }: TimeQuery): Listing {
  checkPageSize(maxResults, 2500);
  if (timeMin !== undefined && timeMax !== undefined) {
    const [from, to] = [checkedInstant(timeMin, 'timeMin').at, checkedInstant(timeMax, 'timeMax').at];
    if (to <= from) throw invalid('timeMax', 'is not after timeMin');
  }
  return present({
    timeMin: instantText(timeMin, 'timeMin'),
    timeMax: instantText(timeMax, 'timeMax'),
    timeZone: timeZone === undefined ? undefined : checkedTimeZone(timeZone),
    maxResults,
  });
}

function checkedProperties(properties: readonly string[] | undefined, field: string): string[] | undefined {
  for (const [index, property] of (properties ?? []).entries()) {
    if (!/^[^=]+=/.test(property)) throw invalid(`${field}[${index}]`, 'is not written as name=value');
  }
  return properties && [...properties];
}

/** The query of `events.instances`. Throws {@link InvalidRequestError} naming what can't be right. */
export function instanceParameters(query: InstanceQuery): OfCalendar & Listing & { originalStart?: string } {
  const { originalStart, showDeleted, maxAttendees } = query;
  const times = checkedTimes(query);
  return {
    calendarId: checkedCalendarId(query),
    ...present({ ...times, originalStart, showDeleted, maxAttendees }),
  };
}

/** The query of `events.list`. Throws {@link InvalidRequestError} for what Google would refuse, or forget. */
export function listParameters(query: EventQuery): ListingEvents {
  if ('syncToken' in query)
    throw invalid('syncToken', 'belongs to events.sync, which keeps it in its cursor');
  if ('pageToken' in query) throw invalid('pageToken', 'is not needed: a listing turns the pages itself');
  const { singleEvents, orderBy, q, eventTypes, iCalUID, showHiddenInvitations, updatedMin } = query;
  if (orderBy === 'startTime' && singleEvents !== true) {
    throw invalid('orderBy', 'can only be startTime with singleEvents: true');
  }
  const { showDeleted, maxAttendees } = query;
  const times = checkedTimes(query);
  const properties = {
    privateExtendedProperty: checkedProperties(query.privateExtendedProperty, 'privateExtendedProperty'),
    sharedExtendedProperty: checkedProperties(query.sharedExtendedProperty, 'sharedExtendedProperty'),
  };
  return {
    calendarId: checkedCalendarId(query),
    ...present({
      ...times,
      ...properties,
      singleEvents,
      orderBy,
      q,
      iCalUID,
      showDeleted,
      showHiddenInvitations,
      maxAttendees,
      eventTypes: eventTypes && [...eventTypes],
      updatedMin: instantText(updatedMin, 'updatedMin'),
    }),
  };
}
