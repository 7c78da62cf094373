import type { ContextSdkError } from '@context-sdk/oauth-core';
import { mapAhead, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import {
  ApiError,
  NotFoundError,
  PermissionError,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core/errors';
import { checkedId, isId } from '../input.ts';
import type { TickTickCall } from '../operations.ts';
import { rowsOf } from '../rows.ts';
import { skip } from '../skipped.ts';
import { tasksFrom } from './read-tasks.ts';
import type { Task } from './task.ts';

/** Projects that are read at the same time. */
const CONCURRENCY = 4;

/** What a project's response says about it. The three that are not `there` say nothing about other projects. */
export type Container = { state: 'there'; tasks: Task[]; response: ServiceResponse } | OutOfReach;

/** Whether rows of the project could not be read: any of its tasks can be one of them. */
export function hasUnreadable({
  response,
  tasks,
}: Pick<Extract<Container, { state: 'there' }>, 'response' | 'tasks'>): boolean {
  const rows = response.object<{ tasks?: unknown }>().tasks;
  return Array.isArray(rows) && rows.length > tasks.length;
}

interface OutOfReach {
  state: 'gone' | 'forbidden' | 'unknown';
  error?: ContextSdkError;
}

/** The id that every route takes for the inbox. */
export function isInbox(projectId: string): boolean {
  return projectId.startsWith('inbox');
}

/** Whether two ids name one project: the inbox has its own and the one that every account's has. */
export function isSameProject(one: string, other: string): boolean {
  return one === other || (isInbox(one) && isInbox(other));
}

/** The inbox, which TickTick does not list, and every project. */
export async function allProjectIds(call: TickTickCall): Promise<string[]> {
  const { open, closed } = await listedProjects(call);
  return [...open, ...closed];
}

/** The projects that lists of tasks cover, the inbox first, and those that the user has archived. */
export async function listedProjects(call: TickTickCall): Promise<{ open: string[]; closed: string[] }> {
  const response = await call.send('projects.list', {});
  const projects = rowsOf<{ id: string; closed?: unknown }>(response, {}, call).filter((row) => {
    if (!isId(row.id)) skip(call, { reason: 'unreadable', row });
    return isId(row.id);
  });
  const idsOf = (isClosed: boolean): string[] =>
    projects.filter(({ closed }) => (closed === true) === isClosed).map(({ id }) => id);
  return { open: ['inbox', ...idsOf(false)], closed: idsOf(true) };
}

/** Whether the failure concerns this one project or task: the same request for another one can succeed. */
export function isOutOfReach(error: unknown): error is ApiError | UnexpectedResponseError {
  if (error instanceof UnexpectedResponseError) return true;
  // Without a status it is about the caller's input.
  if (!(error instanceof ApiError) || error.status === undefined) return false;
  return !error.retryable || error.serviceCode === 'unknown_exception';
}

/** Reads a project. The inbox is never gone: it belongs to the account. Throws what concerns the account. */
export async function readContainer(projectId: string, call: TickTickCall): Promise<Container> {
  const gone = isInbox(checkedId(projectId, 'projectId')) ? 'unknown' : 'gone';
  try {
    const response = await call.send('projects.data', { params: { projectId } });
    // TickTick answers 200 and `{}` for an unknown project.
    if (Object.keys(response.object()).length === 0) return { state: gone };
    return { state: 'there', response, tasks: tasksFrom(response.member('tasks', []), call, projectId) };
  } catch (error) {
    if (error instanceof NotFoundError) return { state: gone, error };
    if (error instanceof PermissionError) return { state: 'forbidden', error };
    if (isOutOfReach(error)) return { state: 'unknown', error };
    throw error;
  }
}

/** A project's open tasks, without a cap; undefined, and reported, if the project is out of reach. */
export async function openTasksOf(projectId: string, call: TickTickCall): Promise<Task[] | undefined> {
  const container = await readContainer(projectId, call);
  if (container.state === 'there') return container.tasks;
  const { state: reason, ...rest } = container;
  skip(call, { reason, projectId, ...rest });
  return undefined;
}

/** The open tasks of the given projects, without a cap. A project that is out of reach is skipped and reported. */
export async function* openTasksOfEach(
  projectIds: readonly string[],
  call: TickTickCall,
): AsyncGenerator<Task> {
  const projects = mapAhead(projectIds, CONCURRENCY, (projectId) => openTasksOf(projectId, call));
  for await (const tasks of projects) yield* tasks ?? [];
}
