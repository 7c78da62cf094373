import { found } from '../errors.ts';
import type { TickTickCall } from '../operations.ts';
import type { TaskReceipt } from './bulk/task-outcome.ts';
import { type KnownProjects, type TaskFinder, taskNotFound } from './find-task.ts';
import { taskFrom } from './read-tasks.ts';
import type { WireTask } from './task-input.ts';
import type { ResolvedRef, Task, TaskRef } from './task.ts';

/** Writes single tasks, given by any reference. */
export class TaskWriter {
  readonly #finder: TaskFinder;
  readonly #known: KnownProjects;

  constructor(finder: TaskFinder, known: KnownProjects) {
    this.#finder = finder;
    this.#known = known;
  }

  async create(json: WireTask, call: TickTickCall): Promise<Task> {
    const response = await call.send('tasks.create', { json });
    return this.#known.remember(taskFrom(response));
  }

  async update(ref: TaskRef, changes: WireTask, call: TickTickCall): Promise<Task> {
    const { id, projectId } = await this.#finder.resolve(ref, call);
    const json = { ...changes, id, projectId };
    const response = await call.send('tasks.update', { params: { id }, json });
    return this.#known.remember(taskFrom(found(response, `task ${id} there`)));
  }

  async complete(ref: TaskRef, call: TickTickCall): Promise<void> {
    const { id, projectId } = await this.#finder.resolve(ref, call);
    await call.send('tasks.complete', { params: { id, projectId } });
  }

  async move(ref: TaskRef, toProjectId: string, call: TickTickCall): Promise<TaskReceipt> {
    const { id, projectId } = await this.#finder.resolve(ref, call);
    const moves = [{ index: 0, item: { id, projectId, task: ref, toProjectId } }];
    const { sendMoves } = await import('./bulk/bulk-tasks.ts');
    const [outcome] = await sendMoves(moves, this.#known, call);
    if (outcome?.status !== 'ok') throw outcome?.error ?? taskNotFound(id);
    const { status: _, ...receipt } = outcome;
    return receipt;
  }

  /** Without an assignee, the task gets none. */
  async assign(ref: TaskRef, assigneeUsername: string | undefined, call: TickTickCall): Promise<Task> {
    const { id, projectId } = await this.#finder.resolve(ref, call);
    const name = assigneeUsername === undefined ? 'tasks.unassign' : 'tasks.assign';
    const response = await call.send(name, { json: { projectId, taskId: id, assigneeUsername } });
    return this.#known.remember(taskFrom(response));
  }

  async delete({ id, projectId }: ResolvedRef, call: TickTickCall): Promise<void> {
    await call.send('tasks.delete', { params: { id, projectId } });
    this.#known.forget(id);
  }
}
