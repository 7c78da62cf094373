import { bulkError, type BulkOptions } from '@context-sdk/oauth-core/client-kit';
import type { TickTickCall } from '../../operations.ts';
import type { TaskMove } from '../bulk/move-many.ts';
import type { TaskOutcome, TaskReceipt } from '../bulk/task-outcome.ts';
import { isSameProject } from '../project-tasks.ts';
import type { ResolvedRef, Task } from '../task.ts';
import type { TaskState } from './look-at-task.ts';
import { descendantsOf } from './subtasks.ts';
import type { TaskWriter } from './task-writer.ts';

/** A task that was moved. */
export interface MovedTask extends TaskReceipt {
  /** With `descendants`: the outcome of each open task below it, a parent before its children. */
  descendants?: TaskOutcome[];
  /** With `verify`: what TickTick shows in the new project. */
  found?: TaskState;
}

type MoveMany = (moves: readonly TaskMove[], options: BulkOptions) => Promise<TaskOutcome[]>;

/**
 * Moves the open tasks below a task that has moved, and attaches them again: TickTick leaves them behind, and a move takes a
 * task from its parent.
 */
export async function moveDescendants(
  { id, projectId }: ResolvedRef,
  tasks: readonly Task[],
  toProjectId: string,
  { moveMany, writer, call }: { moveMany: MoveMany; writer: TaskWriter; call: TickTickCall },
): Promise<TaskOutcome[]> {
  if (isSameProject(projectId, toProjectId)) return [];
  const family = descendantsOf(id, tasks);
  const outcomes = await moveMany(
    family.map((task) => ({ task, toProjectId })),
    {},
  );
  for (const [index, { id: childId, parentId = '' }] of family.entries()) {
    if (outcomes[index]?.status !== 'ok') continue;
    try {
      await writer.setParent({ id: childId, projectId: toProjectId }, parentId, call);
    } catch (failure) {
      // It was moved, but is not below its parent.
      outcomes[index] = { status: 'unknown', error: bulkError(failure, call) };
    }
  }
  return outcomes;
}
