import { ContextSdkError } from '@context-sdk/oauth-core';
import type { Task } from '@context-sdk/ticktick-client';
import { completeTask } from '../../task-actions/complete-task.ts';
import { pick, taskState } from '../actions/task-state.ts';
import type { TaskState } from '../actions/undo-step.ts';
import { line } from '../text/line.ts';
import { quoted } from '../text/quoted.ts';
import { taskOf } from './change-task.ts';
import { checkOpen, checkThere, checkToDo } from './check-there.ts';
import { type ToolCall, type WriteDefinition, writeTool } from './definition.ts';
import { isGateway } from './is-listed.ts';
import { taskAt } from './task-at.ts';

/** Clocks of services differ from ours by less. */
const CLOCKS_MS = 10 * 60_000;

/** What completing changes of a recurring task. */
const DATES = ['schedule', 'timeZone', 'repeatFlag'] as const;

/** Completes a task. */
export const COMPLETE_TASK: WriteDefinition = writeTool({
  name: 'complete_task',
  title: 'Complete a task',
  description: 'Completes a task; one that repeats moves to its next date.',
  effect: 'write',
  providers: ['ticktick'],
  isIdempotent: false,
  async prepare(tool, { task: handle }) {
    const task = await taskOf(tool, handle, 'task');
    checkToDo(task, 'task');
    const { id, projectId, title } = task;
    return {
      provider: 'ticktick',
      arguments: { id, projectId },
      description: line`Complete the task ${quoted(title, 150)}`,
    };
  },
  async perform(tool, where) {
    const { tasks } = tool.user.ticktick;
    const task = await taskAt(tool, where);
    const { id, projectId } = task;
    checkOpen(task);
    await checkThere(tool, task);
    const before = pick(taskState(task), DATES);
    const earlier = task.repeatFlag ? await copiesOf(tool, task) : new Set<string>();
    const isRecurring = Boolean(task.repeatFlag);
    if (isRecurring) await tasks.complete({ id, projectId }, tool.call);
    else await completeTask(tool.user.ticktick, { id, projectId }, tool.call);
    const { copyId, after, isOver } = isRecurring ? await nextDate(tool, task, earlier) : {};
    const repeats = isRecurring && isOver !== true;
    const undo = {
      kind: 'task-completed',
      id,
      projectId,
      before,
      repeats,
      ...(after !== undefined && { after }),
      ...(copyId !== undefined && { copyId }),
    } as const;
    return { text: line`Completed “${task.title}”`, undo };
  },
});

/** What completing made of a recurring task. It is done, whether or not that can be read. */
async function nextDate(
  tool: ToolCall,
  task: Task,
  earlier: ReadonlySet<string>,
): Promise<{ copyId?: string | undefined; after?: TaskState; isOver?: boolean }> {
  const { id, projectId } = task;
  try {
    const copies = [...(await copiesOf(tool, task))].filter((copy) => !earlier.has(copy));
    const [copyId] = copies.length === 1 ? copies : [];
    const now = await tool.user.ticktick.tasks.get({ id, projectId }, tool.call);
    // The last occurrence is the task itself, of which there may be no copy.
    const isOver = (now.status ?? 0) > 0 && copies.length === 0;
    return { copyId, after: pick(taskState(now), DATES), isOver };
  } catch (error) {
    if (error instanceof ContextSdkError) return {};
    throw error;
  }
}

/** Completed copies of a recurring task from about now. */
async function copiesOf(tool: ToolCall, { id, title, projectId }: Task): Promise<Set<string>> {
  const completed = await completedLately(tool, projectId);
  return new Set(completed.filter((task) => task.title === title && task.id !== id).map((task) => task.id));
}

/** A gateway has one list, whatever the time. */
async function completedLately(tool: ToolCall, projectId: string): Promise<Task[]> {
  const { user, call } = tool;
  const { tasks } = user.ticktick;
  if (isGateway(tool)) {
    const all = await tasks.listAll({ ...call, completed: true }).toArray();
    return all.filter(({ status = 0 }) => status > 0);
  }
  const now = Date.now();
  const range = { from: new Date(now - CLOCKS_MS), to: new Date(now + CLOCKS_MS), projectIds: [projectId] };
  return await tasks.listCompleted(range, call).toArray();
}
