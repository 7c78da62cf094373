import { isTimeZone } from '@context-sdk/oauth-core/client-kit';
import { wireForm } from '../../dates/date-input.ts';
import { readWireDate } from '../../dates/task-dates.ts';
import { errors } from '../../errors.ts';
import { unread } from '../../input.ts';
import { nextOccurrences } from '../../recurrence/next-occurrences.ts';
import type { WireTask } from '../task-input.ts';
import type { Task } from '../task.ts';

/** Without one of these, the next date is another. */
const DATES: ReadonlySet<string> = new Set([
  'dueDate',
  'isAllDay',
  'isFloating',
  'repeatFlag',
  'startDate',
  'timeZone',
]);

/**
 * The changes that move a recurring task to its next date. `accountZone` is the zone of tasks that have none. Throws
 * {@link InvalidRequestError} if there is no next date.
 */
export async function nextDates(
  task: Task,
  accountZone: () => Promise<string | undefined>,
): Promise<WireTask> {
  const { repeatFlag } = task;
  const unknown = unread.get(task)?.find((place) => DATES.has(place));
  if (unknown !== undefined) throw errors.unexpected('answered with what is no date', unknown);
  if (!repeatFlag) throw errors.invalid('task', 'does not recur');
  // What is skipped is never completed, so it is not counted from then.
  const timeZone = task.timeZone || (await accountZone());
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw errors.invalid('timeZone', 'is unknown to this runtime: only TickTick knows the next date');
  const occurrences = await nextOccurrences({ ...task, timeZone, repeatFrom: '0' });
  if (occurrences === undefined) {
    throw errors.invalid('repeatFlag', 'is a rule whose next date only TickTick knows');
  }
  const [next] = occurrences;
  if (next === undefined) throw errors.invalid('repeatFlag', 'has no further occurrence');
  const date = (wire: string): string => wireForm(readWireDate(wire) ?? 0);
  const [counted, part = '', count] = /(COUNT=)(\d+)/i.exec(repeatFlag) ?? [];
  return {
    startDate: date(next.startDate),
    dueDate: date(next.dueDate),
    isAllDay: next.isAllDay,
    ...(timeZone !== undefined && { timeZone }),
    // TickTick counts down as occurrences pass.
    ...(counted && { repeatFlag: repeatFlag.replace(counted, `${part}${Number(count) - 1}`) }),
  };
}
