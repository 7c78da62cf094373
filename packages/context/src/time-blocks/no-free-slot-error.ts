import type { Slot } from '@context-sdk/google-workspace';
import { ContextSdkError } from '@context-sdk/oauth-core';

/** There is not enough free time. Nothing was changed. */
export class NoFreeSlotError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/NoFreeSlotError';
  override readonly name = 'NoFreeSlotError';
  /**
   * The longest free slot within the working hours, and before the task is due with `due: 'require'`. Absent if there is no free
   * time at all.
   */
  declare readonly longest?: Slot;

  constructor(
    durationMinutes: number,
    longest: Slot | undefined,
    { isBeforeDue = false }: { isBeforeDue?: boolean } = {},
  ) {
    const available =
      longest === undefined
        ? 'there is no free time at all'
        : `the longest free slot is ${longest.start} to ${longest.end}`;
    const when = isBeforeDue ? ' before the task is due' : '';
    super(
      'no_free_slot',
      `There is no free time of ${durationMinutes} minutes${when}: ${available}.`,
      false,
      {
        service: 'google-calendar',
      },
    );
    if (longest !== undefined) this.longest = longest;
  }
}
