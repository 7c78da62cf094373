import { GrantChangedError, NotFoundError } from '@context-sdk/oauth-core';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import type { OnEvent } from '../context-event.ts';
import { handleInTime } from './handle-in-time.ts';
import { isConnected } from './is-connected.ts';
import { providerOf } from './outgoing-event.ts';
import { readDeadLetter } from './stored-letters.ts';

/** Passes a dead letter to the host once more. Throws what the host throws. */
export async function replayLetter(
  options: Pick<ResolvedOptions, 'store' | 'providers'>,
  key: string,
  onEvent: OnEvent | undefined,
): Promise<void> {
  const letter = await readDeadLetter(options.store, key);
  if (letter === undefined) throw new NotFoundError('There is no such dead letter.');
  if (!(await isConnected(options, letter)))
    throw new GrantChangedError({ service: providerOf(letter.event) });
  const error = onEvent && (await handleInTime(letter.event, onEvent));
  if (error !== undefined) throw error;
}
