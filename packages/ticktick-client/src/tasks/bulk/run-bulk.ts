import type { CallOptions } from '@context-sdk/oauth-core';
import { oneDeadline } from '@context-sdk/oauth-core/client-kit';
import { checkEach, outcomesFor } from '../../bulk/check-each.ts';
import { type Checked, type Chunk, inChunks } from '../../bulk/in-chunks.ts';
import { bulkError } from '../../bulk/lost-answers.ts';
import type { BulkOptions } from '../../bulk/outcome.ts';
import type { TaskRef } from '../task.ts';
import type { Located, TaskLocator } from '../task-locator.ts';
import { locateEach } from './locate-each.ts';
import { failedOrUnknown, type TaskOutcome } from './task-outcome.ts';

/** A bulk call on tasks that exist: what differs between them. */
export interface BulkPlan<Input, Item extends { task: TaskRef }> {
  /** Throws {@link InvalidRequestError}; `at` stands before a field's name. */
  check(input: Input, at: string): Item;
  chunks(items: Chunk<Item & Located>): Chunk<Item & Located>[];
  send(chunk: Chunk<Item & Located>, options: CallOptions): Promise<TaskOutcome[]>;
}

export async function runBulk<Input, Item extends { task: TaskRef }>(
  inputs: readonly Input[],
  plan: BulkPlan<Input, Item>,
  locator: TaskLocator,
  options: CallOptions & BulkOptions,
): Promise<TaskOutcome[]> {
  const outcomes: TaskOutcome[] = outcomesFor(inputs);
  const checked: Checked<Item>[] = checkEach(inputs, outcomes, (input, at) => {
    const item = plan.check(input, at);
    locator.checked(item.task, at);
    return item;
  });
  const call = oneDeadline(options, 'ticktick') ?? options;
  const located = await locateEach(checked, outcomes, locator, call);
  await inChunks(plan.chunks(located), outcomes, call, async (chunk) => {
    try {
      return await plan.send(chunk, call);
    } catch (failure) {
      return chunk.map(() => failedOrUnknown(bulkError(failure, call.signal)));
    }
  });
  return outcomes;
}
