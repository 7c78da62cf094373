import {
  checkedInstant,
  checkedTimeZone,
  checkObject,
  type Instant,
  isDay,
  type OwnOptions,
} from '@context-sdk/oauth-core/client-kit';
import { maskWith } from '../../fields-mask.ts';
import { checkedPageSize } from '../../input.ts';
import type { ItemListOptions } from '../../list-items.ts';
import type { LibraryParams } from '../../wire.ts';
import { invalid } from '../errors.ts';
import { READ_OPTIONS, type ReadEventOptions } from './event-input.ts';
import { checkedCalendarId, checkedMaxAttendees, placeOf } from './event-requests.ts';
import type { EventType } from './event.ts';

/** A part of a calendar's time. It includes events that end after `timeMin` and start before `timeMax`. */
interface EventTimeQuery extends ReadEventOptions, ItemListOptions {
  timeMin?: Instant | undefined;
  timeMax?: Instant | undefined;
  /** Includes deleted events, with `status: 'cancelled'`. */
  showDeleted?: boolean | undefined;
  /** Events per request, from 1 to 2,500. Google's default: 250. */
  maxResults?: number | undefined;
}

/** Which instances of a recurring event to return. */
export interface InstanceQuery extends EventTimeQuery {
  /** The one that would start then by the recurring event: an instant, or a day such as `2026-12-24`. */
  originalStart?: Instant | undefined;
}

/** Which events of a calendar to return: Google's parameters, except its two tokens, which the client handles. */
export interface EventQuery extends EventTimeQuery {
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
  /** Changed since then, deleted ones always included. Google may refuse a time long ago. */
  updatedMin?: Instant | undefined;
}

const TIME_OPTIONS: OwnOptions<EventTimeQuery> = {
  ...READ_OPTIONS,
  onSkipped: 'function',
  timeMin: 'string|object',
  timeMax: 'string|object',
  showDeleted: 'boolean',
  maxResults: 'number',
};

export const INSTANCE_OPTIONS: OwnOptions<InstanceQuery> = {
  ...TIME_OPTIONS,
  originalStart: 'string|object',
};

export const LIST_OPTIONS: OwnOptions<EventQuery> = {
  ...TIME_OPTIONS,
  singleEvents: 'boolean',
  orderBy: 'string',
  q: 'string',
  eventTypes: 'list',
  iCalUID: 'string',
  privateExtendedProperty: 'list',
  sharedExtendedProperty: 'list',
  showHiddenInvitations: 'boolean',
  updatedMin: 'string|object',
};

/** The query of `events.instances`. Throws {@link InvalidRequestError} naming what can't be right. */
export function instanceParams(eventId: string, query?: InstanceQuery): LibraryParams {
  const { originalStart, showDeleted, maxAttendees } = query ?? {};
  return {
    ...placeOf(eventId, query ?? {}),
    ...timeParams(query ?? {}),
    originalStart: isDay(originalStart) ? originalStart : instantText(originalStart, 'originalStart'),
    showDeleted,
    maxAttendees: checkedMaxAttendees(maxAttendees),
  };
}

/** The query of `events.list`. Throws {@link InvalidRequestError} for what Google would refuse or ignore. */
export function listParams(given?: EventQuery | null): LibraryParams {
  const query = given ?? {};
  checkObject(query, 'query', invalid);
  if ('syncToken' in query) {
    throw invalid('syncToken', 'belongs to events.sync, which keeps it in its cursor');
  }
  if ('pageToken' in query) throw invalid('pageToken', 'is not needed: a listing reads every page');
  const { singleEvents, orderBy, q, eventTypes, iCalUID, showDeleted, showHiddenInvitations, maxAttendees } =
    query;
  if (orderBy === 'startTime' && singleEvents !== true) {
    throw invalid('orderBy', 'can only be startTime with singleEvents: true');
  }
  return {
    calendarId: checkedCalendarId(query),
    ...timeParams(query),
    privateExtendedProperty: checkedProperties(query?.privateExtendedProperty, 'privateExtendedProperty'),
    sharedExtendedProperty: checkedProperties(query?.sharedExtendedProperty, 'sharedExtendedProperty'),
    singleEvents,
    orderBy,
    q,
    iCalUID,
    showDeleted,
    showHiddenInvitations,
    maxAttendees: checkedMaxAttendees(maxAttendees),
    eventTypes,
    updatedMin: instantText(query?.updatedMin, 'updatedMin'),
  };
}

function timeParams({ timeMin, timeMax, timeZone, maxResults, fields }: EventTimeQuery): LibraryParams {
  if (timeMin !== undefined && timeMax !== undefined) {
    const from = checkedInstant(timeMin, 'timeMin', invalid).at;
    const to = checkedInstant(timeMax, 'timeMax', invalid).at;
    if (to <= from) throw invalid('timeMax', 'is not after timeMin');
  }
  return {
    timeMin: instantText(timeMin, 'timeMin'),
    timeMax: instantText(timeMax, 'timeMax'),
    timeZone: timeZone === undefined ? undefined : checkedTimeZone(timeZone, 'timeZone', invalid),
    maxResults: checkedPageSize(maxResults, 2500, invalid),
    fields: maskWith(fields, 'nextPageToken,items(id)', invalid),
  };
}

function instantText(value: Instant | undefined, field: string): string | undefined {
  return value === undefined ? undefined : checkedInstant(value, field, invalid).text;
}

function checkedProperties(
  properties: readonly string[] | undefined,
  field: string,
): readonly string[] | undefined {
  for (const [index, property] of (properties ?? []).entries()) {
    if (!/^[^=]+=/.test(property)) throw invalid(`${field}[${index}]`, 'is not written as name=value');
  }
  return properties;
}
