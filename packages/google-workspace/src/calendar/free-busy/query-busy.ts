import { chunksOf, DAY_MS, isObject, readTime, textOf } from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { invalid, unexpected } from '../errors.ts';
import type { CalendarCall } from '../operations.ts';
import { merged, type Span } from './spans.ts';

/** What Google accepts in one request: 50 calendars by its documentation; for days it states no limit, but refuses about 90. */
const MAX_CALENDARS = 50;
const MAX_DAYS = 60;

/** What is known of one calendar, times in epoch milliseconds. */
export interface KnownTimes {
  busy: Span[];
  errors: string[];
}

/** The calendars to query, each once. */
export function checkedCalendarIds(calendarIds: readonly string[] = ['primary']): string[] {
  if (!Array.isArray(calendarIds) || calendarIds.length === 0) throw invalid('calendarIds', 'is empty');
  return [...new Set(calendarIds.map((id, index) => checkedId(id, `calendarIds[${index}]`, invalid)))];
}

/** Sends the query in chunks and joins the results. A calendar that any response can't read is unknown. */
export async function queryBusy(
  call: CalendarCall,
  span: Span,
  calendarIds: readonly string[],
): Promise<Map<string, KnownTimes>> {
  const known = new Map(calendarIds.map((id): [string, KnownTimes] => [id, { busy: [], errors: [] }]));
  for (const ids of chunksOf(calendarIds, MAX_CALENDARS)) {
    for (let { start } = span; start < span.end; start += MAX_DAYS * DAY_MS) {
      const end = Math.min(start + MAX_DAYS * DAY_MS, span.end);
      const calendars = await queryOnce(call, { start, end }, ids);
      for (const id of ids) add(known.get(id), timesIn(calendars, id));
    }
  }
  for (const times of known.values()) times.busy = merged(times.busy);
  return known;
}

async function queryOnce(
  call: CalendarCall,
  { start, end }: Span,
  ids: readonly string[],
): Promise<Record<string, unknown>> {
  const json = {
    timeMin: new Date(start).toISOString(),
    timeMax: new Date(end).toISOString(),
    calendarExpansionMax: MAX_CALENDARS,
    items: ids.map((id) => ({ id })),
  };
  const response = await call.send('freeBusy.query', { json });
  return response.member('calendars').object<Record<string, unknown>>();
}

function timesIn(calendars: Record<string, unknown>, id: string): KnownTimes {
  const calendar = Object.hasOwn(calendars, id) ? calendars[id] : undefined;
  if (!isObject(calendar)) return { busy: [], errors: ['notAnswered'] };
  const { busy = [], errors = [] } = calendar;
  if (!Array.isArray(busy) || !Array.isArray(errors)) throw misfit('lists', `calendars.${id}`);
  return {
    busy: busy.map((period: unknown, index) => ({
      start: instantIn(period, 'start', `calendars.${id}.busy[${index}]`),
      end: instantIn(period, 'end', `calendars.${id}.busy[${index}]`),
    })),
    errors: errors.map((error: unknown) => textOf(isObject(error) && error['reason']) ?? 'unknown'),
  };
}

function instantIn(period: unknown, name: 'start' | 'end', field: string): number {
  const text = isObject(period) ? textOf(period[name]) : undefined;
  const time = readTime(text ?? '');
  if (time?.offset === undefined) throw misfit('a time', `${field}.${name}`);
  return time.clock - time.offset;
}

function add(known: KnownTimes | undefined, { busy, errors }: KnownTimes): void {
  known?.busy.push(...busy);
  for (const reason of errors) if (!known?.errors.includes(reason)) known?.errors.push(reason);
}

function misfit(wanted: string, field: string): Error {
  return unexpected(`answered freeBusy.query without ${wanted} in ${field}`, field);
}
