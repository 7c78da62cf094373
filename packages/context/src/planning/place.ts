import { FreeMinutes, type Stretch } from './free-minutes.ts';
import { type Job, longestPiece } from './job.ts';

/** A stretch of time for a job, by its place in the list of jobs. */
export interface Piece extends Stretch {
  job: number;
}

/**
 * Which time a job chooses when it is its turn: the first or the last that is on time, or the first there is, so that at least a
 * part of a piece is on time.
 */
export type Way = 'first' | 'last' | 'any';

/** In which order jobs choose their time, and how. */
export interface Choice {
  order: readonly number[];
  ways: readonly Way[];
}

/** What becomes of the jobs when they choose in an order. */
export interface Placement {
  /** The weights of all minutes that are late or not placed. */
  cost: number;
  pieces: Piece[];
  /** What is left free. */
  free: FreeMinutes;
}

/** Minutes between two pieces of a task that has a longest piece: without them two pieces would be one. */
const BREAK = 15;

/** Two passes: all jobs in order take what is on time; then, in the same order, what is left of them takes the first free time. */
export function place(jobs: readonly Job[], stretches: readonly Stretch[], choice: Choice): Placement {
  const placing = new Placing(jobs, stretches);
  const rests: [number, number][] = [];
  for (const index of choice.order) {
    const rest = placing.choose(index, choice.ways[index] ?? 'first');
    if (rest > 0) rests.push([index, rest]);
  }
  for (const [index, rest] of rests) {
    const unplaced = placing.earliest(index, rest, Number.POSITIVE_INFINITY);
    placing.cost += unplaced * (jobs[index] as Job).weight;
  }
  return placing;
}

class Placing implements Placement {
  readonly free: FreeMinutes;
  readonly pieces: Piece[] = [];
  cost = 0;
  readonly #jobs: readonly Job[];
  /** The pieces of each job that has a longest piece. */
  readonly #withBreaks = new Map<number, Piece[]>();

  constructor(jobs: readonly Job[], stretches: readonly Stretch[]) {
    this.#jobs = jobs;
    this.free = new FreeMinutes(stretches);
    for (const [index, { maxPiece, duration }] of jobs.entries()) {
      if (maxPiece < duration) this.#withBreaks.set(index, []);
    }
  }

  choose(index: number, way: Way): number {
    const { duration, due } = this.#jobs[index] as Job;
    if (way === 'last') return this.latest(index, duration);
    return this.earliest(index, duration, way === 'first' ? due : Number.POSITIVE_INFINITY);
  }

  /** Places as many of `minutes` as it can before `until`, the first ones first. Returns the rest. */
  earliest(index: number, minutes: number, until: number): number {
    const { free } = this;
    const job = this.#jobs[index] as Job;
    const own = this.#withBreaks.get(index) ?? NONE;
    let rest = minutes;
    for (let at = 0; at < free.count && rest > 0; at += 1) {
      const start = afterBreak(own, Math.max(free.startOf(at), job.earliest));
      if (start >= until) break;
      const end = beforeBreak(own, start, Math.min(free.endOf(at), until));
      const length = longestPiece(rest, end - start, job);
      if (length === 0) continue;
      const leavesTimeBefore = start > free.startOf(at);
      this.#take(at, { job: index, start, end: start + length });
      rest -= length;
      // What is left behind the piece is looked at next.
      if (!leavesTimeBefore) at -= 1;
    }
    return rest;
  }

  /** Places as many of `minutes` as it can before the job is due, the last ones first. Returns the rest. */
  latest(index: number, minutes: number): number {
    const { free } = this;
    const job = this.#jobs[index] as Job;
    const own = this.#withBreaks.get(index) ?? NONE;
    let rest = minutes;
    for (let at = free.count - 1; at >= 0 && rest > 0; at -= 1) {
      if (free.endOf(at) <= job.earliest) break;
      const from = Math.max(free.startOf(at), job.earliest);
      const end = beforeBreak(own, from, Math.min(free.endOf(at), job.due));
      const length = longestPiece(rest, end - from, job);
      if (length === 0) continue;
      this.#take(at, { job: index, start: end - length, end });
      rest -= length;
      // What is left before the piece is looked at next.
      if (end - length > from) at += 1;
    }
    return rest;
  }

  #take(at: number, piece: Piece): void {
    const { due, weight } = this.#jobs[piece.job] as Job;
    this.free.take(at, piece.start, piece.end);
    this.pieces.push(piece);
    this.#withBreaks.get(piece.job)?.push(piece);
    this.cost += weight * Math.max(0, piece.end - Math.max(piece.start, due));
  }
}

const NONE: readonly Piece[] = [];

/** `start`, or the end of the break after a piece. */
function afterBreak(own: readonly Piece[], start: number): number {
  for (const piece of own) if (piece.start <= start && start < piece.end + BREAK) return piece.end + BREAK;
  return start;
}

/** `end`, or the start of the break before the next piece. */
function beforeBreak(own: readonly Piece[], start: number, end: number): number {
  let first = end;
  for (const piece of own) if (piece.start >= start) first = Math.min(first, piece.start - BREAK);
  return first;
}
