import { setTimeout as wait } from 'node:timers/promises';

const COLLECTIONS = 5;
const BETWEEN_MS = 100;

/**
 * Bytes in use after collections, in a process with `--expose-gc`. Node's `Request` keeps its signal until Node is told that the
 * request was collected, which happens between two collections.
 */
export async function collectedHeap(): Promise<number> {
  for (let count = 0; count < COLLECTIONS; count += 1) {
    globalThis.gc?.();
    await wait(BETWEEN_MS);
  }
  return process.memoryUsage().heapUsed;
}
