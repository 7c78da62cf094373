import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ContextSdkError, OAuthClient, TokenManager } from '@context-sdk/oauth-core';
import { apiErrorFor, createPipeline } from '@context-sdk/oauth-core/client-kit';
import { openStore } from '../../support/open-store.ts';
import { watchedFetch, watchedStore, watchStandstill } from './hindrances.ts';
import type { CallFailure, Command, Hindrance, WorkerMessage, WorkOrder } from './work-order.ts';

/** Calls an API with the tokens of shared connections, as many workers at once, from when it is told to begin until it is to stop. */
const order = JSON.parse(process.argv[2] ?? '') as WorkOrder;
const { now } = Date;
Date.now = () => now() + order.clockOffsetMs;

const opened = await openStore(order.kind, order.location);
const store = watchedStore(opened.store, tellHindrance);
const TELL_EVERY_MS = 200;
let calls = 0;
const stop = new AbortController();

function tell(message: WorkerMessage): void {
  if (process.connected) process.send?.(message);
}

function tellHindrance(hindrance: Hindrance): void {
  tell({ hindrance });
}

function failureFrom(error: unknown, connection: string): CallFailure {
  if (!(error instanceof ContextSdkError))
    return { connection, name: String(error), code: 'foreign', reason: '' };
  const reason = 'reason' in error ? String(error.reason) : error.message;
  return { connection, name: error.name, code: error.code, reason };
}

async function work({ key, settings }: WorkOrder['connections'][number]): Promise<void> {
  const { apiUrl, ...app } = settings;
  const client = new OAuthClient({
    ...app,
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      const requestId = randomUUID();
      headers.set('x-worker', order.worker);
      headers.set('x-request-id', requestId);
      return await watchedFetch(input, { ...init, headers }, (hindrance) => {
        tellHindrance({ ...hindrance, requestId });
      });
    },
  });
  const { refreshTimeoutMs, leaseTtlMs } = order;
  const auth = new TokenManager({ client, store, key, refreshTimeoutMs, leaseTtlMs });
  const pipeline = createPipeline({
    service: settings.provider.id,
    auth,
    origins: [new URL(apiUrl).origin],
    limits: [],
    classify: (answer) => {
      if (answer.status === 401) return 'unauthorized';
      return answer.status < 400 ? undefined : apiErrorFor(answer, { service: settings.provider.id });
    },
  });
  while (!stop.signal.aborted) {
    try {
      await pipeline.fetchFor({ operation: 'call', safety: 'safe' })(apiUrl);
      calls += 1;
    } catch (error) {
      tell({ failure: failureFrom(error, key) });
    }
    await sleep(order.pauseMs * (0.5 + Math.random()));
  }
}

const begin = Promise.withResolvers<void>();
process.on('message', (command: Command) => {
  begin.resolve();
  if (command === 'stop') stop.abort();
});
tell({ isReady: true });
await begin.promise;
const endWatch = watchStandstill(tellHindrance);
// Now and then, for those that will be killed.
const telling = setInterval(() => tell({ calls }), TELL_EVERY_MS);
await Promise.all(order.connections.flatMap((one) => Array.from({ length: order.workers }, () => work(one))));
clearInterval(telling);
endWatch();
tell({ calls });
await opened.close();
process.disconnect();
