import { createContext } from '@context-sdk/context';
import type { RecordStore } from '@context-sdk/oauth-core';

const AT_ONCE = 64;
const DELIVERIES = 6_400;

/** Deliveries of a gateway, each with an event of its own, that one CPU second takes. */
export async function deliveriesPerCpuSecond(store: RecordStore): Promise<number> {
  const registered: string[] = [];
  const context = createContext({
    store,
    baseUrl: 'https://host.example',
    providers: { ticktick: { dialect: 'guide', baseUrl: 'https://gateway.example', limits: [] } },
    fetch: async (_input, init) => {
      const body = await new Response(init?.body).text();
      const { url } = (body === '' ? {} : JSON.parse(body)) as { url?: string };
      if (url !== undefined) registered.push(url);
      return Response.json(url === undefined ? [] : { id: 'hook' });
    },
    onEvent: () => undefined,
  });
  const handler = context.createHandler({ getUserId: () => undefined });
  await context.user('ada').connections.connect('ticktick', { token: 'token' });
  await context.subscriptions.ensure('ada');
  const [url = ''] = registered;
  const deliver = async (index: number): Promise<void> => {
    const task = { id: `task-${index}`, projectId: 'p', title: 'A task', etag: String(index) };
    const body = JSON.stringify({ event: 'task.updated', task, timestamp: new Date().toISOString() });
    const { status } = await handler(new Request(url, { method: 'POST', body }));
    if (status !== 204) throw new Error(`A delivery was answered with ${status}.`);
  };
  const run = async (from: number, count: number): Promise<void> => {
    let next = from;
    const worker = async (): Promise<void> => {
      while (next < from + count) await deliver(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  };
  await run(0, 1_000);
  const before = process.cpuUsage();
  await run(1_000_000, DELIVERIES);
  const { user, system } = process.cpuUsage(before);
  return DELIVERIES / ((user + system) / 1e6);
}
