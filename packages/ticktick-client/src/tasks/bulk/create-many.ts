import { type BulkOptions, checkEach, chunksOf, inChunks } from '@context-sdk/oauth-core/client-kit';
import type { TickTickCall } from '../../operations.ts';
import { type TaskInput, wireTask, type WireTask } from '../task-input.ts';
import type { NewTask, NewTasks } from './new-tasks.ts';
import { type Place, withOwnColumns } from './own-columns.ts';
import { outcomesFor } from './run-bulk.ts';
import type { TaskOutcome } from './task-outcome.ts';

/** An id in the form of TickTick's own: 24 hexadecimal digits, the first eight of them the time in seconds. */
function proposedId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return seconds.padStart(8, '0') + crypto.randomUUID().replaceAll('-', '').slice(-16);
}

function placeOf({ projectId, columnId }: WireTask): Place {
  return { projectId, columnId };
}

/** Sends one chunk and finds out the outcome of each task. */
export type SendNewTasks = (chunk: NewTasks, call: TickTickCall) => Promise<TaskOutcome[]>;

export async function createMany(
  inputs: readonly TaskInput[],
  batchSize: number,
  send: SendNewTasks,
  call: TickTickCall,
  onProgress?: BulkOptions['onProgress'],
): Promise<TaskOutcome[]> {
  const outcomes = outcomesFor(inputs);
  const newTasks = checkEach(inputs, outcomes, (input, _at, index): NewTask => ({
    ...wireTask(input, `tasks[${index}].`),
    id: proposedId(),
  }));
  const placed = await withOwnColumns(newTasks, placeOf, outcomes, call);
  const chunks = chunksOf(placed, batchSize);
  await inChunks(chunks, outcomes, { ...call, onProgress }, (chunk) => send(chunk, call));
  return outcomes;
}
