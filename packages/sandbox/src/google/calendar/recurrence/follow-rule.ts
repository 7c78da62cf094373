import { DAY_MS } from '../../../time/clock.ts';
import type { WallTime } from '../../../time/zoned-time.ts';
import { type Day, dayOf, modulo, partsOf, weekdayOf } from './day.ts';
import { completed, matches, matchingDays } from './matching-days.ts';
import type { Frequency, RecurrenceRule } from './rule.ts';

/** Periods without an occurrence that end a rule, such as 31 February. */
const MAX_EMPTY_PERIODS = 20_000;

/** Milliseconds of the periods that are shorter than a day. */
const SHORT_PERIODS: Partial<Record<Frequency, number>> = {
  HOURLY: 3_600_000,
  MINUTELY: 60_000,
  SECONDLY: 1000,
};

/** What the clocks show at the rule's occurrences, from its start on, in order. COUNT and UNTIL are the caller's. */
export function* followRule(given: RecurrenceRule, start: WallTime): Generator<WallTime> {
  const startDay = Math.floor(start / DAY_MS);
  const rule = completed(given, startDay);
  const timeOfDay = start - startDay * DAY_MS;
  const shortMs = SHORT_PERIODS[rule.frequency];
  let emptyPeriods = 0;
  for (let steps = 0; emptyPeriods < MAX_EMPTY_PERIODS; steps += rule.interval) {
    const period =
      shortMs === undefined
        ? longPeriod(rule, startDay, timeOfDay, steps)
        : shortPeriod(rule, start + steps * shortMs, shortMs);
    const times = atPositions(rule, period).filter((time) => time >= start);
    emptyPeriods = times.length > 0 ? 0 : emptyPeriods + 1;
    yield* times;
  }
}

/** The times within a day, week, month or year, in order. */
function longPeriod(rule: RecurrenceRule, startDay: Day, timeOfDay: number, steps: number): WallTime[] {
  const [first, end] = boundsOf(rule, startDay, steps);
  const times = timesOfDay(rule, timeOfDay);
  return matchingDays(rule, first, end).flatMap((day) => times.map((time) => day * DAY_MS + time));
}

function boundsOf({ frequency, weekStart }: RecurrenceRule, start: Day, steps: number): [Day, Day] {
  const { year, month } = partsOf(start);
  if (frequency === 'DAILY') return [start + steps, start + steps + 1];
  if (frequency === 'WEEKLY') {
    const first = start - modulo(weekdayOf(start) - weekStart, 7) + steps * 7;
    return [first, first + 7];
  }
  if (frequency === 'MONTHLY') return [dayOf(year, month + steps, 1), dayOf(year, month + steps + 1, 1)];
  return [dayOf(year + steps, 1, 1), dayOf(year + steps + 1, 1, 1)];
}

function timesOfDay({ hours, minutes, seconds }: RecurrenceRule, start: number): number[] {
  const or = (list: readonly number[], own: number): readonly number[] => (list.length > 0 ? list : [own]);
  const times = or(hours, Math.floor(start / 3_600_000)).flatMap((hour) =>
    or(minutes, Math.floor(start / 60_000) % 60).flatMap((minute) =>
      or(seconds, Math.floor(start / 1000) % 60).map((second) => ((hour * 60 + minute) * 60 + second) * 1000),
    ),
  );
  return times.toSorted((a, b) => a - b);
}

/** The same of an hour, minute or second: larger parts limit it, smaller ones expand it. */
function shortPeriod(rule: RecurrenceRule, at: WallTime, lengthMs: number): WallTime[] {
  const begin = at - modulo(at, lengthMs);
  const day = Math.floor(begin / DAY_MS);
  const { hours, minutes, seconds } = rule;
  const fits =
    matches(rule, day) &&
    (hours.length === 0 || hours.includes(Math.floor(begin / 3_600_000) % 24)) &&
    (lengthMs > 60_000 || minutes.length === 0 || minutes.includes(Math.floor(begin / 60_000) % 60)) &&
    (lengthMs > 1000 || seconds.length === 0 || seconds.includes(Math.floor(begin / 1000) % 60));
  if (!fits) return [];
  const inHour =
    lengthMs > 60_000 && minutes.length > 0 ? minutes : [Math.floor(modulo(at, lengthMs) / 60_000)];
  const inMinute = lengthMs > 1000 && seconds.length > 0 ? seconds : [Math.floor(at / 1000) % 60];
  const offsets = inHour.flatMap((minute) => inMinute.map((second) => (minute * 60 + second) * 1000));
  const times = lengthMs > 1000 ? offsets.map((offset) => begin + offset) : [begin];
  return times.toSorted((a, b) => a - b);
}

function atPositions({ positions }: RecurrenceRule, times: readonly WallTime[]): readonly WallTime[] {
  if (positions.length === 0) return times;
  const indexes = new Set(
    positions.map((position) => (position > 0 ? position - 1 : times.length + position)),
  );
  return times.filter((_, index) => indexes.has(index));
}
