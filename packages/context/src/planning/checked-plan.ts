import type { FreeTimeOptions } from '@context-sdk/google-workspace';
import {
  checkedInstant,
  checkOptions,
  MINUTE_MS,
  type OptionTypes,
} from '@context-sdk/oauth-core/client-kit';
import { checkedRange, invalidInput } from '../utils/input-checks.ts';
import { isDivisible, type Job } from './job.ts';
import type { PlannableTask, PlanTasksOptions } from './task-plan.ts';

const OPTIONS: OptionTypes<PlanTasksOptions> = {
  tasks: true,
  busy: true,
  from: true,
  to: true,
  workingHours: true,
  timeZone: true,
  now: true,
  bufferMinutes: true,
};

const MAX_TASKS = 500;
const MAX_MINUTES = 100_000;
const MAX_WEIGHT = 1_000_000;
const DEFAULT_MIN_PIECE = 30;
/** By TickTick's priorities. */
const WEIGHTS: Readonly<Record<number, number>> = { 5: 8, 3: 4, 1: 2 };

/** A plan's options, with times in whole minutes since `from`. */
export interface CheckedPlan {
  jobs: Job[];
  /** Milliseconds: a whole minute, at the start of the range or `now`, whichever is later. */
  from: number;
  /** Minutes. */
  end: number;
  timeZone: string;
  /** Where there is time. */
  free: FreeTimeOptions;
}

/** Throws {@link InvalidRequestError} naming the option that can't be right. */
export function checkedPlan(options: PlanTasksOptions): CheckedPlan {
  if (typeof options !== 'object' || options === null) throw invalidInput('options', 'must be an object');
  checkOptions(options, OPTIONS, invalidInput);
  const { busy, workingHours, timeZone, bufferMinutes } = options;
  if (typeof workingHours !== 'object' || workingHours === null) {
    throw invalidInput('workingHours', 'is not an object of days');
  }
  const { from, to } = checkedRange(options);
  const now = options.now === undefined ? from.getTime() : instant(options.now, 'now');
  const first = Math.ceil(Math.max(from.getTime(), now) / MINUTE_MS) * MINUTE_MS;
  return {
    jobs: checkedJobs(options.tasks, first),
    from: first,
    end: Math.floor((to.getTime() - first) / MINUTE_MS),
    timeZone,
    free: { from, to, busy, workingHours, timeZone, bufferMinutes },
  };
}

function checkedJobs(tasks: unknown, from: number): Job[] {
  if (!Array.isArray(tasks)) throw invalidInput('tasks', 'is not a list');
  if (tasks.length > MAX_TASKS) throw invalidInput('tasks', `has more than ${MAX_TASKS} tasks`);
  const jobs = tasks.map((task: unknown, index) => checkedJob(task, `tasks[${index}]`, from));
  const ids = new Set<string>();
  for (const [index, { taskId }] of jobs.entries()) {
    if (ids.has(taskId)) throw invalidInput(`tasks[${index}].id`, 'is the id of a task before it');
    ids.add(taskId);
  }
  return jobs;
}

function checkedJob(task: unknown, field: string, from: number): Job {
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
  };
}

function pieceLengths(
  duration: number,
  splittable: boolean,
  { minPieceMinutes = DEFAULT_MIN_PIECE, maxPieceMinutes = MAX_MINUTES }: Partial<PlannableTask>,
  field: string,
): Pick<Job, 'minPiece' | 'maxPiece'> {
  const shortest = minutes(minPieceMinutes, `${field}.minPieceMinutes`);
  const maxPiece = minutes(maxPieceMinutes, `${field}.maxPieceMinutes`);
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
  if (weight === undefined) return WEIGHTS[priority ?? 0] ?? 1;
  if (typeof weight === 'number' && weight > 0 && weight <= MAX_WEIGHT) return weight;
  throw invalidInput(`${field}.weight`, `must be a number above 0, at most ${MAX_WEIGHT}`);
}

function instant(value: unknown, field: string): number {
  return checkedInstant(value, field, invalidInput).at;
}

function minutes(value: unknown, field: string): number {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_MINUTES) return Number(value);
  throw invalidInput(field, `must be a whole number from 1 to ${MAX_MINUTES}`);
}
