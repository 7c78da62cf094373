import { addDays, dayOf } from '@context-sdk/oauth-core/client-kit';
import {
  formatRecurrenceRule,
  occurrenceDays,
  occurrenceTimes,
  parseRecurrenceRule,
} from '@context-sdk/oauth-core/recurrence';
import { invalid } from '../../errors.ts';
import type { EventTimes } from '../read-event-times.ts';
import { datesIn } from './recurrence-dates.ts';

/** Where a series is cut: the start of the first instance of its second part. */
export type Cut = { day: string } | { instant: number };

/** The recurrence of a series before a cut and from it on. */
export interface CutRecurrence {
  before: string[];
  following: string[];
}

/** A series as far as a cut needs it. */
export interface CutSeries {
  lines: readonly string[];
  times: EventTimes;
  timeZone: string;
}

/** The most occurrences that are counted for a rule with COUNT. */
const MAX_COUNT = 10_000;

/**
 * Cuts the lines of a recurrence. Rules before the cut end there; a COUNT is shared out between the parts; a rule that ended
 * before stays as it is. Added and excluded dates go to the part that they lie in.
 */
export async function cutRecurrence(series: CutSeries, cut: Cut): Promise<CutRecurrence> {
  const before: string[] = [];
  const following: string[] = [];
  for (const line of series.lines) {
    const isRule = /^(RRULE|EXRULE):/i.test(line);
    const parts = isRule ? await cutRule(line, series, cut) : cutDates(line, series, cut);
    if (parts.before !== undefined) before.push(parts.before);
    if (parts.following !== undefined) following.push(parts.following);
  }
  return { before, following };
}

interface CutLine {
  before: string | undefined;
  following: string | undefined;
}

async function cutRule(line: string, series: CutSeries, cut: Cut): Promise<CutLine> {
  const [, name = 'RRULE'] = /^(\w+):/.exec(line) ?? [];
  const rule = parseRecurrenceRule(line.replace(/^EXRULE:/i, 'RRULE:'));
  if (rule === undefined) throw invalid('recurrence', 'of the series has a rule that can not be split');
  const write = (one: typeof rule): string => formatRecurrenceRule(one).replace(/^RRULE/, name);
  const { count, until, ...endless } = rule;
  const before = write({ ...endless, until: lastBefore(cut) });
  if (count === undefined) {
    const hasEnded = until !== undefined && endsBefore(until, series, cut);
    return hasEnded ? { before: line, following: undefined } : { before, following: write(rule) };
  }
  const passed = await countBefore(formatRecurrenceRule(rule), series, cut);
  if (count <= passed) return { before: line, following: undefined };
  return { before, following: write({ ...rule, count: count - passed }) };
}

/** The value of UNTIL, which has the type of the series' start (RFC 5545 §3.3.10). */
function lastBefore(cut: Cut): string {
  return 'day' in cut ? addDays(cut.day, -1).replaceAll('-', '') : basicTime(cut.instant - 1000);
}

/** Whether the last day or moment of a rule is before the cut, which then is at a date that was added. */
function endsBefore(until: string, { timeZone }: CutSeries, cut: Cut): boolean {
  if ('instant' in cut && until.endsWith('Z')) return until < basicTime(cut.instant);
  const day = 'day' in cut ? cut.day : dayOf(cut.instant, timeZone);
  return until.slice(0, 8) < day.replaceAll('-', '');
}

function basicTime(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

async function countBefore(line: string, { times, timeZone }: CutSeries, cut: Cut): Promise<number> {
  const common = { lines: [line], timeZone, limit: MAX_COUNT };
  if (times.allDay && 'day' in cut) {
    return (await occurrenceDays({ ...common, start: times.day, before: cut.day }, invalid)).length;
  }
  if (times.allDay || 'day' in cut) throw invalid('eventId', 'and its series are not both all day');
  const start = times.start.getTime();
  return (await occurrenceTimes({ ...common, start, before: cut.instant }, invalid)).length;
}

function cutDates(line: string, { timeZone }: CutSeries, cut: Cut): CutLine {
  const { head, dates } = datesIn(line, timeZone);
  const isLater = ({ day, instant }: (typeof dates)[number]): boolean => {
    if ('day' in cut) return day >= cut.day;
    return instant === undefined ? day >= dayOf(cut.instant, timeZone) : instant >= cut.instant;
  };
  const parts = Map.groupBy(dates, isLater);
  const write = (some: typeof dates | undefined): string | undefined =>
    some && `${head}:${some.map(({ text }) => text).join(',')}`;
  return { before: write(parts.get(false)), following: write(parts.get(true)) };
}
