import { mayHaveHappened } from '@context-sdk/oauth-core/client-kit';
import { ContextSdkError, NotFoundError } from '@context-sdk/oauth-core/errors';
import type { AdoCall } from './wire.ts';

/**
 * Sends a write that must not be sent twice. If its response is lost, `look` tells what became of it: what the write gives if
 * it is done, else undefined. Then the error stays that of the lost response, as it does where nothing can be seen.
 */
export async function settleLost<T>(
  call: AdoCall,
  write: () => Promise<T>,
  look: () => Promise<T | undefined>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!mayHaveHappened(error) || call.signal?.aborted) throw error;
    const done = await look().catch((failure: unknown) => {
      if (failure instanceof ContextSdkError) return undefined;
      throw failure;
    });
    if (done === undefined) throw error;
    return done;
  }
}

/** Whether a read finds nothing. */
export async function isGone(read: Promise<unknown>): Promise<boolean> {
  try {
    await read;
    return false;
  } catch (error) {
    if (error instanceof NotFoundError) return true;
    throw error;
  }
}
