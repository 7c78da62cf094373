import { checkedTimeZone, type OwnOptions, zonedText } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import type { CalendarService } from '../operations.ts';
import type {
  CalendarBusy,
  FindSlotsQuery,
  FoundSlots,
  FreeBusyQuery,
  UnknownCalendar,
} from './free-busy.ts';
import { searchSlots } from './free-slots.ts';
import { checkedCalendarIds, type KnownTimes, MAX_GROUP_MEMBERS, queryBusy } from './query-busy.ts';
import { checkedSlotOptions, SLOT_OPTIONS } from './slot-options.ts';
import { checkedSpan } from './spans.ts';

const QUERY_OPTIONS: OwnOptions<FreeBusyQuery> = {
  from: 'string|object',
  to: 'string|object',
  calendarIds: 'list',
  groupExpansionMax: 'number',
  timeZone: 'string',
};

const FIND_OPTIONS: OwnOptions<FindSlotsQuery> = {
  ...SLOT_OPTIONS,
  calendarIds: 'list',
  groupExpansionMax: 'number',
  despiteUnknown: 'boolean',
};

/** When calendars are busy, by their id, in RFC 3339. */
export async function readBusy(
  service: CalendarService,
  query: FreeBusyQuery,
): Promise<Record<string, CalendarBusy>> {
  const span = checkedSpan(query);
  const { timeZone } = query;
  if (timeZone !== undefined) checkedTimeZone(timeZone, 'timeZone', invalid);
  const calendarIds = checkedCalendarIds(query.calendarIds);
  const groupExpansionMax = checkedGroupSize(query.groupExpansionMax);
  const call = service.call(query, QUERY_OPTIONS);
  return inWords(await queryBusy(call, span, calendarIds, groupExpansionMax), timeZone);
}

/** Every start at which all calendars are free for the duration. */
export async function findSlots(service: CalendarService, query: FindSlotsQuery): Promise<FoundSlots> {
  const wanted = checkedSlotOptions(query);
  const calendarIds = checkedCalendarIds(query.calendarIds);
  const groupExpansionMax = checkedGroupSize(query.groupExpansionMax);
  const { span, bufferMs } = wanted;
  // What is busy right outside the range needs its buffer inside.
  const around = { start: span.start - bufferMs, end: span.end + bufferMs };
  const known = await queryBusy(service.call(query, FIND_OPTIONS), around, calendarIds, groupExpansionMax);
  const unknown = unknownIn(known);
  if (unknown.length > 0 && query.despiteUnknown !== true) return { slots: [], unknown };
  const busy = [...known.values()].flatMap((calendar) => calendar.busy);
  return { ...searchSlots(wanted, busy), unknown };
}

function checkedGroupSize(size: number | undefined): number | undefined {
  if (size === undefined || (Number.isInteger(size) && size >= 1 && size <= MAX_GROUP_MEMBERS)) return size;
  throw invalid('groupExpansionMax', `must be a whole number from 1 to ${MAX_GROUP_MEMBERS}`);
}

function inWords(
  known: ReadonlyMap<string, KnownTimes>,
  timeZone: string | undefined,
): Record<string, CalendarBusy> {
  const written = (at: number): string =>
    timeZone === undefined ? new Date(at).toISOString().replace('.000', '') : zonedText(at, timeZone);
  const entries = [...known].map(([id, { busy, errors, members }]): [string, CalendarBusy] => {
    const ofGroup = members && { members: inWords(members, timeZone) };
    if (errors.length > 0) return [id, { errors, ...ofGroup }];
    const periods = busy.map(({ start, end }) => ({ start: written(start), end: written(end) }));
    return [id, { busy: periods, ...ofGroup }];
  });
  return Object.fromEntries(entries);
}

/** Of a group, the members that are unknown; the group itself if Google did not expand it. */
function unknownIn(known: ReadonlyMap<string, KnownTimes>, groupId?: string): UnknownCalendar[] {
  return [...known].flatMap(([calendarId, { errors, members }]) => {
    const ofMembers = members === undefined ? [] : unknownIn(members, calendarId);
    if (errors.length === 0 || ofMembers.length > 0) return ofMembers;
    return [{ calendarId, errors, ...(groupId !== undefined && { groupId }) }];
  });
}
