import { afterCreating, unlessFailed, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { errors, found } from '../../errors.ts';
import { checkedId } from '../../input.ts';
import type { TickTickCall } from '../../operations.ts';
import type { TaskReceipt } from '../bulk/task-outcome.ts';
import { type KnownProjects, readTask, type TaskFinder, taskNotFound } from '../find-task.ts';
import { taskFrom } from '../read-tasks.ts';
import type { WireTask } from '../task-input.ts';
import { type ResolvedRef, type Task, type TaskRef, TaskStatus } from '../task.ts';
import { checkColumn } from './check-column.ts';
import { ownProjectId } from './inbox-id.ts';
import { orLost } from './look-at-task.ts';

/** Writes single tasks, given by any reference. */
export class TaskWriter {
  readonly #finder: TaskFinder;
  readonly #known: KnownProjects;

  constructor(finder: TaskFinder, known: KnownProjects) {
    this.#finder = finder;
    this.#known = known;
  }

  async create(json: WireTask, call: TickTickCall): Promise<Task> {
    await checkColumn(json, json['projectId'], call);
    const task = taskFrom(await call.send('tasks.create', { json }));
    // Whether a new task can be completed is not documented; an update can complete it.
    const isKept = json['status'] === undefined || task.status === json['status'];
    if (isKept) return this.#known.remember(task);
    const { status, completedTime } = json;
    return await afterCreating(task, this.update(task, { status, completedTime }, call), call);
  }

  async update(ref: TaskRef, changes: WireTask, call: TickTickCall): Promise<Task> {
    const { id, projectId: given } = await this.#finder.resolve(ref, call);
    await checkColumn(changes, given, call);
    const projectId = await ownProjectId(given, call, id);
    const json = { ...changes, id, projectId };
    const response = await call.send('tasks.update', { params: { id }, json });
    return this.#known.remember(taskFrom(found(response, `task ${id} there`)));
  }

  async complete(ref: TaskRef, call: TickTickCall): Promise<void> {
    const { id, projectId } = await this.#finder.resolve(ref, call);
    await call.send('tasks.complete', { params: { id, projectId } });
  }

  async move(ref: TaskRef, toProjectId: string, call: TickTickCall): Promise<TaskReceipt> {
    checkedId(toProjectId, 'toProjectId');
    const { id, projectId } = await this.#finder.resolve(ref, call);
    const moves = [{ index: 0, item: { id, projectId, task: ref, toProjectId } }];
    const { sendMoves } = await import('../bulk/bulk-tasks.ts');
    const [outcome] = await sendMoves(moves, this.#known, call);
    if (outcome?.status !== 'ok') throw outcome?.error ?? taskNotFound(id);
    const { status: _, ...receipt } = outcome;
    return receipt;
  }

  /** Without an assignee, the task gets none. */
  async assign(ref: TaskRef, assigneeUsername: string | undefined, call: TickTickCall): Promise<Task> {
    const { id, projectId: given } = await this.#finder.resolve(ref, call);
    const name = assigneeUsername === undefined ? 'tasks.unassign' : 'tasks.assign';
    const projectId = await ownProjectId(given, call, id);
    const response = await call.send(name, { json: { projectId, taskId: id, assigneeUsername } });
    return this.#known.remember(taskFrom(found(response, `task ${id} there`)));
  }

  async delete({ id, projectId }: ResolvedRef, call: TickTickCall): Promise<void> {
    await unlessNotFound(call.send('tasks.delete', { params: { id, projectId } }));
    this.#known.forget(id);
  }

  /**
   * Sets the parent, or with an empty text none, and verifies it: TickTick drops a parent that it doesn't like. Looks if the
   * response is lost.
   */
  async setParent(ref: ResolvedRef, parentId: string, call: TickTickCall): Promise<Task> {
    const update = this.update(ref, { parentId }, call);
    const lost = await orLost(update, call);
    const task = lost ? await unlessFailed(readTask(ref.id, ref.projectId, call), call) : await update;
    if (task !== undefined && (task.parentId ?? '') === parentId) return task;
    if (lost) throw lost;
    throw errors.unexpected(`did not ${parentId === '' ? 'detach the task' : 'take the parent'}`, 'parentId');
  }

  /** Without a time, the app's list of what the user won't do omits the task. */
  async abandon(ref: TaskRef, completedTime: string, call: TickTickCall): Promise<Task> {
    return await this.update(ref, { status: TaskStatus.abandoned, completedTime }, call);
  }
}
