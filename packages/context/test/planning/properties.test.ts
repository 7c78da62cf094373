import { type PlannableTask, planTasks, type TaskPlan } from '@context-sdk/context';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

const MINUTE_MS = 60_000;
const FROM = Date.UTC(2026, 2, 27);
const HOURS = [['08:30', '12:00'] as const, ['12:45', '18:00'] as const];
const ALL_WEEK = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, HOURS]),
);

const OWN_HOURS = Object.fromEntries(
  Object.keys(ALL_WEEK).map((day) => [day, [['09:10', '11:55'] as const, ['14:05', '20:00'] as const]]),
);
const BREAK = 15;

const minute = fc.integer({ min: 0, max: 4 * 1440 });
const instant = minute.map((at) => new Date(FROM + at * MINUTE_MS));
const task = fc
  .record(
    {
      durationMinutes: fc.integer({ min: 1, max: 600 }),
      earliest: instant,
      due: instant,
      weight: fc.integer({ min: 1, max: 8 }),
      minPieceMinutes: fc.integer({ min: 5, max: 90 }),
      splittable: fc.boolean(),
      hours: fc.constantFrom(OWN_HOURS),
    },
    { requiredKeys: ['durationMinutes'] },
  )
  .chain((made) =>
    fc.option(fc.integer({ min: 2, max: 4 }), { nil: undefined }).map((times) => ({
      ...made,
      ...(times !== undefined && {
        maxPieceMinutes: times * Math.min(made.minPieceMinutes ?? 30, made.durationMinutes),
      }),
    })),
  );
const busy = fc.tuple(instant, fc.integer({ min: 0, max: 300 })).map(([start, minutes]) => ({
  start,
  end: new Date(start.getTime() + minutes * MINUTE_MS),
}));
const options = fc.record({
  tasks: fc
    .array(task, { maxLength: 7 })
    .map((tasks): PlannableTask[] => tasks.map((made, index) => ({ id: `t${index}`, ...made }))),
  busy: fc.array(busy, { maxLength: 12 }),
  from: fc.constant(new Date(FROM)),
  to: fc.constant(new Date(FROM + 4 * 1440 * MINUTE_MS)),
  now: instant,
  workingHours: fc.constant(ALL_WEEK),
  timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
  bufferMinutes: fc.constantFrom(0, 10),
  granularityMinutes: fc.constantFrom(1, 15, 50),
  maxMinutesPerDay: fc.option(fc.integer({ min: 30, max: 300 }), { nil: undefined }),
});
type Options = typeof options extends fc.Arbitrary<infer T> ? T : never;

function minutesBetween(start: number, end: number): number {
  return (end - start) / MINUTE_MS;
}

/** The time of day that a plan's text shows, in minutes. */
function clock(text: string): number {
  return Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16));
}

function isInHours(start: string, end: string, hours: readonly (readonly [string, string])[]): boolean {
  return hours.some(([from, to]) => {
    const bounds = [from, to].map((time) => clock(`2026-01-01T${time}`)) as [number, number];
    return clock(start) >= bounds[0] && clock(end) <= bounds[1] && start.slice(0, 10) === end.slice(0, 10);
  });
}

function check(given: Options, { pieces, late, unplaced }: TaskPlan): void {
  const spans = pieces.map(({ taskId, start, end }) => ({
    taskId,
    start: Date.parse(start),
    end: Date.parse(end),
  }));
  const buffer = given.bufferMinutes * MINUTE_MS;
  for (const [index, { start, end }] of spans.entries()) {
    expect(start).toBeGreaterThanOrEqual(Math.max(given.now.getTime(), FROM));
    const { start: from = '', end: to = '' } = pieces[index] ?? {};
    expect(isInHours(from, to, HOURS)).toBe(true);
    const isAfterWork = spans.some((other) => other.end === start);
    expect(isAfterWork || clock(from) % given.granularityMinutes === 0).toBe(true);
    expect(spans[index + 1]?.start ?? end).toBeGreaterThanOrEqual(end);
    for (const other of given.busy.filter((period) => period.end > period.start)) {
      expect(other.start.getTime() - buffer >= end || other.end.getTime() + buffer <= start).toBe(true);
    }
  }
  for (const day of new Set(pieces.map(({ start }) => start.slice(0, 10)))) {
    const ofDay = spans.filter((_, index) => pieces[index]?.start.startsWith(day));
    const minutes = ofDay.reduce((sum, { start, end }) => sum + minutesBetween(start, end), 0);
    expect(minutes).toBeLessThanOrEqual(given.maxMinutesPerDay ?? 1440);
  }
  for (const wanted of given.tasks) {
    const own = spans.filter(({ taskId }) => taskId === wanted.id);
    if (wanted.hours !== undefined) {
      const inHours = pieces.filter(
        ({ taskId, start, end }) => taskId === wanted.id && isInHours(start, end, wanted.hours?.mon ?? []),
      );
      expect(inHours).toHaveLength(own.length);
    }
    if (wanted.maxPieceMinutes !== undefined && wanted.maxPieceMinutes < wanted.durationMinutes) {
      for (const [index, { end }] of own.entries())
        expect(own[index + 1]?.start ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(
          end + BREAK * MINUTE_MS,
        );
    }
    const lengths = own.map(({ start, end }) => minutesBetween(start, end));
    const shortest = Math.min(wanted.minPieceMinutes ?? 30, wanted.durationMinutes);
    const longest = wanted.maxPieceMinutes ?? wanted.durationMinutes;
    if (wanted.splittable === false) expect(own.length).toBeLessThanOrEqual(1);
    else for (const length of lengths) expect(length).toBeLessThanOrEqual(longest);
    for (const length of lengths) expect(length).toBeGreaterThanOrEqual(shortest);
    for (const { start } of own) expect(start).toBeGreaterThanOrEqual(Number(wanted.earliest ?? FROM));
    const placed = lengths.reduce((sum, each) => sum + each, 0);
    expect(placed + (unplaced.find(({ taskId }) => taskId === wanted.id)?.minutes ?? 0)).toBe(
      wanted.durationMinutes,
    );
    const due = Number(wanted.due ?? Number.POSITIVE_INFINITY);
    const after = own.reduce(
      (sum, { start, end }) => sum + Math.max(0, minutesBetween(Math.max(start, due), end)),
      0,
    );
    expect(late.find(({ taskId }) => taskId === wanted.id)?.minutes ?? 0).toBe(after);
  }
}

test('23 never plans two things at once, outside hours, into buffers, or in pieces out of bounds, also when clocks change', () => {
  fc.assert(
    fc.property(options, (given) => check(given, planTasks(given))),
    { numRuns: propertyRuns(20) },
  );
});

/** The least cost of whole tasks in a morning of eight slots of half an hour, by trying everything. */
function leastCost(
  tasks: readonly { slots: number; due: number; weight: number }[],
  taken: readonly number[],
): number {
  const [first, ...others] = tasks;
  if (first === undefined) return 0;
  let least = first.weight * first.slots + leastCost(others, taken);
  for (let start = 0; start + first.slots <= 8; start += 1) {
    const own = Array.from({ length: first.slots }, (_, index) => start + index);
    if (own.some((slot) => taken.includes(slot))) continue;
    const lateSlots = own.filter((slot) => slot >= first.due).length;
    least = Math.min(least, first.weight * lateSlots + leastCost(others, [...taken, ...own]));
  }
  return least;
}

test('23 costs as little as trying everything does, for three whole tasks in a morning', () => {
  const slot = fc.integer({ min: 0, max: 8 });
  const small = fc.record({
    slots: fc.integer({ min: 1, max: 4 }),
    due: slot,
    weight: fc.constantFrom(1, 2, 4, 8),
  });
  const at = (index: number): Date => new Date(FROM + (9 * 60 + index * 30) * MINUTE_MS);
  fc.assert(
    fc.property(
      fc.array(small, { minLength: 1, maxLength: 3 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { maxLength: 4 }),
      (tasks, taken) => {
        const { late, unplaced } = planTasks({
          tasks: tasks.map(({ slots, due, weight }, index) => ({
            id: `${index}`,
            durationMinutes: slots * 30,
            due: at(due),
            weight,
            splittable: false,
          })),
          busy: taken.map((index) => ({ start: at(index), end: at(index + 1) })),
          from: at(0),
          to: at(8),
          workingHours: ALL_WEEK_ALL_DAY,
          timeZone: 'UTC',
        });
        const cost = [...late, ...unplaced].reduce(
          (sum, { taskId, minutes }) => sum + (minutes / 30) * (tasks[Number(taskId)]?.weight ?? 0),
          0,
        );
        expect(cost).toBe(leastCost(tasks, taken));
      },
    ),
    { numRuns: propertyRuns(20) },
  );
});

const ALL_WEEK_ALL_DAY = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00'] as const]]),
);
