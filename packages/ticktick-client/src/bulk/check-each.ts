import { InvalidRequestError } from '@context-sdk/oauth-core';
import { invalid } from '../input/invalid.ts';
import type { Checked } from './in-chunks.ts';
import type { BulkOutcome } from './outcome.ts';

/** One place per input, to be filled. Throws {@link InvalidRequestError} where the inputs are no list. */
export function outcomesFor<R>(inputs: readonly unknown[]): BulkOutcome<R>[] {
  if (Array.isArray(inputs)) return Array.from<BulkOutcome<R>>({ length: inputs.length });
  throw invalid('tasks', 'is not a list');
}

/** Checks every input before any is sent: one that can't be right is `failed` and keeps no other back. */
export function checkEach<Input, T, R>(
  inputs: readonly Input[],
  outcomes: BulkOutcome<R>[],
  check: (input: Input, at: string) => T,
): Checked<T>[] {
  // A list with holes is read as if they held undefined.
  return Array.from(inputs).flatMap((input, index) => {
    try {
      return [{ index, item: check(input, `tasks[${index}]`) }];
    } catch (error) {
      if (!(error instanceof InvalidRequestError)) throw error;
      outcomes[index] = { status: 'failed', error };
      return [];
    }
  });
}
