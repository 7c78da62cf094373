import type { Random } from './random.ts';
import { SUBTLE } from './subtle.ts';

/** The globals that code sees in a simulated process, by name. */
export type ProcessGlobals = Readonly<Record<(typeof GLOBAL_NAMES)[number], unknown>>;

export const GLOBAL_NAMES = ['Date', 'Math', 'performance', 'setTimeout', 'clearTimeout', 'crypto'] as const;

const MAX_TIMER_MS = 2 ** 31 - 1;

/** What the globals need of their process. */
interface Clocked {
  readonly random: Random;
  readonly drift: number;
  wallClock(): number;
  monotonicClock(): number;
  deliver(delayMs: number, run: () => void): () => void;
  readonly world: { offThread<T>(work: () => T): Promise<T> };
}

interface SimTimer {
  cancel: () => void;
  ref: () => void;
  unref: () => void;
}

export function processGlobals(process: Clocked): ProcessGlobals {
  return {
    Date: simDate(process),
    Math: Object.create(Math, { random: { value: () => process.random.next() } }) as unknown,
    performance: { now: () => process.monotonicClock() },
    setTimeout: (run: (...values: unknown[]) => void, ms = 1, ...values: unknown[]): SimTimer => {
      const cancel = process.deliver(timerMs(ms, process), () => run(...values));
      return { cancel, ref: () => undefined, unref: () => undefined };
    },
    clearTimeout: (timer: SimTimer | undefined) => timer?.cancel(),
    crypto: simCrypto(process),
  };
}

/** As in Node: whole milliseconds, at least one, up to one early and some late. */
function timerMs(ms: number, { random, drift }: Clocked): number {
  const whole = ms >= 1 && ms <= MAX_TIMER_MS ? Math.trunc(ms) : 1;
  return (whole - random.next() * 0.9 + random.next() ** 4 * 3) / (1 + drift);
}

function simDate(process: Clocked): typeof Date {
  return class extends Date {
    constructor(time?: string | number | Date) {
      super(time ?? process.wallClock());
    }
    static override now(): number {
      return process.wallClock();
    }
  } as unknown as typeof Date;
}

function simCrypto({ random, world }: Clocked): object {
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => random.int(0, 15).toString(16)).join('');
  return {
    subtle: offThread(world),
    randomUUID: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    getRandomValues: (bytes: Uint8Array) => bytes.map(() => random.int(0, 255)),
  };
}

/** WebCrypto's functions, on a simulated thread. */
function offThread(world: Clocked['world']): object {
  const functions = Object.entries(SUBTLE).map(([name, work]) => [
    name,
    (...values: unknown[]) => world.offThread((): unknown => Reflect.apply(work, undefined, values)),
  ]);
  return Object.fromEntries(functions) as object;
}
