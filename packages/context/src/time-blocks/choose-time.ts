import { freeSlots, type Slot, type WorkingHours } from '@context-sdk/google-workspace';
import { MINUTE_MS } from '@context-sdk/oauth-core/client-kit';
import { planTasks } from '../planning/plan-tasks.ts';
import type { BusyTime } from './busy-times.ts';

/** Time that is looked for. Epoch milliseconds. */
export interface TimeWish {
  minutes: number;
  from: number;
  to: number;
  /** `Infinity` if nothing is due. */
  due: number;
  timeZone: string;
  workingHours: WorkingHours;
  granularityMinutes: number;
  splittable: boolean;
  minPieceMinutes: number;
  /** Minutes. */
  before: number;
  after: number;
}

/** The earliest time that ends before it is due: one slot, or else pieces. */
export function timeBeforeDue(wish: TimeWish, busy: readonly BusyTime[]): Slot[] | undefined {
  return timeUntil(wish, busy, Math.min(wish.to, wish.due));
}

/** The earliest time in the whole range. */
export function anyTime(wish: TimeWish, busy: readonly BusyTime[]): Slot[] | undefined {
  return timeUntil(wish, busy, wish.to);
}

function timeUntil(wish: TimeWish, busy: readonly BusyTime[], to: number): Slot[] | undefined {
  if (to - wish.from < wish.minutes * MINUTE_MS) return undefined;
  const { slots } = freeSlots({ ...slotOptions(wish, busy), to: new Date(to), limit: 1 });
  if (slots.length > 0) return slots;
  return wish.splittable ? pieces(wish, busy, to) : undefined;
}

/** The longest free time, for an error to name. */
export function longestTime(wish: TimeWish, busy: readonly BusyTime[]): Slot | undefined {
  if (wish.to <= wish.from) return undefined;
  return freeSlots({ ...slotOptions(wish, busy), limit: 1 }).longestGap;
}

function pieces(wish: TimeWish, busy: readonly BusyTime[], to: number): Slot[] | undefined {
  const { minutes: durationMinutes, minPieceMinutes, from, timeZone, workingHours } = wish;
  const plan = planTasks({
    tasks: [{ id: 'task', durationMinutes, minPieceMinutes }],
    busy: withBuffers(wish, busy),
    from: new Date(from),
    to: new Date(to),
    workingHours,
    timeZone,
    granularityMinutes: wish.granularityMinutes,
  });
  if (plan.unplaced.length > 0) return undefined;
  return plan.pieces.map(({ start, end }) => ({ start, end }));
}

function slotOptions(wish: TimeWish, busy: readonly BusyTime[]) {
  const { minutes: durationMinutes, from, to, timeZone, workingHours, granularityMinutes } = wish;
  return {
    durationMinutes,
    from: new Date(from),
    to: new Date(to),
    timeZone,
    workingHours,
    granularityMinutes,
    busy: withBuffers(wish, busy),
  };
}

/** Busy times with what must stay free around them. */
export function withBuffers(
  { before, after }: Pick<TimeWish, 'before' | 'after'>,
  busy: readonly BusyTime[],
): BusyTime[] {
  return busy.map(({ start, end }) => ({
    start: new Date(start.getTime() - after * MINUTE_MS),
    end: new Date(end.getTime() + before * MINUTE_MS),
  }));
}

/** Whether a stretch lies in the working hours. */
export function isInHours(start: number, end: number, wish: TimeWish): boolean {
  if (end <= start) return false;
  const durationMinutes = Math.ceil((end - start) / MINUTE_MS);
  if (durationMinutes > 10_080) return false;
  const { timeZone, workingHours } = wish;
  const range = { from: new Date(start), to: new Date(start + durationMinutes * MINUTE_MS) };
  const options = { ...range, durationMinutes, timeZone, workingHours, granularityMinutes: 1, busy: [] };
  return freeSlots({ ...options, limit: 1 }).slots.length > 0;
}
