import type { DayLimits } from './day-limits.ts';
import { FreeMinutes, type Stretch } from './free-minutes.ts';
import type { Grid } from './grid.ts';
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

/** What holds for all jobs. */
export interface Rules {
  /** How much of each day may be planned. */
  days?: DayLimits | undefined;
  /** When work may begin that begins neither with a free stretch nor at the end of other work. Default: at any minute. */
  grid?: Grid | undefined;
}

/**
 * Two passes: all jobs in order take what is on time; then, in the same order, what is left of them takes the first free time.
 * Orders that begin alike share their beginning: it is placed once, and copied.
 */
export class Placing implements Placement {
  readonly free: FreeMinutes;
  readonly pieces: Piece[];
  cost: number;
  readonly #jobs: readonly Job[];
  readonly #days: DayLimits | undefined;
  readonly #grid: Grid | undefined;
  /** What the first pass has left of jobs: their place in the list, and minutes. */
  readonly #rests: (readonly [number, number])[];

  private constructor(
    before: Pick<Placing, 'free' | 'pieces' | 'cost'>,
    jobs: readonly Job[],
    { days, grid }: Rules,
    rests: (readonly [number, number])[],
  ) {
    this.free = before.free;
    this.pieces = before.pieces;
    this.cost = before.cost;
    this.#jobs = jobs;
    this.#days = days;
    this.#grid = grid;
    this.#rests = rests;
  }

  /** Nothing has been placed yet. */
  static of(jobs: readonly Job[], stretches: readonly Stretch[], { days, grid }: Rules): Placing {
    const nothing = { free: FreeMinutes.of(stretches), pieces: [], cost: 0 };
    return new Placing(nothing, jobs, { days: days?.copy(), grid }, []);
  }

  copy(): Placing {
    const { free, pieces, cost } = this;
    const before = { free: free.copy(), pieces: [...pieces], cost };
    const rules = { days: this.#days?.copy(), grid: this.#grid };
    return new Placing(before, this.#jobs, rules, [...this.#rests]);
  }

  /** The first pass, for the jobs from a place in the order on. */
  choose({ order, ways }: Choice, from: number = 0, until: number = order.length): this {
    for (let at = from; at < until; at += 1) {
      const index = order[at] as number;
      const rest = this.#chosen(index, ways[index] ?? 'first');
      if (rest > 0) this.#rests.push([index, rest]);
    }
    return this;
  }

  /** The second pass. */
  finish(): Placement {
    for (const [index, rest] of this.#rests) {
      const unplaced = this.#earliest(index, rest, Number.POSITIVE_INFINITY);
      this.cost += unplaced * (this.#jobs[index] as Job).weight;
    }
    return this;
  }

  #chosen(index: number, way: Way): number {
    const { duration, due } = this.#jobs[index] as Job;
    if (way === 'last') return this.#latest(index, duration);
    return this.#earliest(index, duration, way === 'first' ? due : Number.POSITIVE_INFINITY);
  }

  /** The pieces of a job that has a longest piece: between them are breaks. */
  #piecesApart(index: number, { maxPiece, duration }: Job): Piece[] | undefined {
    return maxPiece < duration ? this.pieces.filter(({ job }) => job === index) : undefined;
  }

  /** Places as many of `minutes` as it can before `until`, the first ones first. Returns the rest. */
  #earliest(index: number, minutes: number, until: number): number {
    const { free } = this;
    const job = this.#jobs[index] as Job;
    const own = this.#piecesApart(index, job);
    let rest = minutes;
    for (let at = 0; at < free.count && rest > 0; at += 1) {
      const from = Math.max(free.startOf(at), job.earliest);
      if (from >= until) break;
      const stretch = { start: from, end: Math.min(free.endOf(at), until) };
      if (stretch.end - stretch.start < job.minPiece) continue;
      for (const window of windowsOf(job, stretch)) {
        const start = this.#beginning(at, afterBreak(own, window.start));
        const end = beforeBreak(own, start, window.end);
        const length = longestPiece(rest, this.#allowed(start, end), job);
        if (length === 0) continue;
        const leavesTimeBefore = start > free.startOf(at);
        const piece = this.#take(at, { job: index, start, end: start + length });
        own?.push(piece);
        rest -= length;
        // What is left behind the piece is looked at next.
        if (!leavesTimeBefore) at -= 1;
        break;
      }
    }
    return rest;
  }

  /** Places as many of `minutes` as it can before the job is due, the last ones first. Returns the rest. */
  #latest(index: number, minutes: number): number {
    const { free } = this;
    const job = this.#jobs[index] as Job;
    const own = this.#piecesApart(index, job);
    let rest = minutes;
    for (let at = free.count - 1; at >= 0 && rest > 0; at -= 1) {
      if (free.endOf(at) <= job.earliest) break;
      const stretch = {
        start: Math.max(free.startOf(at), job.earliest),
        end: Math.min(free.endOf(at), job.due),
      };
      if (stretch.end - stretch.start < job.minPiece) continue;
      for (const window of windowsOf(job, stretch).toReversed()) {
        const first = this.#beginning(at, window.start);
        const end = beforeBreak(own, first, window.end);
        const length = longestPiece(rest, this.#allowed(first, end), job);
        if (length === 0) continue;
        const last = end - length;
        const start = Math.max(first, this.#grid?.down(last) ?? last);
        const piece = this.#take(at, { job: index, start, end: start + length });
        own?.push(piece);
        rest -= length;
        // What is left before the piece is looked at next.
        if (start > stretch.start) at += 1;
        break;
      }
    }
    return rest;
  }

  /** When work can begin in a free stretch, from some minute on: its own beginning is right already. */
  #beginning(at: number, minute: number): number {
    return minute === this.free.startOf(at) ? minute : (this.#grid?.up(minute) ?? minute);
  }

  /** How much of a stretch the day allows. */
  #allowed(start: number, end: number): number {
    return this.#days === undefined ? end - start : Math.min(end - start, this.#days.left(start));
  }

  #take(at: number, piece: Piece): Piece {
    const { due, weight } = this.#jobs[piece.job] as Job;
    this.free.take(at, piece.start, piece.end);
    this.#days?.take(piece.start, piece.end - piece.start);
    this.pieces.push(piece);
    this.cost += weight * Math.max(0, piece.end - Math.max(piece.start, due));
    return piece;
  }
}

/** The parts of a stretch in which a job may be done. */
export function windowsOf({ windows }: Job, stretch: Stretch): Stretch[] {
  if (windows === undefined) return [stretch];
  return windows
    .filter(({ start, end }) => start < stretch.end && end > stretch.start)
    .map(({ start, end }) => ({ start: Math.max(start, stretch.start), end: Math.min(end, stretch.end) }));
}

/** `start`, or the end of the break after a piece. */
function afterBreak(own: readonly Piece[] | undefined, start: number): number {
  for (const piece of own ?? [])
    if (piece.start <= start && start < piece.end + BREAK) return piece.end + BREAK;
  return start;
}

/** `end`, or the start of the break before the next piece. */
function beforeBreak(own: readonly Piece[] | undefined, start: number, end: number): number {
  let first = end;
  for (const piece of own ?? []) if (piece.start >= start) first = Math.min(first, piece.start - BREAK);
  return first;
}
