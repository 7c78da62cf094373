import { setImmediate } from 'node:timers/promises';
import { vi } from 'vitest';

const STEP_MS = 1000;
/** Turns of the event loop, for work that waits for no timer. */
const TURNS = 5;

/** Fakes all clocks and timers. Nothing passes but in {@link fastForward}. */
export function stopClocks(): void {
  const toFake = [
    'Date',
    'performance',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
  ] as const;
  vi.useFakeTimers({ toFake: [...toFake] });
}

/** Lets time pass while the work waits for it: a second whenever no request is under way. */
export async function fastForward<T>(work: Promise<T>, isBusy: () => boolean = () => false): Promise<T> {
  const state = { isDone: false };
  const settle = (): void => {
    state.isDone = true;
  };
  work.then(settle, settle);
  while (!state.isDone) {
    for (let turn = 0; turn < TURNS && !state.isDone; turn += 1) await setImmediate();
    if (!state.isDone && !isBusy()) vi.advanceTimersByTime(STEP_MS);
  }
  return await work;
}
