import { checkedInstant, DAY_MS, MINUTE_MS } from '@context-sdk/oauth-core/client-kit';
import { nextOccurrences } from '@context-sdk/ticktick-client/recurrence';
import { blockWeight } from '../time-blocks/block-options.ts';
import { dayStart, dueTime, occurrenceOf, spanStart } from '../time-blocks/task-dates.ts';
import { invalidInput } from '../utils/input-checks.ts';
import { WIDEST_ZONES_MS } from '../utils/own-calendars.ts';
import { taskLengthMs } from '../utils/task-length.ts';
import type { CheckedPlanOptions } from './plan-options.ts';
import type { PlanTask } from './plan.ts';

/** More occurrences of one task are not planned at once. */
const MAX_OCCURRENCES = 62;

/** What is planned as one: a task, or an occurrence of one that recurs. */
export interface Work {
  /** Names it among all others. */
  id: string;
  task: PlanTask;
  occurrence: string | undefined;
  minutes: number;
  weight: number;
  /** Epoch milliseconds. */
  earliest: number;
  /** `Infinity` if nothing is due. */
  due: number;
}

/** All work of a plan: open tasks, and the occurrences of recurring ones that begin in the range. */
export async function allWork(checked: CheckedPlanOptions, timeZone: string): Promise<Work[]> {
  const tasks = checked.options.tasks.filter(({ status = 0 }) => status === 0);
  const lists = await Promise.all(tasks.map((task) => workOf(task, checked, timeZone)));
  return lists.flat();
}

async function workOf(task: PlanTask, checked: CheckedPlanOptions, timeZone: string): Promise<Work[]> {
  const first = { task, occurrence: occurrenceOf(task) };
  const next = first.occurrence === undefined ? [] : await occurrencesIn(task, checked, timeZone);
  return [first, ...next].map(({ task: one, occurrence }, index) => ({
    id: occurrence === undefined ? task.id : `${task.id}@${occurrence}`,
    task: one,
    occurrence,
    minutes: one.durationMinutes ?? spanOf(one, timeZone) ?? checked.durationMinutes,
    weight: blockWeight(one, one),
    earliest: earliestOf(one, timeZone, index),
    due: dueOf(one, timeZone, index),
  }));
}

/** The occurrences after the one that the task shows, by the user's days. Only TickTick knows those of some rules. */
async function occurrencesIn(
  task: PlanTask,
  { range }: CheckedPlanOptions,
  timeZone: string,
): Promise<{ task: PlanTask; occurrence: string | undefined }[]> {
  // What recurs from its completion has no next occurrence before it is completed.
  if ((task as { repeatFrom?: string }).repeatFrom === '1') return [];
  // Days and floating times come elsewhere in the user's zone.
  const isInstant = !task.isAllDay && !task.isFloating;
  const earlierMs = taskLengthMs(task, timeZone) + (isInstant ? 0 : WIDEST_ZONES_MS + DAY_MS);
  const bounds = {
    after: new Date(range.from.getTime() - earlierMs),
    before: new Date(range.to.getTime() + WIDEST_ZONES_MS),
    limit: MAX_OCCURRENCES,
  };
  // What somebody else wrote as a rule may be none.
  const following = await nextOccurrences(task, bounds).catch(() => undefined);
  return (following ?? [])
    .map((dates) => ({ ...task, ...dates }))
    .filter((one) => (dueTime(one, timeZone) ?? 0) > range.from.getTime())
    .filter((one) => (dayStart(one, timeZone) ?? 0) < range.to.getTime())
    .map((one) => ({ task: one, occurrence: occurrenceOf(one) }));
}

/** The length of a task that has a start and a due time, in minutes. */
function spanOf(task: PlanTask, timeZone: string): number | undefined {
  if (task.isAllDay) return undefined;
  const minutes = Math.round(taskLengthMs(task, timeZone) / MINUTE_MS);
  return minutes >= 1 && minutes <= 1_440 ? minutes : undefined;
}

function earliestOf(task: PlanTask, timeZone: string, occurrence: number): number {
  if (task.earliest !== undefined && occurrence === 0) return instant(task.earliest, 'earliest');
  const begins = spanStart(task, timeZone) ?? Number.NEGATIVE_INFINITY;
  // One that has a due time alone is work of its own day.
  return occurrence > 0 ? Math.max(begins, dayStart(task, timeZone) ?? begins) : begins;
}

function dueOf(task: PlanTask, timeZone: string, occurrence: number): number {
  if (task.due !== undefined && occurrence === 0) return instant(task.due, 'due');
  return dueTime(task, timeZone) ?? Number.POSITIVE_INFINITY;
}

function instant(value: unknown, field: string): number {
  return checkedInstant(value, field, invalidInput).at;
}
