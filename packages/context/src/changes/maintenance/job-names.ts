import { keys, parseConnectionKey } from '../../records/keys.ts';

/** Looks at all records once, and plans what is missing. */
export const WALK = 'walk';

/** What keeps jobs of one kind from waiting for those of another: the provider of a connection, or what else it is. */
export function laneOf(job: string): string {
  const connection = parseConnectionKey(job);
  return connection?.provider ?? (job.startsWith(keys.pendingEvents) ? 'events' : job);
}
