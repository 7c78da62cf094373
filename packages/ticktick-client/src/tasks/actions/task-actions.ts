import type { CallOptions } from '@context-sdk/oauth-core';
import type { OwnOptions } from '@context-sdk/oauth-core/client-kit';
import { wireForm } from '../../dates/date-input.ts';
import { missingOperation } from '../../errors.ts';
import { checkText } from '../../input.ts';
import type { Dialect, TickTickCall, TickTickService } from '../../operations.ts';
import { accountPreference } from '../../preference/preference.ts';
import type { BulkTasks } from '../bulk/bulk-tasks.ts';
import type { KnownProjects, TaskFinder } from '../find-task.ts';
import { isSameProject } from '../project-tasks.ts';
import { checkChanges, type TaskChanges, type TaskInput, wireChanges, wireTask } from '../task-input.ts';
import { type ResolvedRef, type Task, type TaskRef, TaskStatus } from '../task.ts';
import { addition, changeItems, edit, type ItemChange, type ItemOptions, removal } from './checklist.ts';
import { completeTask, type Completion } from './complete-task.ts';
import { TreeMaker, type TreeOutcome } from './create-tree.ts';
import { lookAtTask, orLost, type TaskState } from './look-at-task.ts';
import { moveDescendants, type MovedTask } from './move-family.ts';
import { nextDates } from './skip-occurrence.ts';
import { attachTask, childrenOf, openTasksIn } from './subtasks.ts';
import { TaskWriter } from './task-writer.ts';
import type { TreeTask } from './tree-nodes.ts';
import { Turns } from './turns.ts';

/** Options of writes that TickTick answers without saying what they did. */
export interface WriteOptions extends CallOptions {
  /** Whether to look afterwards, also after a lost response, and to return what is: at most four more requests. Default: false. */
  verify?: boolean | undefined;
}

/** Options of a move. */
export interface MoveOptions extends WriteOptions {
  /** Whether to take the open subtasks along, at every depth. TickTick leaves them behind. Default: false. */
  descendants?: boolean | undefined;
}

const WRITE_OPTIONS: OwnOptions<WriteOptions> = { verify: 'boolean' };
const MOVE_OPTIONS: OwnOptions<MoveOptions> = { verify: 'boolean', descendants: 'boolean' };
const ITEM_OPTIONS: OwnOptions<ItemOptions> = { store: 'object', key: 'string' };

/** What writes of single tasks work with. */
export interface ActionParts {
  service: TickTickService;
  dialect: Dialect;
  finder: TaskFinder;
  known: KnownProjects;
  loadBulk(): Promise<BulkTasks>;
}

/** The writes of single tasks and of families of them. */
export class TaskActions {
  readonly writer: TaskWriter;
  readonly #parts: ActionParts;
  readonly #turns = new Turns();

  constructor(parts: ActionParts) {
    this.#parts = parts;
    this.writer = new TaskWriter(parts.finder, parts.known);
  }

  async create(input: TaskInput, options?: CallOptions): Promise<Task> {
    return await this.writer.create(wireTask(input), this.#call(options));
  }

  async update(ref: TaskRef, changes: TaskChanges, options?: CallOptions): Promise<Task> {
    checkChanges(changes, '', ref);
    const call = this.#call(options);
    const task = typeof ref === 'string' ? await this.#parts.finder.resolve(ref, call) : ref;
    return await this.writer.update(task, wireChanges(changes, '', task), call);
  }

  async complete(ref: TaskRef, options?: WriteOptions): Promise<Completion> {
    const call = this.#parts.service.call(options, WRITE_OPTIONS);
    const task = await this.#resolve(ref, call);
    return await completeTask(task, options?.verify === true, this.writer, call);
  }

  async skip(ref: TaskRef, options?: CallOptions): Promise<Task> {
    const call = this.#call(options);
    const task = await this.#parts.finder.get(ref, call);
    const accountZone = async (): Promise<string | undefined> =>
      this.#parts.dialect.hasProjects ? (await accountPreference(call)).timeZone : undefined;
    return await this.writer.update(task, await nextDates(task, accountZone), call);
  }

  async abandon(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await this.writer.abandon(ref, wireForm(Date.now()), this.#call(options));
  }

  async reopen(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await this.writer.update(ref, { status: TaskStatus.open }, this.#call(options));
  }

  async move(ref: TaskRef, toProjectId: string, options?: MoveOptions): Promise<MovedTask> {
    const call = this.#parts.service.call(options, MOVE_OPTIONS);
    const task = await this.#resolve(ref, call);
    const tasks = options?.descendants ? await openTasksIn(task.projectId, call) : [];
    const move = this.writer.move(task, toProjectId, call);
    const lost = options?.verify ? await orLost(move, call) : undefined;
    const receipt = lost ? { id: task.id } : await move;
    const seen = options?.verify ? await this.#lookAfterMove(task, toProjectId, lost, call) : undefined;
    const found = seen && { found: seen };
    const isElsewhere = seen?.task && !isSameProject(seen.task.projectId, toProjectId);
    if (!options?.descendants || seen?.state === 'deleted' || isElsewhere) return { ...receipt, ...found };
    const bulk = await this.#parts.loadBulk();
    const parts = { moveMany: bulk.move.bind(bulk), writer: this.writer, call };
    return { ...receipt, ...found, descendants: await moveDescendants(task, tasks, toProjectId, parts) };
  }

  async assign(ref: TaskRef, assigneeUsername: string, options?: CallOptions): Promise<Task> {
    checkText(assigneeUsername, 'assigneeUsername');
    return await this.writer.assign(ref, assigneeUsername, this.#call(options));
  }

  async unassign(ref: TaskRef, options?: CallOptions): Promise<Task> {
    return await this.writer.assign(ref, undefined, this.#call(options));
  }

  async delete(ref: TaskRef, options?: WriteOptions): Promise<TaskState | undefined> {
    const call = this.#parts.service.call(options, WRITE_OPTIONS);
    const task = await this.#parts.finder.resolve(ref, call);
    const deletion = this.writer.delete(task, call);
    if (!options?.verify) {
      await deletion;
      return undefined;
    }
    const lost = await orLost(deletion, call);
    const state = await lookAtTask(task, call);
    if (lost && state.state === 'unknown') throw lost;
    return state;
  }

  async children(ref: TaskRef, options?: CallOptions): Promise<Task[]> {
    this.#checkProjects('tasks.children');
    const call = this.#call(options);
    return await childrenOf(await this.#parts.finder.resolve(ref, call), call);
  }

  async attach(ref: TaskRef, parent: TaskRef, options?: CallOptions): Promise<Task> {
    this.#checkProjects('tasks.attach');
    const call = this.#call(options);
    const { finder } = this.#parts;
    const task = await finder.resolve(ref, call);
    return await attachTask(task, await finder.resolve(parent, call), this.writer, call);
  }

  async detach(ref: TaskRef, options?: CallOptions): Promise<Task> {
    const call = this.#call(options);
    return await this.writer.setParent(await this.#parts.finder.resolve(ref, call), '', call);
  }

  async createTree(tree: readonly TreeTask[], options?: CallOptions): Promise<TreeOutcome[]> {
    this.#checkProjects('tasks.createTree');
    const bulk = await this.#parts.loadBulk();
    const call = this.#call(options);
    return await new TreeMaker((inputs) => bulk.createWithin(call, inputs), this.writer, call).create(tree);
  }

  addItems(ref: TaskRef, titles: readonly string[], options?: ItemOptions): Promise<Task> {
    return this.#changeItems(ref, addition(titles), options);
  }

  editItem(
    ref: TaskRef,
    itemId: string,
    fields: { title?: string; status?: number },
    options?: ItemOptions,
  ): Promise<Task> {
    if (fields.title !== undefined) checkText(fields.title, 'title');
    return this.#changeItems(ref, edit(itemId, fields), options);
  }

  removeItem(ref: TaskRef, itemId: string, options?: ItemOptions): Promise<Task> {
    return this.#changeItems(ref, removal(itemId), options);
  }

  async #changeItems(ref: TaskRef, change: ItemChange, options: ItemOptions = {}): Promise<Task> {
    const call = this.#parts.service.call(options, ITEM_OPTIONS);
    const task = await this.#parts.finder.resolve(ref, call);
    const { store, key = 'ticktick/items', timeoutMs, maxWaitMs } = options;
    if (!store) return await this.#turns.take(task.id, () => changeItems(task, change, this.writer, call));
    return await this.#turns.takeShared(store, `${key}/${task.id}`, call.signal, (lease) => {
      const signal = AbortSignal.any([lease.signal, ...(call.signal ? [call.signal] : [])]);
      const held = this.#call({ timeoutMs, maxWaitMs, grantId: call.grantId, signal });
      return changeItems(task, change, this.writer, held, lease);
    });
  }

  /** Subtasks are looked up in their project. */
  #checkProjects(name: string): void {
    if (!this.#parts.dialect.hasProjects) throw missingOperation(name);
  }

  #call(options: CallOptions | undefined): TickTickCall {
    return this.#parts.service.call(options);
  }

  /** A task as far as the caller knows it. */
  async #resolve(ref: TaskRef, call: TickTickCall): Promise<ResolvedRef & Partial<Task>> {
    const found = await this.#parts.finder.resolve(ref, call);
    return typeof ref === 'string' ? found : { ...ref, ...found };
  }

  async #lookAfterMove(
    { id, projectId }: ResolvedRef,
    toProjectId: string,
    lost: Error | undefined,
    call: TickTickCall,
  ): Promise<TaskState> {
    const there = await lookAtTask({ id, projectId: toProjectId }, call);
    const found = there.state === 'deleted' ? await lookAtTask({ id, projectId }, call) : there;
    if (lost && found.state === 'unknown') throw lost;
    return found;
  }
}
