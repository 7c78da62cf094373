import { addDays, DAY_MS } from '@context-sdk/oauth-core/client-kit';
import { type Task, type TaskChanges, taskDays } from '@context-sdk/ticktick-client';
import { invalidInput } from '../../utils/input-checks.ts';
import { pick, taskState } from '../actions/task-state.ts';
import type { TaskState } from '../actions/undo-step.ts';
import { line } from '../text/line.ts';
import { quoted } from '../text/quoted.ts';
import { taskLine } from '../text/task-text.ts';
import { checkThere } from './check-there.ts';
import { type ToolCall, type WriteDefinition, writeTool } from './definition.ts';
import { taskAt } from './task-at.ts';
import { given, priorityNumber, scheduleOf } from './task-changes.ts';

/** Changes fields of a task. */
export const CHANGE_TASK: WriteDefinition = writeTool({
  name: 'change_task',
  title: 'Change a task',
  description: 'Changes the given fields of a task; null leaves a field as it is.',
  effect: 'write',
  providers: ['ticktick'],
  isIdempotent: true,
  async prepare(tool, { task: handle, title, notes, day, time, undated, priority, tags }) {
    if (undated && day !== null) throw invalidInput('undated', 'contradicts day');
    const changes: TaskChanges = given({
      title: title ?? undefined,
      content: notes ?? undefined,
      schedule: undated ? null : scheduleOf({ day, time }, tool.timeZone),
      priority: priorityNumber(priority),
      tags: tags ?? undefined,
    });
    if (Object.keys(changes).length === 0)
      throw invalidInput('title', 'and all other fields are null: nothing would change');
    const task = await taskOf(tool, handle, 'task');
    const said = {
      title,
      notes,
      day,
      time,
      priority,
      tags: tags?.join(', ') ?? null,
      undated: undated ? 'yes' : null,
    };
    const list = Object.entries(said).flatMap(([name, value]) =>
      value === null ? [] : [`${name} ${quoted(value, 100)}`],
    );
    const description = `${line`Change the task ${quoted(task.title, 150)}:`} ${list.join(', ')}`;
    return {
      provider: 'ticktick',
      arguments: { id: task.id, projectId: task.projectId, changes },
      description,
    };
  },
  async perform(tool, { id, projectId, changes }) {
    const { tasks } = tool.user.ticktick;
    // Without a date, TickTick drops the rule, too.
    const others = 'schedule' in changes ? ['timeZone', 'repeatFlag'] : [];
    const names = [...Object.keys(changes), ...others] as (keyof TaskState)[];
    // Whole, so that it keeps its length and its zone.
    const current = await taskAt(tool, { id, projectId });
    await checkThere(tool, current);
    const before = pick(taskState(current), names);
    const task = await tasks.update(current, asScheduled(changes, current, tool.timeZone), tool.call);
    const after = pick(taskState(task), names);
    const within = current.projectId;
    const view = await tool.view([{ kind: 'task', id, within }]);
    return {
      text: `Changed ${taskLine(task, view)}`,
      undo: { kind: 'task-changed', id, projectId: within, before, after },
    };
  },
});

/**
 * The date as the task takes it. One of several days begins on the day, and has as many. A task that floats is where its own zone's
 * clocks show the time: that zone becomes the user's.
 */
function asScheduled(changes: TaskChanges, current: Task, timeZone: string): TaskChanges {
  const { schedule } = changes;
  if (!schedule || 'from' in schedule) return changes;
  if ('at' in schedule) return current.isFloating ? { ...changes, timeZone } : changes;
  const { day } = schedule;
  const { first = '', last = '' } = taskDays(current) ?? {};
  if (first === last) return changes;
  const more = (Date.parse(last) - Date.parse(first)) / DAY_MS;
  return { ...changes, schedule: { from: day, to: { ...day, date: addDays(day.date, more) } } };
}

/** The task of a handle, as it is now. */
export async function taskOf(tool: ToolCall, handle: string, field: string): Promise<Task> {
  const { id, within = '' } = await tool.handles.find(handle, 'task', field);
  return await taskAt(tool, { id, projectId: within });
}
