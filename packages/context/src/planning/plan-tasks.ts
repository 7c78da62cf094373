import { freeTime } from '@context-sdk/google-workspace';
import { MINUTE_MS, zonedText } from '@context-sdk/oauth-core/client-kit';
import { checkedPlan, type CheckedPlan } from './checked-plan.ts';
import type { Stretch } from './free-minutes.ts';
import type { Job } from './job.ts';
import type { Piece, Placement } from './place.ts';
import { bestPlacement } from './search.ts';
import type { PlannedPiece, PlanTasksOptions, TaskPlan, UnplacedReason } from './task-plan.ts';

/**
 * Places tasks in the free working time of a range, so that as little as possible, by weight, is late or left out: a search
 * of some milliseconds that is within a few per cent of the optimum (docs/planning.md). It sends no request, and the same input
 * gives the same plan. Throws {@link InvalidRequestError} naming the option that can't be right.
 */
export function planTasks(options: PlanTasksOptions): TaskPlan {
  const plan = checkedPlan(options);
  const placement = bestPlacement(plan.jobs, freeStretches(plan));
  return {
    pieces: plannedPieces(placement, plan),
    late: lateMinutes(placement, plan.jobs),
    unplaced: unplacedMinutes(placement, plan),
  };
}

/** Free working time in whole minutes since the start of the plan. */
function freeStretches({ free, from }: CheckedPlan): Stretch[] {
  return freeTime(free)
    .map(({ start, end }) => ({
      start: Math.max(0, Math.ceil((Date.parse(start) - from) / MINUTE_MS)),
      end: Math.floor((Date.parse(end) - from) / MINUTE_MS),
    }))
    .filter(({ start, end }) => end > start);
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

function unplacedMinutes(placement: Placement, { jobs, end }: CheckedPlan): TaskPlan['unplaced'] {
  return jobs.flatMap((job, index) => {
    const own = placement.pieces.filter((piece) => piece.job === index);
    const minutes = own.reduce((rest, piece) => rest - (piece.end - piece.start), job.duration);
    if (minutes === 0) return [];
    return [{ taskId: job.taskId, minutes, reason: reasonFor(job, placement, end) }];
  });
}

function reasonFor({ earliest }: Job, { free }: Placement, end: number): UnplacedReason {
  if (earliest > 0 && earliest >= end) return 'begins_after_range';
  const hasFreeTime = free.count > 0 && free.endOf(free.count - 1) > earliest;
  return hasFreeTime ? 'no_stretch_long_enough' : 'no_free_time';
}
