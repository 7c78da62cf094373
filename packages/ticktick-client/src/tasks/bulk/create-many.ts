import { type CallOptions, InvalidRequestError } from '@context-sdk/oauth-core';
import { type Checked, inChunks } from '../../bulk/in-chunks.ts';
import type { BulkOptions } from '../../bulk/outcome.ts';
import { type TaskInput, wireTask } from '../task-input.ts';
import type { TaskRoutes } from '../task-routes.ts';
import { proposedId } from './proposed-id.ts';
import type { ChunkSender, CreateOutcome, NewTask } from './send-chunk.ts';

/** Checks every task before any is sent: one that can't be right is `failed` and keeps no other back. */
function check(inputs: readonly TaskInput[], outcomes: CreateOutcome[]): Checked<NewTask>[] {
  return inputs.flatMap((input, index) => {
    try {
      return [{ index, item: { ...wireTask(input, `tasks[${index}].`), id: proposedId() } }];
    } catch (error) {
      if (!(error instanceof InvalidRequestError)) throw error;
      outcomes[index] = { status: 'failed', error };
      return [];
    }
  });
}

export async function createMany(
  inputs: readonly TaskInput[],
  routes: TaskRoutes,
  sender: ChunkSender,
  options: CallOptions & BulkOptions,
): Promise<CreateOutcome[]> {
  if (!Array.isArray(inputs)) {
    throw new InvalidRequestError('tasks is not a list.', { service: 'ticktick', field: 'tasks' });
  }
  const outcomes = Array.from<CreateOutcome>({ length: inputs.length });
  const checked = check(inputs, outcomes);
  const { onProgress: _, ...call } = options;
  await inChunks(checked, routes.batchSize, outcomes, options, (chunk) => sender.send(chunk, call));
  return outcomes;
}
