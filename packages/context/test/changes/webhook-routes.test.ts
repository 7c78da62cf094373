import { type ContextHandler, createContext, memoryStore } from '@context-sdk/context';
import { describe, expect, test } from 'vitest';
import { startDeliveries } from '../support/start-deliveries.ts';

const BODY = JSON.stringify({ event: 'task.deleted', data: { id: 't1' } });
const PATHS = ['ticktick', 'ticktick/key', 'google/calendar', 'google/gmail', 'azure-devops'] as const;

async function statusAt({ baseUrl, ...rest }: { baseUrl: string; handler: ContextHandler }, path: string) {
  const { handler } = rest;
  return (await handler(new Request(`${baseUrl}/webhooks/${path}`, { method: 'POST', body: BODY }))).status;
}

describe('15.4: only what is configured has a webhook', () => {
  const BASE_URL = 'https://host.example';
  const app = { clientId: 'id', clientSecret: 'secret' };

  test.for([
    ['google', { google: app }, ['google/calendar', 'google/gmail']],
    ['Azure DevOps', { azureDevOps: { organizationUrl: 'https://dev.azure.com/acme' } }, ['azure-devops']],
    ['TickTick', { ticktick: app }, []],
    ["TickTick in the guide's dialect", { ticktick: { ...app, dialect: 'guide' } }, ['ticktick/key']],
  ] as const)('with %s alone', async ([, providers, open]) => {
    const events: unknown[] = [];
    const context = createContext({
      store: memoryStore(),
      baseUrl: BASE_URL,
      providers,
      onEvent: (event) => void events.push(event),
    });
    const handler = context.createHandler({ getUserId: () => undefined });
    const statuses = await Promise.all(
      PATHS.map(async (path) => [path, await statusAt({ baseUrl: BASE_URL, handler }, path)] as const),
    );
    const answered = statuses.filter(([, status]) => status !== 404);
    expect(answered.map(([path]) => path)).toEqual(open);
    expect(answered.every(([, status]) => status === 400 || status === 401)).toBe(true);
    expect(events).toEqual([]);
  });
});

describe('15.4: deliveries without a key', () => {
  test.for([
    [{}, 404],
    [{ dialect: 'guide' }, 404],
    [{ acceptUnverifiedWebhooks: true }, 404],
    [{ dialect: 'guide', acceptUnverifiedWebhooks: true }, 204],
  ] as const)('with %j: %i', async ([options, status]) => {
    const { handler, events } = startDeliveries(options);
    expect(await statusAt({ baseUrl: handler.baseUrl, handler }, 'ticktick')).toBe(status);
    expect(events.map(({ verified, userId }) => [verified, userId])).toEqual(
      status === 204 ? [[false, undefined]] : [],
    );
  });
});

describe('16.33: a host that throws no error has failed all the same', () => {
  test.for([undefined, null, 0, '', 'text', { code: 1 }])(
    'onEvent rejects with %j: 503, and again, until only maintenance tells it',
    async (thrown) => {
      let isDown = true;
      const { context, sandbox, everything, events, delivered, errors, redeliver } = startDeliveries({
        sandbox: { google: { deliver: () => Promise.resolve(new Response()) } },
        onEvent: () => (isDown ? Promise.reject(thrown) : undefined),
      });
      await everything();
      await context.subscriptions.ensure('ada');
      sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
      await sandbox.azureDevOps.hooks.settled();
      const hooks = delivered.filter(({ request }) => request.url.endsWith('azure-devops'));
      expect(hooks.map(({ status }) => status)).toEqual([503, 503, 503, 503, 204]);
      expect(errors.every((error) => error instanceof Error)).toBe(true);
      isDown = false;
      expect(await redeliver(-1)).toBe(204);
      expect(events).toHaveLength(1);
    },
  );

  test('a delivery without an id, too', async () => {
    const { handler } = startDeliveries({
      dialect: 'guide',
      acceptUnverifiedWebhooks: true,
      onEvent: () => Promise.reject(undefined),
    });
    expect(await statusAt({ baseUrl: handler.baseUrl, handler }, 'ticktick')).toBe(503);
  });
});

test('a stranger reads nothing of the host’s options, and its log says which one is missing', async () => {
  const app = { clientId: 'id', clientSecret: 'secret' };
  const context = createContext({
    store: memoryStore(),
    baseUrl: 'https://host.example',
    providers: { google: app },
  });
  const errors: unknown[] = [];
  const handler = context.createHandler({
    getUserId: () => undefined,
    onError: (error) => errors.push(error),
  });
  for (const accept of ['*/*', 'text/html']) {
    const request = new Request(`${handler.baseUrl}/webhooks/google/gmail`, {
      method: 'POST',
      body: BODY,
      headers: { accept },
    });
    const response = await handler(request);
    expect(response.status).toBe(401);
    expect(await response.text()).not.toMatch(/pushServiceAccount|providers/);
  }
  expect(String(errors[0])).toContain('set providers.google.pushServiceAccount');
});
