import { freeTime } from '@context-sdk/google-workspace/free-time';
import { addDays, dayOf, MINUTE_MS, startOfDay, zonedText } from '@context-sdk/oauth-core/client-kit';
import { checkedPlan, type CheckedPlan } from './checked-plan.ts';
import { DayLimits } from './day-limits.ts';
import type { Stretch } from './free-minutes.ts';
import { Grid } from './grid.ts';
import type { Job } from './job.ts';
import { type Piece, type Placement, windowsOf } from './place.ts';
import { bestPlacement } from './search.ts';
import type { PlannedPiece, PlanTasksOptions, TaskPlan, UnplacedReason } from './task-plan.ts';

/**
 * Places tasks in the free working time of a range, so that as little as possible, by weight, is late or left out: a search
 * of some milliseconds that is within a few per cent of the optimum (docs/planning.md). It sends no request, and the same input
 * gives the same plan. Throws {@link InvalidRequestError} naming the option that can't be right.
 */
export function planTasks(options: PlanTasksOptions): TaskPlan {
  return planWithin(options, undefined);
}

/** The same with fewer steps of the search, for a plan that is only compared with others. */
export function planWithin(options: PlanTasksOptions, maxPlaced: number | undefined): TaskPlan {
  const plan = checkedPlan(options);
  const days = dayLimits(plan);
  const { from, timeZone, granularity } = plan;
  const grid = granularity === 1 ? undefined : new Grid(from, timeZone, granularity);
  const stretches = freeStretches(plan, grid);
  const placement = bestPlacement(plan.jobs, days ? dividedByDay(stretches, days.begins) : stretches, {
    days: days?.limits,
    grid,
    maxPlaced,
  });
  return {
    pieces: plannedPieces(placement, plan),
    late: lateMinutes(placement, plan.jobs),
    unplaced: unplacedMinutes(placement, plan),
  };
}

/** Free working time in whole minutes since the start of the plan. */
function freeStretches({ free, from }: CheckedPlan, grid: Grid | undefined): Stretch[] {
  return freeTime(free)
    .map(({ start, end }) => {
      const begins = Math.max(0, Math.ceil((Date.parse(start) - from) / MINUTE_MS));
      return {
        start: grid?.up(begins) ?? begins,
        end: Math.floor((Date.parse(end) - from) / MINUTE_MS),
      };
    })
    .filter(({ start, end }) => end > start);
}

/** When each day of the plan begins, in minutes, and how much of it is left. */
function dayLimits({ perDay, from, end, timeZone }: CheckedPlan) {
  if (perDay === undefined) return undefined;
  const begins: number[] = [];
  const left: number[] = [];
  const until = from + end * MINUTE_MS;
  let day = dayOf(from, timeZone);
  for (let at = startOfDay(day, timeZone); at < until; at = startOfDay(day, timeZone)) {
    day = addDays(day, 1);
    const next = startOfDay(day, timeZone);
    const done = perDay.done.map((one) => Math.max(0, Math.min(one.end, next) - Math.max(one.start, at)));
    const doneMinutes = done.reduce((sum, one) => sum + one, 0) / MINUTE_MS;
    begins.push((at - from) / MINUTE_MS);
    left.push(Math.max(0, Math.floor(perDay.minutes - doneMinutes)));
  }
  return { begins, limits: new DayLimits(begins, left) };
}

function dividedByDay(stretches: readonly Stretch[], begins: readonly number[]): Stretch[] {
  return stretches.flatMap(({ start, end }) => {
    const cuts = [start, ...begins.filter((at) => at > start && at < end), end];
    return cuts.slice(1).map((cut, index) => ({ start: cuts[index] as number, end: cut }));
  });
}

function plannedPieces({ pieces }: Placement, { jobs, from, timeZone }: CheckedPlan): PlannedPiece[] {
  const asText = (minute: number): string => zonedText(from + minute * MINUTE_MS, timeZone);
  return joined(pieces, jobs).map(({ job, start, end }) => ({
    taskId: (jobs[job] as Job).taskId,
    start: asText(start),
    end: asText(end),
  }));
}

/** In order of time; pieces of one task that touch are one. */
function joined(pieces: readonly Piece[], jobs: readonly Job[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    const isNext = last?.job === piece.job && last.end === piece.start;
    if (last && isNext && piece.end - last.start <= (jobs[piece.job] as Job).maxPiece) last.end = piece.end;
    else result.push({ ...piece });
  }
  return result;
}

function lateMinutes({ pieces }: Placement, jobs: readonly Job[]): TaskPlan['late'] {
  return jobs.flatMap(({ taskId, due }, index) => {
    const own = pieces.filter(({ job }) => job === index);
    const minutes = own.reduce((sum, { start, end }) => sum + Math.max(0, end - Math.max(start, due)), 0);
    return minutes > 0 ? [{ taskId, minutes }] : [];
  });
}

function unplacedMinutes(placement: Placement, plan: CheckedPlan): TaskPlan['unplaced'] {
  return plan.jobs.flatMap((job, index) => {
    const own = placement.pieces.filter((piece) => piece.job === index);
    const minutes = own.reduce((rest, piece) => rest - (piece.end - piece.start), job.duration);
    if (minutes === 0) return [];
    return [{ taskId: job.taskId, minutes, reason: reasonFor(job, placement, plan) }];
  });
}

function reasonFor(job: Job, { free }: Placement, { end, perDay }: CheckedPlan): UnplacedReason {
  const { earliest, minPiece } = job;
  if (earliest > 0 && earliest >= end) return 'begins_after_range';
  const left = free.starts
    .map((start, index) => ({ start: Math.max(start, earliest), end: free.endOf(index) }))
    .filter((stretch) => stretch.end > stretch.start);
  if (left.length === 0) return 'no_free_time';
  const own = left.flatMap((stretch) => windowsOf(job, stretch));
  if (own.length === 0) return 'no_time_in_its_hours';
  const isLimited = perDay !== undefined && own.some((stretch) => stretch.end - stretch.start >= minPiece);
  return isLimited ? 'days_are_full' : 'no_stretch_long_enough';
}
