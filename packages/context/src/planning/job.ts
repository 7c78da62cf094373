import type { Stretch } from './free-minutes.ts';

/** A task as the planner sees it, in whole minutes since the start of the plan. */
export interface Job {
  taskId: string;
  duration: number;
  earliest: number;
  /** `Infinity` without a due time. */
  due: number;
  weight: number;
  /** The whole duration where the task can't be split. */
  minPiece: number;
  maxPiece: number;
  /** When it may be done, in order. Default: in all working hours. */
  windows?: readonly Stretch[];
}

/** Whether so many minutes can be made of pieces that are neither too short nor too long. */
export function isDivisible(
  minutes: number,
  { minPiece, maxPiece }: Pick<Job, 'minPiece' | 'maxPiece'>,
): boolean {
  return Math.ceil(minutes / maxPiece) * minPiece <= minutes;
}

/** The shortest piece of a task that says nothing of it: 30 minutes, or less where the longest leaves no room for that. */
export function usualMinPiece(minutes: number, maxPiece: number): number {
  return Math.min(30, evenPiece(minutes, maxPiece));
}

/** How long the pieces are if so many minutes are made of as few as `maxPiece` allows, all alike. */
export function evenPiece(minutes: number, maxPiece: number): number {
  return Math.floor(minutes / Math.ceil(minutes / maxPiece));
}

/** The longest piece that fits into `available` and leaves a rest that can be placed. 0 if there is none. */
export function longestPiece(rest: number, available: number, job: Job): number {
  const piece = Math.min(available, rest, job.maxPiece);
  const left = rest - piece;
  const fitting = isDivisible(left, job) ? piece : rest - Math.ceil(left / job.maxPiece) * job.minPiece;
  return fitting >= job.minPiece ? fitting : 0;
}
