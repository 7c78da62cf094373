import { bulkError, type BulkOptions } from '@context-sdk/oauth-core/client-kit';
import { errors } from '../../errors.ts';
import { checkedId, checkFields } from '../../input.ts';
import type { TickTickCall } from '../../operations.ts';
import { failedOrUnknown, type TaskOutcome } from '../bulk/task-outcome.ts';
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

/** Every task of the tree in a list. A child without a project is in its parent's. */
function flatten(tree: readonly TreeTask[]): Node[] {
  const nodes: Node[] = [];
  const add = (
    tasks: readonly TreeTask[],
    field: string,
    above: number | undefined,
    projectId?: string,
  ): void => {
    if (!Array.isArray(tasks)) throw errors.invalid(field, 'is not a list');
    tasks.forEach((task: TreeTask, index) => {
      const at = `${field}[${index}]`;
      checkFields(task, at);
      const { ref, parent, children = [], ...input } = task;
      if (above !== undefined && parent !== undefined)
        throw errors.invalid(`${at}.parent`, 'is set for a child');
      const inProject = input.projectId ?? projectId;
      const position = nodes.push({
        input: { ...input, ...(inProject !== undefined && { projectId: inProject }) },
        ref,
        parent: above ?? parent,
        field: at,
      });
      add(children, `${at}.children`, position - 1, inProject);
    });
  };
  add(tree, 'tasks', undefined);
  return nodes;
}

/** Replaces the names of parents by their places, and checks that every task has a way up. */
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
  for (const node of nodes) {
    const parent = typeof node.parent === 'number' ? nodes[node.parent] : undefined;
    if (parent && (node.input.projectId ?? parent.input.projectId) !== parent.input.projectId) {
      throw errors.invalid(`${node.field}.projectId`, "is not its parent's");
    }
    if (parent?.input.projectId !== undefined) node.input.projectId ??= parent.input.projectId;
    levelOf(node, nodes);
  }
}

/** How many tasks of the tree are above it. */
function levelOf(node: Node, nodes: readonly Node[]): number {
  let level = 0;
  for (let above: Node | undefined = node; typeof above?.parent === 'number'; above = nodes[above.parent]) {
    level += 1;
    if (level > nodes.length) throw errors.invalid(`${node.field}.parent`, 'is below the task itself');
  }
  return level;
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
    const levels = nodes.map((node) => levelOf(node, nodes));
    const outcomes: TreeOutcome[] = [];
    for (let level = 0; level <= Math.max(-1, ...levels); level += 1) {
      const indexes = nodes.flatMap((_, index) => (levels[index] === level ? [index] : []));
      await this.#createLevel(indexes, nodes, outcomes);
    }
    await this.#attachAll(nodes, outcomes);
    return outcomes.map((outcome, index) => ({ ...outcome, ...namesOf(nodes[index], outcomes) }));
  }

  async #createLevel(
    indexes: readonly number[],
    nodes: readonly Node[],
    outcomes: TreeOutcome[],
  ): Promise<void> {
    const ready: { index: number; input: TaskInput }[] = [];
    for (const index of indexes) {
      const node = nodes[index];
      if (node === undefined) continue;
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
    const projectOf = (node: Node): string => node.input.projectId ?? 'inbox';
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
