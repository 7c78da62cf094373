import { bulkError } from '@context-sdk/oauth-core/client-kit';
import { errors } from '../../errors.ts';
import type { TickTickCall } from '../../operations.ts';
import type { TaskOutcome } from '../bulk/task-outcome.ts';
import type { TaskInput } from '../task-input.ts';
import { openTasksIn } from './subtasks.ts';
import type { TaskWriter } from './task-writer.ts';
import { type Node, projectOf, readTree, type TreeTask } from './tree-nodes.ts';

/** The outcome of one task of a tree, in the order of the input, a task before its `children`. */
export type TreeOutcome = TaskOutcome & { ref?: string; parentId?: string };

type CreateMany = (inputs: readonly TaskInput[]) => Promise<TaskOutcome[]>;

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
    const { nodes, byLevel } = readTree(tree);
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
    const created = await this.#createMany(ready.map(({ input }) => input));
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
      // It was created: whoever creates it again has it twice.
      outcomes[index] = { status: 'unknown', error: bulkError(failure, this.#call) };
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
