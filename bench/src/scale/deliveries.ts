import { createContext } from '@context-sdk/context';
import type { RecordStore } from '@context-sdk/oauth-core';

const AT_ONCE = 64;
const DELIVERIES = 6_400;

/** Notifications of a Calendar channel, each told once, that one CPU second takes. */
export async function deliveriesPerCpuSecond(store: RecordStore): Promise<number> {
  const context = createContext({
    store,
    baseUrl: 'https://host.example',
    providers: { google: { clientId: 'id', clientSecret: 'secret' } },
    onEvent: () => undefined,
  });
  const handler = context.createHandler({ getUserId: () => undefined });
  const grant = { id: 'grant', owner: 'owner' };
  const connection = { kind: 'oauth', connectedAt: Date.now(), grant };
  const route = { userId: 'ada', owner: grant.owner, calendarId: 'primary', token: 'token' };
  await store.compareAndSet('connection/ada/google/default', undefined, JSON.stringify(connection));
  await store.compareAndSet('channel/channel', undefined, JSON.stringify(route));
  const deliver = async (index: number): Promise<void> => {
    const headers = {
      'x-goog-channel-id': 'channel',
      'x-goog-channel-token': 'token',
      'x-goog-resource-id': 'resource',
      'x-goog-resource-state': 'exists',
      'x-goog-message-number': String(index),
    };
    const url = 'https://host.example/webhooks/google/calendar';
    const { status } = await handler(new Request(url, { method: 'POST', headers }));
    if (status !== 204) throw new Error(`A delivery was answered with ${status}.`);
  };
  const run = async (from: number, count: number): Promise<void> => {
    let next = from;
    const worker = async (): Promise<void> => {
      while (next < from + count) await deliver(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  };
  await run(1, 1_000);
  const before = process.cpuUsage();
  await run(1_000_000, DELIVERIES);
  const { user, system } = process.cpuUsage(before);
  return DELIVERIES / ((user + system) / 1e6);
}
