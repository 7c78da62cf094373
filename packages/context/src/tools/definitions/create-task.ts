import type { TaskInput } from '@context-sdk/ticktick-client';
import { invalidInput } from '../../utils/input-checks.ts';
import { pick, taskState } from '../actions/task-state.ts';
import { line } from '../text/line.ts';
import { quoted } from '../text/quoted.ts';
import { taskLine } from '../text/task-text.ts';
import { type ToolCall, type WriteDefinition, writeTool } from './definition.ts';
import { given, priorityNumber, scheduleOf } from './task-changes.ts';

/** Creates a task. */
export const CREATE_TASK: WriteDefinition = writeTool({
  name: 'create_task',
  title: 'Create a task',
  description: 'Creates a task in TickTick.',
  effect: 'write',
  providers: ['ticktick'],
  isIdempotent: false,
  async prepare(tool, { title, notes, list, day, time, priority, tags }) {
    const schedule = scheduleOf({ day, time }, tool.timeZone);
    const projectId = list === null ? undefined : await projectNamed(tool, list);
    const input: TaskInput = {
      title,
      ...given({
        content: notes ?? undefined,
        projectId,
        schedule,
        priority: priorityNumber(priority),
        tags: tags ?? undefined,
      }),
    };
    const when = [day, time].filter((part) => part !== null).join(' ');
    const about = line`Create the task ${quoted(title, 150)} ${when && `for ${when}`} ${list && `in the list ${quoted(list, 100)}`}`;
    const said = { notes, priority, tags: tags?.join(', ') ?? null };
    const others = Object.entries(said).flatMap(([name, value]) =>
      value === null ? [] : [`, ${name} ${quoted(value, 100)}`],
    );
    const description = `${about}${others.join('')}`;
    return { provider: 'ticktick', arguments: { input }, description };
  },
  async perform(tool, { input }) {
    const task = await tool.user.ticktick.tasks.create(input, tool.call);
    const { id, projectId } = task;
    const view = await tool.view([{ kind: 'task', id, within: projectId }]);
    const after = pick(taskState(task), ['title', 'content', 'priority', 'tags', 'schedule']);
    return { text: `Created ${taskLine(task, view)}`, undo: { kind: 'task-created', id, projectId, after } };
  },
});

/** `undefined` is the inbox, which TickTick does not list. */
async function projectNamed({ user, call }: ToolCall, name: string): Promise<string | undefined> {
  const projects = await user.ticktick.projects.list(call);
  const wanted = name.trim().toLowerCase();
  const found = projects.filter((project) => project.name.trim().toLowerCase() === wanted);
  if (found[0] !== undefined && found.length === 1) return found[0].id;
  if (found.length === 0 && wanted === 'inbox') return undefined;
  const names = projects
    .slice(0, 30)
    .map((project) => line`“${project.name}”`)
    .join(', ');
  throw invalidInput('list', found.length > 1 ? 'names several lists' : `names no list: there are ${names}`);
}
