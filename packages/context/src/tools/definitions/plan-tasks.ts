import { GrantChangedError } from '@context-sdk/oauth-core';
import { addDays, DAY_MS, dayOf } from '@context-sdk/oauth-core/client-kit';
import { isNoteTask, type Task } from '@context-sdk/ticktick-client';
import { isPlanRecord } from '../../plans/stored-plan.ts';
import { overwriteJson, readWhole } from '../../records/json-record.ts';
import { keys } from '../../records/keys.ts';
import { invalidInput } from '../../utils/input-checks.ts';
import { inversePlan } from '../actions/inverse-plan.ts';
import type { ToolInputs } from '../input/inputs.ts';
import { dayRange } from '../text/days.ts';
import { appliedText, planDescription, planText } from '../text/plan-text.ts';
import { taskOf } from './change-task.ts';
import { checkToDo } from './check-there.ts';
import { type Performed, type ToolCall, type WriteDefinition, writeTool } from './definition.ts';
import { dueDay } from './find.ts';
import { onWeekdays } from './free-slots.ts';

/** A calendar changes: a proposal of yesterday is better made anew. */
const PLAN_MS = DAY_MS;

/** Tasks that are planned at once: a person has to look at them. */
const MAX_TASKS = 50;

type Input = ToolInputs['plan_tasks'];

/** Proposes when to do tasks, and writes a proposal. */
export const PLAN_TASKS: WriteDefinition = writeTool({
  name: 'plan_tasks',
  title: 'Plan tasks',
  description:
    'Proposes times for several tasks, on weekdays from 9 to 18, and writes nothing; apply then writes a proposal into the calendar.',
  effect: 'write',
  providers: ['google'],
  isIdempotent: true,
  async prepare(tool, input) {
    if (input.apply === null) return { proposal: await propose(tool, input) };
    if (input.tasks !== null) throw invalidInput('tasks', 'must be null to apply a plan');
    const { id } = await tool.handles.find(input.apply, 'plan', 'apply');
    const record = await readWhole(tool.options.store, keyOf(tool, id), isPlanRecord);
    if (record?.plan.id !== id) throw invalidInput('apply', 'names a plan that is too old: make another one');
    const { plan } = record;
    return { provider: 'google', arguments: { plan }, description: planDescription(plan) };
  },
  async perform(tool, { plan }): Promise<Performed> {
    const applied = await tool.user.apply(plan, tool.call);
    const [failed] = applied.pieces.flatMap(({ error }) => error ?? []);
    if (failed !== undefined && applied.pieces.every(({ outcome }) => outcome === 'failed')) throw failed;
    return { text: appliedText(plan, applied), undo: inversePlan(plan, applied) };
  },
});

async function propose(tool: ToolCall, input: Input): Promise<string> {
  const { timeZone, user, call } = tool;
  const range = dayRange(timeZone, input.from, input.days);
  const now = new Date();
  if (range.to <= now) throw invalidInput('from', 'must not be in the past');
  const tasks = await tasksOf(tool, input, range.to);
  if (tasks.length === 0) return 'No open task is due: name tasks by their handles.';
  await tool.taintByTasks(tasks);
  const { minutes } = input;
  const plan = await user.plan({
    ...call,
    tasks: minutes === null ? tasks : tasks.map((task) => ({ ...task, durationMinutes: minutes })),
    within: { from: range.from < now ? now : range.from, to: range.to },
    workingHours: onWeekdays('09:00', '18:00'),
    timeZone,
  });
  const key = keyOf(tool, plan.id);
  await overwriteJson(tool.options.store, key, { plan }, { ttlMs: PLAN_MS });
  if (await tool.handles.isAnyLeft()) {
    await tool.options.store.delete(key);
    throw new GrantChangedError({ service: 'google' });
  }
  const target = { kind: 'plan', id: plan.id } as const;
  const view = await tool.view([
    target,
    ...tasks.map(({ id, projectId }) => ({ kind: 'task', id, within: projectId }) as const),
  ]);
  return planText(plan, view);
}

function keyOf({ user }: ToolCall, id: string): string {
  return keys.toolPlan(user.id, 'google', id);
}

/** The tasks of the handles, or all that are due before the range ends. */
async function tasksOf(tool: ToolCall, { tasks: handles }: Input, to: Date): Promise<Task[]> {
  if (handles !== null) {
    if (handles.length > MAX_TASKS) throw invalidInput('tasks', `has more than ${MAX_TASKS} handles`);
    const tasks = await Promise.all(
      [...new Set(handles)].map((handle, at) => taskOf(tool, handle, `tasks[${at}]`)),
    );
    for (const [at, task] of tasks.entries()) checkToDo(task, `tasks[${at}]`);
    return tasks;
  }
  const last = addDays(dayOf(to.getTime(), tool.timeZone), -1);
  const open = await tool.user.ticktick.tasks.listOpen(tool.call).toArray();
  const due = open.flatMap((task) => {
    const day = dueDay(task, tool.timeZone);
    return day !== undefined && day <= last && !isNoteTask(task) ? [{ task, day }] : [];
  });
  if (due.length > MAX_TASKS) {
    throw invalidInput('tasks', `is null, and ${due.length} tasks are due: name at most ${MAX_TASKS}`);
  }
  return due.toSorted((a, b) => Number(a.day > b.day) - Number(a.day < b.day)).map(({ task }) => task);
}
