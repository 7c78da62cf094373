import { InvalidRequestError } from '@context-sdk/oauth-core';
import type { LinkField } from '../../options/links-options.ts';
import type { LinkWrite, SideNow } from '../link-state.ts';

/** A side as it was read, and how to change it. */
export interface Side {
  now: SideNow;
  /** Of a task: its zone, whose midnights are days in other services. */
  timeZone?: string;
  /** Writes a value, only if nobody has changed the side since: else throws {@link ConflictError}. Returns what the service has then. */
  write(write: Pick<LinkWrite, 'field' | 'value' | 'mark'>): Promise<Side>;
  /** Takes it away, since its task was deleted. */
  remove(): Promise<Side>;
}

/** Says what a side can't do: the service would refuse it. */
export function unwritable(side: string, field: LinkField): InvalidRequestError {
  return new InvalidRequestError(`The ${side} has no ${field} that a link could write.`, { field });
}
