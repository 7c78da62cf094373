import type { ProviderId } from '../../options/provider-id.ts';
import type { ContextEvent } from '../context-event.ts';

/** An event on its way to the host. */
export interface OutgoingEvent {
  event: ContextEvent;
  /** Whose change it is: {@link Grant.owner}. Absent if the delivery does not identify a user. */
  owner?: string | undefined;
  /** Further ids of the same change: another source that finds it later does not tell it again. */
  alsoAs?: readonly string[] | undefined;
  /** Who hears it. Default: the host. `blocks` are the blocks and the links of a task, which follow it. */
  to?: 'blocks' | undefined;
}

/**
 * What came of an event:
 * - `handled`: the host has it, now or, if it `isRepeated`, from an earlier delivery;
 * - `dead`: the host failed too often, and it is a dead letter now;
 * - `pending`: the host failed, `attempts` times so far, and it is recorded for another try;
 * - `failed`: the host failed, and nothing is recorded: it has to be delivered again;
 * - `busy`: another delivery is handling it;
 * - `gone`: it belongs to an account that is no longer connected.
 */
export type EventOutcome =
  | { state: 'handled'; isRepeated?: true }
  | { state: 'dead' | 'busy' | 'gone' }
  | { state: 'pending'; error: Error; attempts: number }
  | { state: 'failed'; error: Error };

/** The provider whose connection an event comes from. */
export function providerOf({ source }: ContextEvent): ProviderId {
  return source === 'gmail' || source === 'google-calendar' ? 'google' : source;
}
