import { badRequest, invalid, timeRangeEmpty } from '../../api/failures.ts';
import type { GoogleCall } from '../../api/method.ts';
import { queryChoice, queryFlag, queryInteger, queryParam, queryParams } from '../../api/read-call.ts';
import { EVENT_TYPES } from '../input/event-fields.ts';
import type { AccessRole } from '../store/calendar-data.ts';
import { readInstant } from '../time/read-time.ts';

/** What `events.list` is asked for. Times are milliseconds since the epoch. */
export interface ListQuery {
  readonly singleEvents: boolean;
  readonly showDeleted: boolean;
  readonly timeMin: number | undefined;
  readonly timeMax: number | undefined;
  readonly updatedMin: number | undefined;
  readonly orderBy: 'startTime' | 'updated' | undefined;
  /** Every word must be found. */
  readonly words: readonly string[];
  readonly iCalUID: string | undefined;
  /** `name=value`, all of which must hold. */
  readonly privateProperties: readonly string[];
  readonly sharedProperties: readonly string[];
  /** Empty: any. */
  readonly eventTypes: readonly string[];
  readonly syncToken: string | undefined;
  /** What the caller may do with the calendar: what a role doesn't see, it doesn't find. */
  readonly role: AccessRole;
}

const NOT_WITH_SYNC_TOKEN =
  'iCalUID orderBy privateExtendedProperty q sharedExtendedProperty timeMin timeMax updatedMin'.split(' ');
const DEFAULT_PAGE_SIZE = 250;
const MAX_PAGE_SIZE = 2500;

export function readListQuery(call: GoogleCall, role: AccessRole): ListQuery {
  const query: ListQuery = {
    singleEvents: queryFlag(call, 'singleEvents'),
    showDeleted: queryFlag(call, 'showDeleted'),
    timeMin: readTime(call, 'timeMin'),
    timeMax: readTime(call, 'timeMax'),
    updatedMin: readTime(call, 'updatedMin'),
    orderBy: queryChoice(call, 'orderBy', ['startTime', 'updated'] as const),
    words: (queryParam(call, 'q') ?? '')
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== ''),
    iCalUID: queryParam(call, 'iCalUID'),
    privateProperties: readProperties(call, 'privateExtendedProperty'),
    sharedProperties: readProperties(call, 'sharedExtendedProperty'),
    eventTypes: queryParams(call, 'eventTypes'),
    syncToken: queryParam(call, 'syncToken'),
    role,
  };
  checkQuery(call, query);
  return query;
}

/** 250 unless the caller says otherwise, never more than 2500. */
export function readPageSize(call: GoogleCall): number {
  return Math.min(queryInteger(call, 'maxResults') ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
}

function checkQuery(call: GoogleCall, query: ListQuery): void {
  const { timeMin, timeMax, orderBy, singleEvents, syncToken } = query;
  if (timeMin !== undefined && timeMax !== undefined && timeMax <= timeMin) throw timeRangeEmpty();
  if (orderBy === 'startTime' && !singleEvents) {
    throw badRequest('The requested ordering is not available for the particular query.');
  }
  const unknown = query.eventTypes.find((type) => !EVENT_TYPES.has(type));
  if (unknown !== undefined) throw invalid(`Invalid value '${unknown}'.`, 'eventTypes');
  if (syncToken !== undefined) checkSyncParameters(call);
}

function checkSyncParameters(call: GoogleCall): void {
  const forbidden = NOT_WITH_SYNC_TOKEN.filter((name) => queryParam(call, name) !== undefined);
  if (queryParam(call, 'showDeleted') === 'false') forbidden.push('showDeleted=false');
  if (forbidden.length > 0) {
    throw badRequest(`The syncToken cannot be combined with: ${forbidden.join(', ')}.`);
  }
}

/** A time of the query: milliseconds since the epoch. */
export function readTime(call: GoogleCall, name: string): number | undefined {
  const text = queryParam(call, name);
  return text === undefined ? undefined : readInstant(text, name);
}

function readProperties(call: GoogleCall, name: string): string[] {
  return queryParams(call, name).map((constraint) => {
    if (constraint.indexOf('=') < 1) throw invalid(`Invalid value '${constraint}'.`, name);
    return constraint;
  });
}
