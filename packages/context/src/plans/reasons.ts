import type { CalendarEvent } from '@context-sdk/google-workspace';
import { dayOf, MINUTE_MS, zonedText } from '@context-sdk/oauth-core/client-kit';
import type { UnplacedReason } from '../planning/task-plan.ts';
import type { Stretch } from '../time-blocks/standing-blocks.ts';
import type { Draft } from './draft.ts';
import type { PlanPiece, PlanReason } from './plan.ts';

/** An event or other work that a piece may come after. */
export interface Neighbor extends Stretch {
  event?: CalendarEvent;
  title: string;
}

/** What reasons are made of. */
export interface ReasonInput {
  neighbors: readonly Neighbor[];
  timeZone: string;
  /** Minutes that may lie between the end of something and the piece after it. */
  gapMinutes: number;
  now: number;
}

type Reason = Pick<PlanPiece, 'reason' | 'reasons'>;

export const UNPLACED_TEXTS: Readonly<Record<UnplacedReason, string>> = {
  begins_after_range: 'it may not begin before the range ends',
  no_free_time: 'all working time is taken',
  no_time_in_its_hours: 'nothing is free in its own hours',
  days_are_full: 'the days have as much work as they may',
  no_stretch_long_enough: 'no free stretch is as long as its shortest piece',
};

/** Why a piece is where it is. */
export function reasonFor(piece: Draft['pieces'][number], input: ReasonInput): Reason {
  const place = piece.kept ? keptReason(piece, input) : placeReason(piece, input);
  const due = dueReason(piece, input);
  return {
    reason: due === undefined ? place.text : `${place.text}, ${due.text}`,
    reasons: due === undefined ? [place.code] : [place.code, due.code],
  };
}

interface Part {
  code: PlanReason;
  text: string;
}

function keptReason({ work, kept, start }: Draft['pieces'][number], { now }: ReasonInput): Part {
  if (work.task.protected === true) return { code: 'protected', text: 'protected, stays where it is' };
  if (start <= now) return { code: 'begun', text: 'has begun' };
  if (kept?.isFixed) return { code: 'kept_by_hand', text: 'stays where you put it' };
  return { code: 'kept', text: 'stays where it is' };
}

function placeReason(piece: Draft['pieces'][number], input: ReasonInput): Part {
  const { neighbors, gapMinutes, timeZone } = input;
  const before = neighbors
    .filter(({ end }) => end <= piece.start && piece.start - end <= gapMinutes * MINUTE_MS)
    .reduce<Neighbor | undefined>((last, one) => (last && last.end >= one.end ? last : one), undefined);
  if (before?.event) return { code: 'after_event', text: `after your ${clock(before.start, timeZone)}` };
  if (before) return { code: 'after_work', text: `after “${before.title}”` };
  const { earliest } = piece.work;
  if (Number.isFinite(earliest) && piece.start - earliest < gapMinutes * MINUTE_MS) {
    return { code: 'not_before_earliest', text: `not before ${when(earliest, piece.start, timeZone)}` };
  }
  return { code: 'start_of_hours', text: 'the first free time' };
}

function dueReason(
  { work: { due }, start, end }: Draft['pieces'][number],
  { timeZone }: ReasonInput,
): Part | undefined {
  if (!Number.isFinite(due)) return undefined;
  if (end <= due) return { code: 'before_due', text: `before it is due ${when(due, start, timeZone)}` };
  return { code: 'after_due', text: `after it was due ${when(due, start, timeZone)}` };
}

/** A time of the same day by the clock, and of another with its day. */
function when(at: number, from: number, timeZone: string): string {
  const day = dayOf(at, timeZone);
  return day === dayOf(from, timeZone) ? `at ${clock(at, timeZone)}` : `on ${day} at ${clock(at, timeZone)}`;
}

function clock(at: number, timeZone: string): string {
  return zonedText(at, timeZone).slice(11, 16);
}
