import { type CallOptions, UnexpectedResponseError } from '@context-sdk/oauth-core';
import type { Answer } from '../../requests/answer.ts';
import type { CalendarRequests } from '../calendar-requests.ts';
import { checkedId, invalid, SERVICE } from '../invalid.ts';
import type { Span } from '../time/span.ts';
import { DAY_MS } from '../time/units.ts';
import { readTime } from '../time/written-time.ts';
import { merged } from './spans.ts';

/** What Google takes at once: 50 calendars by its documentation; of days it tells no limit, but refuses some 90. */
const MOST_CALENDARS = 50;
const MOST_DAYS = 60;

/** What is known of one calendar, times in epoch milliseconds. */
export interface Known {
  busy: Span[];
  errors: string[];
}

/** The calendars to ask for, each once. */
export function checkedCalendarIds(calendarIds: readonly string[] = ['primary']): string[] {
  if (!Array.isArray(calendarIds) || calendarIds.length === 0) throw invalid('calendarIds', 'is empty');
  return [...new Set(calendarIds.map((id, index) => checkedId(id, `calendarIds[${index}]`)))];
}

/** Asks chunk by chunk, and puts together what was cut. A calendar that any answer knows nothing of is unknown. */
export async function queryBusy(
  requests: CalendarRequests,
  range: Span,
  calendarIds: readonly string[],
  options: CallOptions | undefined,
): Promise<Map<string, Known>> {
  const known = new Map(calendarIds.map((id): [string, Known] => [id, { busy: [], errors: [] }]));
  for (let index = 0; index < calendarIds.length; index += MOST_CALENDARS) {
    const ids = calendarIds.slice(index, index + MOST_CALENDARS);
    for (let { start } = range; start < range.end; start += MOST_DAYS * DAY_MS) {
      const end = Math.min(start + MOST_DAYS * DAY_MS, range.end);
      const answer = await ask(requests, { start, end }, ids, options);
      for (const id of ids) addTo(known.get(id), calendarIn(answer, id));
    }
  }
  for (const one of known.values()) one.busy = merged(one.busy);
  return known;
}

async function ask(
  requests: CalendarRequests,
  { start, end }: Span,
  ids: readonly string[],
  options: CallOptions | undefined,
): Promise<Record<string, CalendarAnswer | undefined>> {
  const requestBody = {
    timeMin: new Date(start).toISOString(),
    timeMax: new Date(end).toISOString(),
    calendarExpansionMax: MOST_CALENDARS,
    items: ids.map((id) => ({ id })),
  };
  const answer: Answer = await requests.call('freebusy.query', options, (api, library) =>
    api.freebusy.query({ requestBody }, library),
  );
  const { calendars } = answer.object<{ calendars?: unknown }>();
  if (typeof calendars !== 'object' || calendars === null) throw misfit('an object', 'calendars');
  return calendars as Record<string, CalendarAnswer | undefined>;
}

interface CalendarAnswer {
  busy?: { start?: unknown; end?: unknown }[];
  errors?: { reason?: unknown }[];
}

function calendarIn(calendars: Record<string, CalendarAnswer | undefined>, id: string): Known {
  const answer = Object.hasOwn(calendars, id) ? calendars[id] : undefined;
  if (typeof answer !== 'object' || answer === null) return { busy: [], errors: ['notAnswered'] };
  const { busy = [], errors = [] } = answer;
  if (!Array.isArray(busy) || !Array.isArray(errors)) throw misfit('lists', `calendars.${id}`);
  return {
    busy: busy.map(({ start, end }, index) => ({
      start: instantIn(start, `calendars.${id}.busy[${index}].start`),
      end: instantIn(end, `calendars.${id}.busy[${index}].end`),
    })),
    errors: errors.map(({ reason }) => (typeof reason === 'string' ? reason : 'unknown')),
  };
}

function instantIn(value: unknown, field: string): number {
  const time = typeof value === 'string' ? readTime(value) : undefined;
  if (time?.offset === undefined) throw misfit('a time', field);
  return time.clock - time.offset;
}

function addTo(known: Known | undefined, { busy, errors }: Known): void {
  known?.busy.push(...busy);
  for (const reason of errors) if (!known?.errors.includes(reason)) known?.errors.push(reason);
}

function misfit(wanted: string, field: string): UnexpectedResponseError {
  const message = `${SERVICE} answered freebusy.query without ${wanted} in ${field}.`;
  return new UnexpectedResponseError(message, { service: SERVICE, field });
}
