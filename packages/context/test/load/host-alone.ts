// A host alone in its process, for host-alone.soak.ts: its services answer from another one, and its records are in a file.
import { createContext } from '@context-sdk/context';
import { sqliteStore } from '@context-sdk/context/sqlite';
import type { RateLimiter, TokenSet } from '@context-sdk/oauth-core';
import { collectedHeap } from '@context-sdk/test-support/heap';

/** What the host is started with. */
export interface HostOrder {
  port: number;
  database: string;
  marks: readonly number[];
  organizationUrl: string;
  users: readonly { ticktick: string; google: TokenSet; azureDevOps: string }[];
  taskIds: readonly string[];
}

/** What the host tells at each mark. */
export interface HeapMark {
  requests: number;
  /** Bytes after a collection. */
  heap: number;
  /** Records in the store by their kind. */
  records: Record<string, number>;
}

const AT_ONCE = 16;
const forgetful: RateLimiter = { run: (_, dispatch) => dispatch(), pause: async () => undefined };

process.once('message', (order) => void run(order as HostOrder));

async function run(order: HostOrder): Promise<void> {
  const store = sqliteStore(order.database);
  const sent = { requests: 0 };
  const context = createContext({
    store,
    baseUrl: 'https://host.example',
    rateLimiter: forgetful,
    providers: {
      ticktick: { limits: [] },
      google: { clientId: 'id', clientSecret: 'secret' },
      azureDevOps: { organizationUrl: order.organizationUrl },
    },
    fetch: async (input, init) => {
      sent.requests += 1;
      const request = new Request(input, init);
      const body = request.body === null ? null : await request.arrayBuffer();
      const headers = new Headers(request.headers);
      headers.set('x-sandbox-url', request.url);
      return await fetch(`http://127.0.0.1:${order.port}`, { method: request.method, headers, body });
    },
    onEvent: () => undefined,
  });
  const handler = context.createHandler({ getUserId: () => undefined });
  for (const [index, tokens] of order.users.entries()) {
    const { connections } = context.user(`user-${index}`);
    await connections.connect('ticktick', { token: tokens.ticktick });
    await connections.import('google', tokens.google);
    await connections.connect('azure-devops', { token: tokens.azureDevOps });
    const route = { userId: `user-${index}`, owner: await ownerOf(`user-${index}`), token: 'token' };
    await store.compareAndSet(`channel/channel-${index}`, undefined, JSON.stringify(route));
  }

  async function ownerOf(userId: string): Promise<string> {
    const record = await store.get(`connection/${userId}/google/default`);
    const { grant } = JSON.parse(record?.value ?? '{}') as { grant?: { owner?: string } };
    return grant?.owner ?? '';
  }

  let turn = 0;
  let deliveries = 0;
  const deliver = async (index: number): Promise<void> => {
    const headers = {
      'x-goog-channel-id': `channel-${index}`,
      'x-goog-channel-token': 'token',
      'x-goog-resource-id': 'resource',
      'x-goog-resource-state': 'exists',
      'x-goog-message-number': String((deliveries += 1)),
    };
    const url = 'https://host.example/webhooks/google/calendar';
    const { status } = await handler(new Request(url, { method: 'POST', headers }));
    if (status >= 300) throw new Error(`A delivery was answered with ${status}.`);
  };
  const step = async (): Promise<void> => {
    turn += 1;
    const index = turn % order.users.length;
    const user = context.user(`user-${index}`);
    const taskId = order.taskIds[turn % order.taskIds.length] ?? '';
    const kind = turn % 10;
    if (kind === 0) await deliver(index);
    else if (kind < 5) await user.ticktick.tasks.get({ id: taskId, projectId: 'inbox' });
    else if (kind < 8) await user.calendar.calendars.list().toArray();
    else await (await user.azureDevOps()).projects.list().toArray();
  };
  for (const mark of order.marks) {
    const worker = async (): Promise<void> => {
      while (sent.requests < mark) await step();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    process.send?.({
      requests: sent.requests,
      heap: await collectedHeap(),
      records: await recordsByKind(),
    } satisfies HeapMark);
  }
  process.disconnect();

  async function recordsByKind(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for await (const key of store.scan?.('') ?? []) {
      const [kind = ''] = key.split('/');
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  }
}
