import { planTasks, type TaskPlan } from '@context-sdk/context';

/** Five days of 16 slots of half an hour, as in the weeks' file. */
export interface Week {
  /** Slots that are taken. */
  busy: number[];
  /** `release` is the first slot that a job may use; slots from `due` on are late. */
  jobs: { duration: number; release: number; due: number; weight: number }[];
}

const SLOT_MINUTES = 30;
export const SLOTS_PER_DAY = 16;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
export const SLOTS: number = DAYS.length * SLOTS_PER_DAY;
const OFFICE = [['09:00', '17:00']] as const;

function startOf(slot: number): Date {
  const day = Math.floor(slot / SLOTS_PER_DAY);
  return new Date(Date.UTC(2026, 10, 30 + day, 9, (slot % SLOTS_PER_DAY) * SLOT_MINUTES));
}

/** The week's plan. */
export function planned({ busy, jobs }: Week): TaskPlan {
  return planTasks({
    tasks: jobs.map(({ duration, release, due, weight }, index) => ({
      id: String(index),
      durationMinutes: duration * SLOT_MINUTES,
      earliest: startOf(release),
      due: startOf(due),
      weight,
      minPieceMinutes: 2 * SLOT_MINUTES,
    })),
    busy: busy.map((slot) => ({
      start: startOf(slot),
      end: new Date(startOf(slot).getTime() + SLOT_MINUTES * 60_000),
    })),
    from: startOf(0),
    to: startOf(SLOTS),
    workingHours: Object.fromEntries(DAYS.map((day) => [day, OFFICE])),
    timeZone: 'UTC',
  });
}

/** The weights of all slots that are late or have no place. */
export function costOf({ late, unplaced }: TaskPlan, { jobs }: Week): number {
  const costs = [...late, ...unplaced].map(
    ({ taskId, minutes }) => (minutes / SLOT_MINUTES) * (jobs[Number(taskId)]?.weight ?? 0),
  );
  return costs.reduce((sum, cost) => sum + cost, 0);
}
