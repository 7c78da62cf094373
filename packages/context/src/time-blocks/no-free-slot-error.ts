import type { Slot } from '@context-sdk/google-workspace';
import { ContextSdkError } from '@context-sdk/oauth-core';

/** There is no room for the block. Nothing was changed. */
export class NoFreeSlotError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/NoFreeSlotError';
  override readonly name = 'NoFreeSlotError';
  /** The longest free working time that there is; absent where there is none. */
  declare readonly longest?: Slot;

  constructor(durationMinutes: number, longest: Slot | undefined) {
    const most =
      longest === undefined
        ? 'there is no free time at all'
        : `the longest free time is ${longest.start} to ${longest.end}`;
    super('no_free_slot', `There is no room for ${durationMinutes} minutes: ${most}.`, false, {
      service: 'google-calendar',
    });
    if (longest !== undefined) this.longest = longest;
  }
}
