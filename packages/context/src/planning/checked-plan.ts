import { freeTime, type FreeTimeOptions, type WorkingHours } from '@context-sdk/google-workspace/free-time';
import {
  checkedInstant,
  checkOptions,
  MINUTE_MS,
  type OptionTypes,
} from '@context-sdk/oauth-core/client-kit';
import { checkedRange, invalidInput } from '../utils/input-checks.ts';
import type { Stretch } from './free-minutes.ts';
import { isDivisible, type Job, usualMinPiece } from './job.ts';
import type { PlannableTask, PlanTasksOptions } from './task-plan.ts';
import { weightOfPriority } from './weights.ts';

const OPTIONS: OptionTypes<PlanTasksOptions> = {
  tasks: 'list',
  busy: 'list',
  from: 'string|object',
  to: 'string|object',
  workingHours: 'checked',
  timeZone: 'string',
  now: 'string|object',
  bufferMinutes: 'number',
  granularityMinutes: 'number',
  maxMinutesPerDay: 'number',
  done: 'list',
};

const MAX_TASKS = 500;
const MAX_MINUTES = 100_000;
const MAX_WEIGHT = 1_000_000;

/** A plan's options, with times in whole minutes since `from`. */
export interface CheckedPlan {
  jobs: Job[];
  /** Milliseconds: a whole minute, at the start of the range or `now`, whichever is later. */
  from: number;
  /** Minutes. */
  end: number;
  timeZone: string;
  /** The most minutes in a day, and the work that counts already. */
  perDay: { minutes: number; done: readonly { start: number; end: number }[] } | undefined;
  /** Free stretches begin at multiples of this many minutes after midnight. */
  granularity: number;
  /** Where there is time. */
  free: FreeTimeOptions;
}

/** Throws {@link InvalidRequestError} naming the option that can't be right. */
export function checkedPlan(options: PlanTasksOptions): CheckedPlan {
  if (typeof options !== 'object' || options === null) throw invalidInput('options', 'must be an object');
  checkOptions(options, OPTIONS, invalidInput);
  const { busy, workingHours, timeZone, bufferMinutes, granularityMinutes = 1 } = options;
  if (typeof workingHours !== 'object' || workingHours === null) {
    throw invalidInput('workingHours', 'is not an object of days');
  }
  const { from, to } = checkedRange(options);
  const { maxMinutesPerDay } = options;
  const done = options.done ?? [];
  const now = options.now === undefined ? from.getTime() : instant(options.now, 'now');
  const first = Math.ceil(Math.max(from.getTime(), now) / MINUTE_MS) * MINUTE_MS;
  return {
    jobs: checkedJobs(options.tasks, first, { from, to, timeZone }),
    from: first,
    end: Math.floor((to.getTime() - first) / MINUTE_MS),
    timeZone,
    granularity: dayMinutes(granularityMinutes, 'granularityMinutes'),
    perDay:
      maxMinutesPerDay === undefined
        ? undefined
        : { minutes: dayMinutes(maxMinutesPerDay, 'maxMinutesPerDay'), done: checkedDone(done) },
    free: { from, to, busy: [...busyList(busy), ...done], workingHours, timeZone, bufferMinutes },
  };
}

function checkedJobs(tasks: unknown, from: number, range: HoursRange): Job[] {
  if (!Array.isArray(tasks)) throw invalidInput('tasks', 'is not a list');
  if (tasks.length > MAX_TASKS) throw invalidInput('tasks', `has more than ${MAX_TASKS} tasks`);
  const jobs = tasks.map((task: unknown, index) => checkedJob(task, `tasks[${index}]`, from, range));
  const ids = new Set<string>();
  for (const [index, { taskId }] of jobs.entries()) {
    if (ids.has(taskId)) throw invalidInput(`tasks[${index}].id`, 'is the id of a task before it');
    ids.add(taskId);
  }
  return jobs;
}

/** When a job may be done at all. */
type HoursRange = Pick<FreeTimeOptions, 'from' | 'to' | 'timeZone'>;

function checkedJob(task: unknown, field: string, from: number, range: HoursRange): Job {
  if (typeof task !== 'object' || task === null) throw invalidInput(field, 'is not an object');
  const { id, earliest, due, splittable = true, ...given } = task as PlannableTask;
  if (typeof id !== 'string' || id === '') throw invalidInput(`${field}.id`, 'must be a non-empty string');
  if (typeof splittable !== 'boolean') throw invalidInput(`${field}.splittable`, 'is neither true nor false');
  const minute = (at: number): number => (at - from) / MINUTE_MS;
  const duration = minutes(given.durationMinutes, `${field}.durationMinutes`);
  return {
    taskId: id,
    duration,
    earliest:
      earliest === undefined ? 0 : Math.max(0, Math.ceil(minute(instant(earliest, `${field}.earliest`)))),
    due: due === undefined ? Number.POSITIVE_INFINITY : Math.floor(minute(instant(due, `${field}.due`))),
    weight: weightOf(given, field),
    ...pieceLengths(duration, splittable, given, field),
    ...(given.hours !== undefined && { windows: windowsOf(given.hours, from, range, field) }),
  };
}

function windowsOf(hours: WorkingHours, from: number, range: HoursRange, field: string): Stretch[] {
  if (typeof hours !== 'object' || hours === null)
    throw invalidInput(`${field}.hours`, 'is not an object of days');
  return freeTime({ ...range, workingHours: hours, busy: [] }).map(({ start, end }) => ({
    start: Math.ceil((Date.parse(start) - from) / MINUTE_MS),
    end: Math.floor((Date.parse(end) - from) / MINUTE_MS),
  }));
}

function pieceLengths(
  duration: number,
  splittable: boolean,
  { minPieceMinutes, maxPieceMinutes = MAX_MINUTES }: Partial<PlannableTask>,
  field: string,
): Pick<Job, 'minPiece' | 'maxPiece'> {
  const maxPiece = minutes(maxPieceMinutes, `${field}.maxPieceMinutes`);
  const shortest = minutes(minPieceMinutes ?? usualMinPiece(duration, maxPiece), `${field}.minPieceMinutes`);
  const minPiece = Math.min(shortest, duration);
  if (!splittable) return { minPiece: duration, maxPiece: duration };
  if (maxPiece < minPiece) throw invalidInput(`${field}.maxPieceMinutes`, 'is less than the shortest piece');
  if (isDivisible(duration, { minPiece, maxPiece })) return { minPiece, maxPiece };
  throw invalidInput(
    `${field}.durationMinutes`,
    `cannot be made of pieces of ${minPiece} to ${maxPiece} minutes`,
  );
}

function weightOf({ weight, priority }: Partial<PlannableTask>, field: string): number {
  if (weight === undefined) return weightOfPriority(priority);
  if (typeof weight === 'number' && weight > 0 && weight <= MAX_WEIGHT) return weight;
  throw invalidInput(`${field}.weight`, `must be a number above 0, at most ${MAX_WEIGHT}`);
}

function dayMinutes(value: unknown, field: string): number {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 1_440) return Number(value);
  throw invalidInput(field, 'must be a whole number from 1 to 1440');
}

function checkedDone(done: NonNullable<PlanTasksOptions['done']>): { start: number; end: number }[] {
  return done.map((one, index) => ({
    start: instant(one?.start, `done[${index}].start`),
    end: instant(one?.end, `done[${index}].end`),
  }));
}

/** What isn't a list is refused by who reads it. */
function busyList(busy: PlanTasksOptions['busy']): PlanTasksOptions['busy'] {
  if (!Array.isArray(busy)) throw invalidInput('busy', 'is not a list');
  return busy;
}

function instant(value: unknown, field: string): number {
  return checkedInstant(value, field, invalidInput).at;
}

function minutes(value: unknown, field: string): number {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_MINUTES) return Number(value);
  throw invalidInput(field, `must be a whole number from 1 to ${MAX_MINUTES}`);
}
