import type { Random } from './random.ts';

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
  readonly world: { offThread<T>(work: () => Promise<T>): Promise<T> };
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
    subtle: inTurn(crypto.subtle, world),
    randomUUID: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    getRandomValues: (bytes: Uint8Array) => bytes.map(() => random.int(0, 255)),
  };
}

/** The same functions, each of which ends before the next begins, so that a seed always gives the same history. */
function inTurn(subtle: typeof crypto.subtle, world: Clocked['world']): object {
  return new Proxy(subtle, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...values: unknown[]) =>
        world.offThread(async () => (await Reflect.apply(method, target, values)) as unknown);
    },
  });
}
