import { webcrypto } from 'node:crypto';
import { vi } from 'vitest';
import type { HostProcess } from './host-process.ts';

const MAX_ROUNDS = 3000;
const ROUND_MS = 200;

const realTurn = setImmediate;
let busyThreads = 0;

/**
 * Fakes the clocks and timers. Hashes and compression are made on other threads, which know nothing of them: they are waited for.
 */
export function fakeTime(): void {
  vi.useFakeTimers();
  vi.stubGlobal('CompressionStream', waitedFor(CompressionStream));
  vi.stubGlobal('DecompressionStream', waitedFor(DecompressionStream));
  const subtle = new Proxy(webcrypto.subtle, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...values: unknown[]) => {
        busyThreads += 1;
        try {
          return (await Reflect.apply(method, target, values)) as unknown;
        } finally {
          busyThreads -= 1;
        }
      };
    },
  });
  vi.stubGlobal('crypto', {
    subtle,
    randomUUID: () => webcrypto.randomUUID(),
    getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => webcrypto.getRandomValues(bytes),
  });
}

type Stream = typeof CompressionStream | typeof DecompressionStream;

function waitedFor(Original: Stream): Stream {
  return class {
    readonly readable: CompressionStream['readable'];
    readonly writable: CompressionStream['writable'];

    constructor(format: ConstructorParameters<Stream>[0]) {
      const { readable, writable } = new Original(format);
      const result = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
      this.readable = result.readable;
      this.writable = writable;
      busyThreads += 1;
      const end = (): void => void (busyThreads -= 1);
      readable.pipeTo(result.writable).then(end, end);
    }
  };
}

export function realTime(): void {
  vi.useRealTimers();
  vi.unstubAllGlobals();
}

async function othersAreDone(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => realTurn(resolve));
    if (busyThreads === 0) return;
  }
}

/** Lets fake time pass. */
export async function letPass(ms: number): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += ROUND_MS) {
    await othersAreDone();
    await vi.advanceTimersByTimeAsync(ROUND_MS);
  }
}

/** Lets fake time pass until each call has settled, or its process has died. Throws if that never happens. */
export async function settled(calls: readonly { by: HostProcess; work: Promise<unknown> }[]): Promise<void> {
  const open = new Set(calls);
  for (const call of calls) {
    const end = (): void => void open.delete(call);
    Promise.race([call.work, call.by.death]).then(end, end);
  }
  for (let round = 0; open.size > 0; round += 1) {
    if (round === MAX_ROUNDS) throw new Error(`${open.size} calls never settled.`);
    await othersAreDone();
    await vi.advanceTimersByTimeAsync(ROUND_MS);
  }
}
