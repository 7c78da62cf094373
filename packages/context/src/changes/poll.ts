import { ContextSdkError, ServiceUnavailableError, TimeoutError } from '@context-sdk/oauth-core';
import type { ChangeSource, Emit, UserContext } from './change-source.ts';

/** The user has disconnected, or connected another account, while a sync was under way. */
export class GrantEnded extends Error {}

/** What came of a poll. */
export interface Polled {
  /** Where the next poll starts. Absent if it starts where this one did. */
  position?: object;
  events: number;
  error?: ContextSdkError;
}

/** Tells all changes, whatever the host does with single ones. */
export async function poll(
  source: ChangeSource,
  context: UserContext,
  position: object | undefined,
  emit: Emit,
  push?: object,
): Promise<Polled> {
  let events = 0;
  let unhandled: ContextSdkError | undefined;
  const emitAndCount: Emit = async (outgoing) => {
    const outcome = await emit(outgoing);
    if (outcome.state === 'gone') throw new GrantEnded();
    if (outcome.state === 'busy')
      throw new ServiceUnavailableError('The event is being handled by another delivery.');
    if (outcome.state === 'handled') events += 1;
    else unhandled = notHandled();
    if (outcome.state === 'failed') throw notHandled();
    return outcome;
  };
  try {
    const next = await source.poll(context, position, emitAndCount, push);
    return { position: next, events, ...(unhandled && { error: unhandled }) };
  } catch (thrown) {
    return { events, error: reportable(thrown, context.signal) };
  }
}

/** An error of the host's own handler may contain anything, so it is not reported. */
function notHandled(): ContextSdkError {
  return new ContextSdkError(
    'event_not_handled',
    'The host did not handle an event; it is redelivered.',
    true,
  );
}

/** The SDK's errors go into the result. Anything else is thrown. */
export function reportable(error: unknown, signal: AbortSignal): ContextSdkError {
  if (signal.reason instanceof TimeoutError) return signal.reason;
  signal.throwIfAborted();
  if (error instanceof ContextSdkError) return error;
  throw error;
}
