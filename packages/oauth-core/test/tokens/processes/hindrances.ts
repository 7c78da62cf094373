import type { RecordStore } from '@context-sdk/oauth-core';
import { machineTime } from './machine-time.ts';
import type { Hindrance } from './work-order.ts';

const BEAT_MS = 50;
/** What takes longer is told. */
const NOTICEABLE_MS = 200;

type Tell = (hindrance: Hindrance) => void;

/** Tells when this process did not run, because it was stopped or its machine was busy. Returns what ends that. */
export function watchStandstill(tell: Tell): () => void {
  let lastBeat = machineTime();
  const timer = setInterval(() => {
    const [from, to] = [lastBeat, machineTime()];
    lastBeat = to;
    if (to - from > BEAT_MS + NOTICEABLE_MS) tell({ what: 'stood still', from, to });
  }, BEAT_MS);
  return () => clearInterval(timer);
}

/** The store, which tells of calls that fail or take long. */
export function watchedStore(store: RecordStore, tell: Tell): RecordStore {
  async function watch<T>(call: Promise<T>): Promise<T> {
    const from = machineTime();
    let hasFailed = true;
    try {
      const result = await call;
      hasFailed = false;
      return result;
    } finally {
      const to = machineTime();
      // Who fails tries again after a pause.
      if (hasFailed) tell({ what: 'the store failed', from, to: to + NOTICEABLE_MS });
      else if (to - from > NOTICEABLE_MS) tell({ what: 'the store was slow', from, to });
    }
  }
  return {
    get: (key) => watch(store.get(key)),
    compareAndSet: (...parameters) => watch(store.compareAndSet(...parameters)),
    delete: (...parameters) => watch(store.delete(...parameters)),
    list: (...parameters) => watch(store.list(...parameters)),
  };
}

/** The global `fetch`, which reads responses to their end and tells of those that did not come. */
export async function watchedFetch(
  input: string | URL | Request,
  init: RequestInit | undefined,
  tell: Tell,
): Promise<Response> {
  const from = machineTime();
  try {
    const response = await fetch(input, init);
    return new Response(await response.arrayBuffer(), response);
  } catch (error) {
    tell({ what: 'a response was lost', from, to: machineTime() });
    throw error;
  }
}
