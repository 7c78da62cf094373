import { asError } from '../../utils/as-error.ts';
import { inTime } from '../../utils/in-time.ts';
import type { ContextEvent, OnEvent } from '../context-event.ts';
import { copyOfEvent } from './stored-event.ts';

/** Calls the host. Returns what it threw, or a {@link TimeoutError} after 8 s; `undefined` if it succeeded. */
export async function handleInTime(event: ContextEvent, onEvent: OnEvent): Promise<Error | undefined> {
  try {
    // A copy: what the host changes in it is neither recorded for another try nor told to anyone else.
    await inTime((signal) => onEvent(copyOfEvent(event), { signal }));
    return undefined;
  } catch (thrown) {
    return asError(thrown);
  }
}
