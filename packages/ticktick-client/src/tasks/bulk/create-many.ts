import type { CallOptions } from '@context-sdk/oauth-core';
import { oneDeadline } from '@context-sdk/oauth-core/client-kit';
import { checkEach, outcomesFor } from '../../bulk/check-each.ts';
import { chunksOf, inChunks } from '../../bulk/in-chunks.ts';
import type { BulkOptions } from '../../bulk/outcome.ts';
import { type TaskInput, wireTask } from '../task-input.ts';
import type { TaskRoutes } from '../task-routes.ts';
import type { NewTask, NewTaskSender } from './new-tasks.ts';
import { proposedId } from './proposed-id.ts';
import type { TaskOutcome } from './task-outcome.ts';

export async function createMany(
  inputs: readonly TaskInput[],
  routes: TaskRoutes,
  sender: NewTaskSender,
  options: CallOptions & BulkOptions,
): Promise<TaskOutcome[]> {
  const outcomes: TaskOutcome[] = outcomesFor(inputs);
  const newTask = (input: TaskInput, at: string): NewTask => ({
    ...wireTask(input, `${at}.`),
    id: proposedId(),
  });
  const chunks = chunksOf(checkEach(inputs, outcomes, newTask), routes.batchSize);
  const call = oneDeadline(options, 'ticktick') ?? options;
  await inChunks(chunks, outcomes, call, (chunk) => sender.send(chunk, call));
  return outcomes;
}
