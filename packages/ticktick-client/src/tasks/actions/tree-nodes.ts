import { errors } from '../../errors.ts';
import { checkedId, checkFields } from '../../input.ts';
import { isSameProject } from '../project-tasks.ts';
import type { TaskInput } from '../task-input.ts';

/** A task of a tree, with its subtasks. */
export interface TreeTask extends Omit<TaskInput, 'parentId'> {
  /** The caller's own name for the task, for `parent` of others. Anything that no other task of the tree has. */
  ref?: string | undefined;
  /** The `ref` of another task of the tree, or the id of an open task that exists in the same project. */
  parent?: string | undefined;
  /** Subtasks, any number of levels deep. */
  children?: readonly TreeTask[] | undefined;
}

/** A task of the tree, in a list of all of them. */
export interface Node {
  input: TaskInput;
  ref: string | undefined;
  /** The index of the parent in the list of nodes, or the id of a task that exists. */
  parent: number | string | undefined;
  field: string;
}

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

/** The project that a task of the tree is created in. */
export function projectOf({ input }: Node): string {
  return input.projectId ?? 'inbox';
}

/** A caller's tree as a list, and the indexes of its tasks level by level. Throws {@link InvalidRequestError} naming the task. */
export function readTree(tree: readonly TreeTask[]): { nodes: Node[]; byLevel: number[][] } {
  const nodes = flatten(tree);
  link(nodes);
  const byLevel = indexesByLevel(levelsOf(nodes));
  place(nodes, byLevel.flat());
  return { nodes, byLevel };
}
