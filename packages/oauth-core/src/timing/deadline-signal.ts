import { TimeoutError } from '../errors/index.ts';
import { MAX_TIMER_MS } from './delay.ts';

/** Aborts with the caller's signal, and after this many milliseconds with {@link TimeoutError}. */
export function deadlineSignal(
  deadlineMs: number,
  signal: AbortSignal | null | undefined,
  service: string,
): AbortSignal {
  const deadline = new AbortController();
  const expire = (): void => {
    const message = `The call took longer than ${deadlineMs} ms.`;
    deadline.abort(new TimeoutError(message, { service, timeoutMs: deadlineMs }));
  };
  const timer: { unref?: () => void } = setTimeout(expire, Math.min(deadlineMs, MAX_TIMER_MS));
  // Where timers hold a process (Node), this one must not: the call may end long before it.
  timer.unref?.();
  return signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal;
}
