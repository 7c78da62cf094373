import { bulkError, type BulkOptions } from '@context-sdk/oauth-core/client-kit';
import { errors } from '../../errors.ts';
import { checkedId, checkFields } from '../../input.ts';
import type { TickTickCall } from '../../operations.ts';
import { failedOrUnknown, type TaskOutcome } from '../bulk/task-outcome.ts';
import { isSameProject } from '../project-tasks.ts';
import type { TaskInput } from '../task-input.ts';
import { openTasksIn } from './subtasks.ts';
import type { TaskWriter } from './task-writer.ts';

/** A task of a tree, with its subtasks. */
export interface TreeTask extends Omit<TaskInput, 'parentId'> {
  /** The caller's own name for the task, for `parent` of others. Anything that no other task of the tree has. */
  ref?: string;
  /** The `ref` of another task of the tree, or the id of an open task that exists in the same project. */
  parent?: string;
  /** Subtasks, any number of levels deep. */
  children?: readonly TreeTask[];
}

/** The outcome of one task of a tree, in the order of the input, a task before its `children`. */
export type TreeOutcome = TaskOutcome & { ref?: string; parentId?: string };

interface Node {
  input: TaskInput;
  ref: string | undefined;
  /** The index of the parent in the list of nodes, or the id of a task that exists. */
  parent: number | string | undefined;
  field: string;
}

type CreateMany = (inputs: readonly TaskInput[], options: BulkOptions) => Promise<TaskOutcome[]>;

/** A part of the tree that is still to be read, or with `leaves` a task whose subtasks are all read. */
type Step =
  | { task: TreeTask; field: string; above: number | undefined; projectId: string | undefined }
  | { leaves: TreeTask };

/** The tasks of a list as steps, the first one last. */
function stepsFor(tasks: readonly TreeTask[], field: string, above?: number, projectId?: string): Step[] {
  if (!Array.isArray(tasks)) throw errors.invalid(field, 'is not a list');
  return tasks
    .map((task: TreeTask, index) => ({ task, field: `${field}[${index}]`, above, projectId }))
    .toReversed();
}

function checkTreeTask(task: TreeTask, field: string, isChild: boolean): void {
  checkFields(task, field);
  for (const name of ['ref', 'parent'] as const) {
    const value: unknown = task[name];
    if (value !== undefined && typeof value !== 'string')
      throw errors.invalid(`${field}.${name}`, 'is not a string');
  }
  if (isChild && task.parent !== undefined) throw errors.invalid(`${field}.parent`, 'is set for a child');
  if ('parentId' in task) throw errors.invalid(`${field}.parentId`, 'is no field of a tree: name the parent');
}

/** Every task of the tree in a list. A child without a project is in its parent's. */
function flatten(tree: readonly TreeTask[]): Node[] {
  const nodes: Node[] = [];
  /** The tasks that lead to the one that is read. */
  const path = new Set<TreeTask>();
  const steps = stepsFor(tree, 'tasks');
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ('leaves' in step) {
      path.delete(step.leaves);
      continue;
    }
    const { task, field, above, projectId } = step;
    checkTreeTask(task, field, above !== undefined);
    if (path.has(task)) throw errors.invalid(field, 'is below itself');
    path.add(task);
    const { ref, parent, children = [], ...input } = task;
    const inProject = input.projectId ?? projectId;
    const placed = { ...input, ...(inProject !== undefined && { projectId: inProject }) };
    const position = nodes.push({ input: placed, ref, parent: above ?? parent, field });
    steps.push({ leaves: task });
    for (const child of stepsFor(children, `${field}.children`, position - 1, inProject)) steps.push(child);
  }
  return nodes;
}

/** Replaces the names of parents by their places. */
function link(nodes: readonly Node[]): void {
  const byRef = new Map<string, number>();
  for (const [index, { ref, field }] of nodes.entries()) {
    if (ref === undefined) continue;
    if (byRef.has(ref)) throw errors.invalid(`${field}.ref`, 'names two tasks');
    byRef.set(ref, index);
  }
  for (const node of nodes) {
    if (typeof node.parent !== 'string') continue;
    node.parent = byRef.get(node.parent) ?? checkedId(node.parent, `${node.field}.parent`);
  }
}

/** Puts every task where its parent is; `indexes` has parents before their children. */
function place(nodes: readonly Node[], indexes: readonly number[]): void {
  for (const index of indexes) {
    const node = nodes[index];
    const parent = typeof node?.parent === 'number' ? nodes[node.parent] : undefined;
    if (!node || !parent) continue;
    node.input.projectId ??= projectOf(parent);
    if (!isSameProject(node.input.projectId, projectOf(parent)))
      throw errors.invalid(`${node.field}.projectId`, "is not its parent's");
  }
}

/** How many tasks of the tree are above each. */
function levelsOf(nodes: readonly Node[]): number[] {
  const levels: number[] = [];
  for (const [index, { field }] of nodes.entries()) {
    const below: number[] = [];
    let above: number | undefined = index;
    while (above !== undefined && levels[above] === undefined) {
      if (below.length > nodes.length) throw errors.invalid(`${field}.parent`, 'is below the task itself');
      below.push(above);
      const parent: Node['parent'] = nodes[above]?.parent;
      above = typeof parent === 'number' ? parent : undefined;
    }
    let level = above === undefined ? -1 : (levels[above] ?? -1);
    for (const each of below.toReversed()) levels[each] = level += 1;
  }
  return levels;
}

function indexesByLevel(levels: readonly number[]): number[][] {
  const indexes: number[][] = [];
  for (const [index, level] of levels.entries()) (indexes[level] ??= []).push(index);
  return indexes;
}

const NO_PARENT = 'was not created, because its parent was not';

/** Creates a tree of tasks, one level after the other, and attaches what TickTick did not attach. */
export class TreeMaker {
  readonly #createMany: CreateMany;
  readonly #writer: TaskWriter;
  readonly #call: TickTickCall;

  constructor(createMany: CreateMany, writer: TaskWriter, call: TickTickCall) {
    this.#createMany = createMany;
    this.#writer = writer;
    this.#call = call;
  }

  async create(tree: readonly TreeTask[]): Promise<TreeOutcome[]> {
    const nodes = flatten(tree);
    link(nodes);
    const byLevel = indexesByLevel(levelsOf(nodes));
    place(nodes, byLevel.flat());
    const outcomes: TreeOutcome[] = [];
    await this.#checkParents(nodes, outcomes);
    for (const indexes of byLevel) await this.#createLevel(indexes, nodes, outcomes);
    await this.#attachAll(nodes, outcomes);
    return outcomes.map((outcome, index) => ({ ...outcome, ...namesOf(nodes[index], outcomes) }));
  }

  /** Below a task that can't be a parent, nothing is created: TickTick would drop the parent and keep the task. */
  async #checkParents(nodes: readonly Node[], outcomes: TreeOutcome[]): Promise<void> {
    const below = [...nodes.entries()].filter(([, { parent }]) => typeof parent === 'string');
    const ofProjects = Map.groupBy(below, ([, node]) => projectOf(node));
    for (const [projectId, ofProject] of ofProjects) {
      try {
        const open = new Set((await openTasksIn(projectId, this.#call)).map(({ id }) => id));
        for (const [index, { parent, field }] of ofProject) {
          if (typeof parent !== 'string' || open.has(parent)) continue;
          const error = errors.invalid(`${field}.parent`, 'is no open task of the project');
          outcomes[index] = { status: 'failed', error };
        }
      } catch (failure) {
        const error = bulkError(failure, this.#call);
        for (const [index] of ofProject) outcomes[index] = { status: 'failed', error };
      }
    }
  }

  async #createLevel(
    indexes: readonly number[],
    nodes: readonly Node[],
    outcomes: TreeOutcome[],
  ): Promise<void> {
    const ready: { index: number; input: TaskInput }[] = [];
    for (const index of indexes) {
      const node = nodes[index];
      if (node === undefined || outcomes[index]) continue;
      const parentId = parentIdOf(node, outcomes);
      if (node.parent !== undefined && parentId === undefined) {
        outcomes[index] = { status: 'failed', error: errors.invalid(node.field, NO_PARENT) };
      } else ready.push({ index, input: { ...node.input, ...(parentId !== undefined && { parentId }) } });
    }
    if (ready.length === 0) return;
    const created = await this.#createMany(
      ready.map(({ input }) => input),
      {},
    );
    ready.forEach(({ index }, position) => {
      const outcome = created[position];
      if (outcome) outcomes[index] = outcome;
    });
  }

  /** Looks into the projects: reports say that TickTick ignores the parent of a new task. */
  async #attachAll(nodes: readonly Node[], outcomes: TreeOutcome[]): Promise<void> {
    const children = nodes.flatMap((node, index) => {
      const outcome = outcomes[index];
      const parentId = parentIdOf(node, outcomes);
      return outcome?.status === 'ok' && parentId !== undefined
        ? [{ node, index, id: outcome.id, parentId }]
        : [];
    });
    for (const projectId of new Set(children.map(({ node }) => projectOf(node)))) {
      const ofProject = children.filter(({ node }) => projectOf(node) === projectId);
      try {
        const stored = new Map((await openTasksIn(projectId, this.#call)).map((task) => [task.id, task]));
        for (const { index, id, parentId } of ofProject) {
          const task = stored.get(id);
          if (task?.parentId === parentId) continue;
          await this.#attach(task ?? { id, projectId }, parentId, index, outcomes);
        }
      } catch (failure) {
        const error = bulkError(failure, this.#call);
        for (const { index } of ofProject) outcomes[index] = { status: 'unknown', error };
      }
    }
  }

  async #attach(
    task: { id: string; projectId: string },
    parentId: string,
    index: number,
    outcomes: TreeOutcome[],
  ): Promise<void> {
    try {
      await this.#writer.setParent(task, parentId, this.#call);
    } catch (failure) {
      outcomes[index] = failedOrUnknown(bulkError(failure, this.#call));
    }
  }
}

function projectOf({ input }: Node): string {
  return input.projectId ?? 'inbox';
}

function parentIdOf({ parent }: Node, outcomes: readonly TreeOutcome[]): string | undefined {
  if (typeof parent !== 'number') return parent;
  const outcome = outcomes[parent];
  return outcome?.status === 'ok' ? outcome.id : undefined;
}

function namesOf(
  node: Node | undefined,
  outcomes: readonly TreeOutcome[],
): { ref?: string; parentId?: string } {
  const parentId = node && parentIdOf(node, outcomes);
  return { ...(node?.ref !== undefined && { ref: node.ref }), ...(parentId !== undefined && { parentId }) };
}
