// In workerd: the conformance suites on D1 and on Durable Objects, and what a KV namespace is answered.
import type { RecordStore, Schedule } from '@context-sdk/oauth-core';
import { type D1Client, d1Store } from '@context-sdk/oauth-core/d1';
import {
  answerStoreCall,
  durableObjectStore,
  remoteStore,
  type StoreCall,
  type StoreReply,
} from '@context-sdk/oauth-core/durable-objects';
import { scheduleConformance, storeConformance } from '@context-sdk/oauth-core/testing';
import { DurableObject } from 'cloudflare:workers';

interface Env {
  DB: D1Client;
  KV: D1Client;
  RECORDS: { getByName(name: string): Records };
}

/** What became of the suites of one store. */
export interface Outcome {
  passed: number;
  failures: string[];
}

export class Records extends DurableObject {
  readonly store: RecordStore = durableObjectStore(this.ctx.storage);

  call(call: StoreCall): Promise<StoreReply> {
    return answerStoreCall(this.store, call);
  }
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    switch (new URL(request.url).pathname) {
      case '/d1':
        return Response.json(
          await tried(
            async (name) => {
              const store = d1Store(env.DB, { table: name });
              await store.createTable();
              return store;
            },
            (name) => d1Store(env.DB, { table: name }),
          ),
        );
      case '/durable-objects': {
        const open = (name: string) => remoteStore((call) => env.RECORDS.getByName(name).call(call));
        return Response.json(await tried(open, open));
      }
      default:
        return new Response(refusal(() => d1Store(env.KV)));
    }
  },
};

async function tried(
  create: (name: string) => RecordStore | Promise<RecordStore>,
  reopen: (name: string) => RecordStore,
): Promise<Outcome> {
  const outcome: Outcome = { passed: 0, failures: [] };
  const tests: { name: string; run: () => Promise<void> }[] = [];
  const test = (name: string, run: () => Promise<void>) => tests.push({ name, run });
  let count = 0;
  const next = () => create(`store ${++count}`);
  storeConformance({ test, createStore: next, reopen: () => reopen(`store ${count}`) });
  scheduleConformance({
    test,
    createSchedule: async () => scheduleOf(await next()),
    reopen: () => scheduleOf(reopen(`store ${count}`)),
  });
  for (const { name, run } of tests) {
    try {
      await run();
      outcome.passed += 1;
    } catch (failure) {
      outcome.failures.push(`${name}: ${failure instanceof Error ? failure.message : ''}`);
    }
  }
  return outcome;
}

function scheduleOf(store: RecordStore): Schedule {
  const schedule = store.schedule?.();
  if (schedule === undefined) throw new Error('The store has no schedule.');
  return schedule;
}

function refusal(open: () => RecordStore): string {
  try {
    open();
    return 'nothing was refused';
  } catch (failure) {
    return failure instanceof Error ? failure.message : '';
  }
}
