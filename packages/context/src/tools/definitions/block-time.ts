import type { CalendarEvent } from '@context-sdk/google-workspace';
import { omitUndefined } from '@context-sdk/oauth-core/client-kit';
import type { Task } from '@context-sdk/ticktick-client';
import type { BlockableTask } from '../../time-blocks/time-block.ts';
import { invalidInput } from '../../utils/input-checks.ts';
import { writtenEvent } from '../actions/event-state.ts';
import type { BlockTimes } from '../actions/undo-step.ts';
import { dayRange } from '../text/days.ts';
import { line } from '../text/line.ts';
import { quoted } from '../text/quoted.ts';
import { taskOf } from './change-task.ts';
import { checkStillOpen, checkThere, checkToDo } from './check-there.ts';
import { type Performed, type ToolCall, type WriteDefinition, writeTool } from './definition.ts';
import { onWeekdays, slotText } from './free-slots.ts';

/** The private extended property that names a block's task. */
const TASK_PROPERTY = 'contextSdkTask';

/** Blocks time for a task. */
export const BLOCK_TIME: WriteDefinition = writeTool({
  name: 'block_time',
  title: 'Block time',
  description: 'Blocks the earliest free time in the calendar for a task, on weekdays from 9 to 18.',
  effect: 'write',
  providers: ['google'],
  isIdempotent: true,
  async prepare(tool, { task: handle, minutes, from, days }) {
    const range = dayRange(tool.timeZone, from, days);
    if (range.to <= new Date()) throw invalidInput('from', 'must not be in the past');
    const found = await taskOf(tool, handle, 'task');
    checkToDo(found, 'task');
    await checkThere(tool, found);
    const task = blockable(found);
    // Whole days, so that who asks again asks for the same. What is over is not free.
    const within = { from: range.from.toISOString(), to: range.to.toISOString() };
    const description = line`Block ${minutes} minutes for the task ${quoted(task.title, 150)} between ${within.from} and ${within.to}`;
    return {
      provider: 'google',
      arguments: { task, minutes, within },
      description,
    };
  },
  async perform(tool, { task, minutes, within }): Promise<Performed> {
    const { user, call, timeZone } = tool;
    await checkStillOpen(tool, task);
    const before = await blocksOf(tool, task.id);
    const options = {
      durationMinutes: minutes,
      within,
      workingHours: onWeekdays('09:00', '18:00'),
      timeZone,
    };
    const { event, slot, outcome, pieces, moved } = await user.blockTime(task, { ...call, ...options });
    const text = line`${outcome === 'unchanged' ? 'Already blocked' : 'Blocked'} ${slotText(slot, timeZone)} for “${task.title}”`;
    if (moved.length > 0) {
      return { text, undo: { kind: 'none', reason: 'Blocks of other tasks were moved for it.' } };
    }
    if (outcome === 'created') {
      const events = pieces.map((piece) => writtenEvent('primary', piece.event));
      return { text, undo: { kind: 'block-created', taskId: task.id, events } };
    }
    const former = before.find(({ id }) => id === event.id);
    const [was, is] = [former && timesOf(former), timesOf(event)];
    if (outcome === 'updated' && pieces.length === 1 && was !== undefined && is !== undefined) {
      return {
        text,
        undo: { kind: 'block-moved', id: event.id, before: { ...was, ...titleOf(former) }, after: is },
      };
    }
    const reason =
      outcome === 'unchanged'
        ? 'Nothing was changed.'
        : 'The block had other pieces before, or was in another calendar.';
    return { text, undo: { kind: 'none', reason } };
  },
});

/** What a block needs of a task: of one that recurs it is the current occurrence's, and leaves those of others alone. */
function blockable(task: Task): BlockableTask {
  const { id, projectId, title, startDate, dueDate, isAllDay, isFloating, timeZone, repeatFlag } = task;
  const dates = omitUndefined({ startDate, dueDate, isAllDay, isFloating, timeZone, repeatFlag });
  return { id, projectId, title, ...dates };
}

/** The blocks of a task in the primary calendar. */
export async function blocksOf({ user, call }: ToolCall, taskId: string): Promise<CalendarEvent[]> {
  const privateExtendedProperty = [`${TASK_PROPERTY}=${taskId}`];
  return await user.calendar.events.list({ ...call, privateExtendedProperty }).toArray();
}

function titleOf(event: CalendarEvent | undefined): { summary?: string } {
  return event?.summary === undefined ? {} : { summary: event.summary };
}

/** When an event is, as it is written. */
export function timesOf({ start, end }: CalendarEvent): BlockTimes | undefined {
  if (start?.dateTime === undefined || end?.dateTime === undefined) return undefined;
  return { start: written(start.dateTime, start.timeZone), end: written(end.dateTime, end.timeZone) };
}

function written(dateTime: string, timeZone: string | undefined): BlockTimes['start'] {
  return { dateTime, ...(timeZone !== undefined && { timeZone }) };
}
