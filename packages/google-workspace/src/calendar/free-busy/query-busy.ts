import { chunksOf, DAY_MS, isObject } from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { invalid } from '../errors.ts';
import type { CalendarCall } from '../operations.ts';
import { type BusyResponse, groupIn, timesIn } from './read-busy.ts';
import { merged, type Span } from './spans.ts';

/** What Google accepts in one request: 50 calendars by its documentation; for days it states no limit, but refuses about 90. */
const MAX_CALENDARS = 50;
const MAX_DAYS = 60;
/** The largest group that Google expands. */
export const MAX_GROUP_MEMBERS = 100;

/** What is known of one calendar or group, times in epoch milliseconds. */
export interface KnownTimes {
  busy: Span[];
  errors: string[];
  /** The calendars of a group. */
  members?: Map<string, KnownTimes>;
}

/** The calendars and groups to query, each once. */
export function checkedCalendarIds(calendarIds: readonly string[] = ['primary']): string[] {
  if (!Array.isArray(calendarIds) || calendarIds.length === 0) throw invalid('calendarIds', 'is empty');
  return [...new Set(calendarIds.map((id, index) => checkedId(id, `calendarIds[${index}]`, invalid)))];
}

/**
 * Sends the query in chunks and joins the results. A calendar that any response can't read is unknown. A group is busy
 * when any of its members is, and unknown if any of them is.
 */
export async function queryBusy(
  call: CalendarCall,
  span: Span,
  ids: readonly string[],
  groupExpansionMax: number = MAX_GROUP_MEMBERS,
): Promise<Map<string, KnownTimes>> {
  const { known, groups } = await queryCalendars(call, span, ids, groupExpansionMax);
  // Google answers for 50 calendars at most, members included, so members are looked up by themselves.
  const members = new Set([...groups.values()].flatMap(({ members: list }) => [...list]));
  const unasked = [...members].filter((id) => !known.has(id));
  const ofMembers =
    unasked.length === 0 ? known : (await queryCalendars(call, span, unasked, groupExpansionMax)).known;
  for (const [id, group] of groups) {
    const times = [...group.members].map((member): [string, KnownTimes] => [
      member,
      ofMembers.get(member) ?? known.get(member) ?? { busy: [], errors: ['notAnswered'] },
    ]);
    known.set(id, joined(times, group.errors));
  }
  return known;
}

interface Answers {
  known: Map<string, KnownTimes>;
  groups: Map<string, { members: Set<string>; errors: string[] }>;
}

async function queryCalendars(
  call: CalendarCall,
  span: Span,
  allIds: readonly string[],
  groupExpansionMax: number,
): Promise<Answers> {
  const known = new Map(allIds.map((id): [string, KnownTimes] => [id, { busy: [], errors: [] }]));
  const groups: Answers['groups'] = new Map();
  for (const ids of chunksOf(allIds, MAX_CALENDARS)) {
    for (let { start } = span; start < span.end; start += MAX_DAYS * DAY_MS) {
      const end = Math.min(start + MAX_DAYS * DAY_MS, span.end);
      const response = await queryOnce(call, { start, end }, ids, groupExpansionMax);
      for (const id of ids) {
        const group = groupIn(response, id);
        if (group === undefined) {
          add(known.get(id), timesIn(response, id));
          continue;
        }
        const sofar = groups.get(id) ?? { members: new Set(), errors: [] };
        groups.set(id, sofar);
        for (const member of group.members) sofar.members.add(member);
        sofar.errors.push(...group.errors.filter((reason) => !sofar.errors.includes(reason)));
      }
    }
  }
  for (const times of known.values()) times.busy = merged(times.busy);
  return { known, groups };
}

async function queryOnce(
  call: CalendarCall,
  { start, end }: Span,
  ids: readonly string[],
  groupExpansionMax: number,
): Promise<BusyResponse> {
  const json = {
    timeMin: new Date(start).toISOString(),
    timeMax: new Date(end).toISOString(),
    calendarExpansionMax: MAX_CALENDARS,
    groupExpansionMax,
    items: ids.map((id) => ({ id })),
  };
  const response = await call.send('freeBusy.query', { json });
  const { value: groups } = response.member('groups', {});
  // Groups that can't be expanded have no calendars.
  const absent = isObject(groups) && Object.keys(groups).length > 0 ? {} : undefined;
  return { calendars: response.member('calendars', absent).object<Record<string, unknown>>(), groups };
}

function add(known: KnownTimes | undefined, { busy, errors }: KnownTimes): void {
  known?.busy.push(...busy);
  for (const reason of errors) if (!known?.errors.includes(reason)) known?.errors.push(reason);
}

/** A group as a whole. */
function joined(members: readonly [string, KnownTimes][], errors: readonly string[]): KnownTimes {
  const times = members.map(([, one]) => one);
  const reasons = new Set([...errors, ...times.flatMap((one) => one.errors)]);
  return { busy: merged(times.flatMap(({ busy }) => busy)), errors: [...reasons], members: new Map(members) };
}
