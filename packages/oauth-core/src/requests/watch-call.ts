import { ContextSdkError } from '../errors/index.ts';
import { type CallEvent, type Hooks, notify } from '../hooks/hooks.ts';

let calls = 0;

/** Tells hooks when a call begins and how it ended. */
export async function watchCall<T>(
  hooks: Hooks | undefined,
  about: Omit<CallEvent, 'callId'>,
  work: (callId: number) => Promise<T>,
): Promise<T> {
  const event = { ...about, callId: (calls += 1) };
  if (hooks === undefined) return await work(event.callId);
  notify(hooks, 'onCallStart', event);
  const startedAt = performance.now();
  const durationMs = (): number => performance.now() - startedAt;
  try {
    const result = await work(event.callId);
    notify(hooks, 'onCallEnd', { ...event, outcome: 'ok', durationMs: durationMs() });
    return result;
  } catch (error) {
    const known = error instanceof ContextSdkError ? { error } : {};
    notify(hooks, 'onCallEnd', { ...event, outcome: 'failed', durationMs: durationMs(), ...known });
    throw error;
  }
}
