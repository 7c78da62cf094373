import { currentGrant } from '../../connections/current-grant.ts';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import { type OutgoingEvent, providerOf } from './outgoing-event.ts';

/** Whether the event's account is still the user's. An event that identifies no user has none. */
export async function isConnected(
  options: Pick<ResolvedOptions, 'store' | 'providers'>,
  { event, owner }: Pick<OutgoingEvent, 'event' | 'owner'>,
): Promise<boolean> {
  const { userId } = event;
  if (owner === undefined || userId === undefined) return owner === undefined;
  return (await currentGrant(options, userId, providerOf(event)))?.owner === owner;
}
