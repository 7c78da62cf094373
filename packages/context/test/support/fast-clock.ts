import { setImmediate } from 'node:timers/promises';
import { vi } from 'vitest';

const STEP_MS = 1000;
/** Nothing waits for longer than some hours. */
const MAX_STEPS = 100_000;
/** Turns of the event loop, for work that waits for no timer. */
const TURNS = 5;

const CRYPTO = ['digest', 'sign', 'verify', 'importKey', 'encrypt', 'decrypt'] as const;

/** Work of other threads, during which no time passes. */
let underWay = 0;
let isWatching = false;

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
  if (!isWatching) watchCrypto();
}

function watchCrypto(): void {
  isWatching = true;
  const { subtle } = globalThis.crypto;
  for (const name of CRYPTO) {
    const method: unknown = Reflect.get(subtle, name);
    if (typeof method !== 'function') continue;
    const watched = async (...args: unknown[]): Promise<unknown> => {
      underWay += 1;
      try {
        return await (Reflect.apply(method, subtle, args) as Promise<unknown>);
      } finally {
        underWay -= 1;
      }
    };
    Object.defineProperty(subtle, name, { value: watched, configurable: true });
  }
}

/** Lets time pass while the work waits for it: a second whenever nothing is under way. */
export async function fastForward<T>(work: Promise<T>, isBusy: () => boolean = () => false): Promise<T> {
  const state = { isDone: false };
  const settle = (): void => {
    state.isDone = true;
  };
  work.then(settle, settle);
  let steps = 0;
  while (!state.isDone) {
    for (let turn = 0; turn < TURNS && !state.isDone; turn += 1) await setImmediate();
    if (state.isDone || underWay > 0 || isBusy()) continue;
    vi.advanceTimersByTime(STEP_MS);
    steps += 1;
    if (steps > MAX_STEPS)
      throw new Error('The work never ends: it waits for no timer and for nothing else.');
  }
  return await work;
}
