import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type BrowserSessions,
  browserSessions,
  type Context,
  createContext,
  memoryStore,
} from '@context-sdk/context';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, expect, test } from 'vitest';
import { expressServer } from '../express.ts';
import { honoServer } from '../hono.ts';
import { nodeServer } from '../node-http.ts';

let server: Server | undefined;
afterEach(() => server?.close());

const HOSTS: readonly (readonly [string, (context: Context, sessions: BrowserSessions) => Server])[] = [
  ['node:http', nodeServer],
  ['Express', expressServer],
  ['Hono', honoServer],
];

test.for(HOSTS)(
  'under %s a user connects, is told apart, disconnects, and the rest is the host’s',
  async ([, serve]) => {
    const sandbox = createSandbox();
    const { clientId, clientSecret } = sandbox.google.app;
    const store = memoryStore();
    const baseUrl = 'http://localhost:8000';
    const sessions = browserSessions({ store, baseUrl });
    const [session = ''] = (await sessions.begin('ada')).split(';');
    const context = createContext({
      store,
      baseUrl,
      providers: { google: { clientId, clientSecret } },
      fetch: (input, init) => sandbox.fetch(input, init),
    });
    server = serve(context, sessions);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(origin + path, {
        redirect: 'manual',
        ...init,
        headers: { cookie: session, ...init.headers },
      });

    expect(
      (await ask('/auth/google/authorize', { headers: { cookie: '', 'x-forwarded-user': 'ada' } })).status,
    ).toBe(403);
    const begun = await ask('/auth/google/authorize');
    const consent = await sandbox.fetch(begun.headers.get('location') ?? '');
    const { pathname, search } = new URL(consent.headers.get('location') ?? '');
    const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const back = await ask(pathname + search, { headers: { cookie: `${session}; ${cookie}` } });
    expect(back.headers.get('location')).toBe('http://localhost:8000/?google=success');
    expect((await context.user('ada').connections.get('google')).state).toBe('connected');

    expect(await (await ask('/')).text()).toBe('The host’s own page');
    const delivery = { method: 'POST', headers: { 'x-goog-channel-id': 'forged' } };
    expect((await ask('/webhooks/google/calendar', delivery)).status).toBeGreaterThanOrEqual(400);
    const headers = { origin: 'http://localhost:8000' };
    expect((await ask('/auth/google/disconnect', { method: 'POST', headers })).status).toBe(204);
    expect((await context.user('ada').connections.get('google')).reason).toBe('never-connected');
  },
);
