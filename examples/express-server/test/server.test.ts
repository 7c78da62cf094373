import { createServer, type Server } from 'node:http';
import { memoryStore } from '@context-sdk/oauth-core';
import type { Sandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type AppEvent, createApp } from '../src/create-app.ts';
import { startSandbox } from '../src/sandboxed.ts';
import { settingsFrom } from '../src/settings.ts';

let server: Server;
let url: URL;
let sandbox: Sandbox;
let closeSandbox: () => Promise<void>;
let events: AppEvent[];

beforeEach(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = new URL(`http://localhost:${typeof address === 'object' ? address?.port : ''}/`);
  const { settings, ...started } = await startSandbox(url);
  ({ sandbox, close: closeSandbox } = started);
  events = [];
  server.on('request', createApp({ settings, store: memoryStore(), onEvent: (event) => events.push(event) }));
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await closeSandbox();
});

const get = (path: string | URL, cookie = ''): Promise<Response> =>
  fetch(new URL(path, url), { headers: { cookie }, redirect: 'manual' });
const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** Goes to TickTick and back, up to the address of the callback. */
async function upToCallback(): Promise<{ callback: URL; cookie: string }> {
  const away = await get('/auth/ticktick/authorize');
  const consent = await fetch(away.headers.get('location') ?? '', { redirect: 'manual' });
  return { callback: new URL(consent.headers.get('location') ?? ''), cookie: cookiesOf(away) };
}

test('after the sign-in the browser has an HttpOnly session cookie and the tasks, and no URL a token', async () => {
  const { callback, cookie } = await upToCallback();
  const back = await get(callback, cookie);
  expect(back.status).toBe(303);
  expect(back.headers.get('location')).toBe(url.href);
  expect(back.headers.get('referrer-policy')).toBe('no-referrer');
  expect(back.headers.get('cache-control')).toBe('no-store');
  const session = back.headers.getSetCookie().find((each) => each.startsWith('session='));
  expect(session).toMatch(/HttpOnly; SameSite=Lax/);
  const page = await (await get('/', cookiesOf(back))).text();
  expect(page).toContain('open tasks');
  expect(page.match(/<li>/g)?.length).toBeGreaterThanOrEqual(1200);
});

test('without a session there is a link to sign in, and nobody’s tasks', async () => {
  for (const cookie of ['', 'session=forged', 'session=']) {
    const page = await (await get('/', cookie)).text();
    expect(page).toContain('/auth/ticktick/authorize');
    expect(page).not.toContain('<li>');
  }
});

const wrong: [name: string, change: (callback: URL) => void][] = [
  ['wrong', (callback) => callback.searchParams.set('state', 'x')],
  ['missing', (callback) => callback.searchParams.delete('state')],
  ['repeated', (callback) => callback.searchParams.append('state', callback.searchParams.get('state') ?? '')],
];

test.each(wrong)('a callback with %s state is refused without a token request', async (_name, change) => {
  const { callback, cookie } = await upToCallback();
  sandbox.clearRequests();
  change(callback);
  const refused = await get(callback, cookie);
  expect(refused.status).toBe(400);
  expect(refused.headers.getSetCookie()).toEqual([]);
  expect(sandbox.requests).toEqual([]);
});

test('a replayed callback is refused, and so is one from another browser', async () => {
  const { callback, cookie } = await upToCallback();
  expect((await get(callback)).status).toBe(400);
  expect((await get(callback, 'ticktick-sign-in=another')).status).toBe(400);
  expect((await get(callback, cookie)).status).toBe(303);
  sandbox.clearRequests();
  expect((await get(callback, cookie)).status).toBe(400);
  expect(sandbox.requests).toEqual([]);
});

test('twenty callbacks at once make one token request', async () => {
  const { callback, cookie } = await upToCallback();
  sandbox.clearRequests();
  const answers = await Promise.all(Array.from({ length: 20 }, () => get(callback, cookie)));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(sandbox.requests.filter(({ operation }) => operation === 'oauth.token')).toHaveLength(1);
});

test('a refusal by the user shows what happened, and no text of the sender', async () => {
  const { callback, cookie } = await upToCallback();
  callback.searchParams.delete('code');
  callback.searchParams.set('error', 'access_denied');
  callback.searchParams.set('error_description', '<script>alert(1)</script>');
  const page = await (await get(callback, cookie)).text();
  expect(page).toContain('access_denied');
  expect(page).not.toContain('script');
});

test('a token that has ended leads to the sign-in', async () => {
  const { callback, cookie } = await upToCallback();
  const session = cookiesOf(await get(callback, cookie));
  sandbox.ticktick.expireAccessTokens();
  const page = await get('/', session);
  expect(page.status).toBe(401);
  expect(await page.text()).toContain('/auth/ticktick/authorize');
});

const post = (body: string): Promise<Response> =>
  fetch(new URL('/webhooks/ticktick', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });

test('a webhook arrives', async () => {
  const answer = await post('{"event":"task.created","data":{"id":"a","projectId":"b","title":"x"}}');
  expect(await answer.json()).toEqual({ status: 'received' });
  expect(events).toMatchObject([{ type: 'task.created', data: { id: 'a' } }]);
});

test.each([
  ['not JSON', 'nonsense', 400],
  ['without an id', '{"event":"task.created","data":{}}', 400],
  ['of 10 MB', JSON.stringify({ event: 'x', data: 'y'.repeat(10 * 1024 * 1024) }), 413],
])('a webhook %s is refused and no event', async (_name, body, status) => {
  const answer = await post(body);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ status: 'error' });
  expect(events).toEqual([]);
});

test('the environment’s problems come in one error that names them all', () => {
  const wrongEnvironment = { TICKTICK_CLIENT_ID: 'a', TICKTICK_REDIRECT_URI: 'nonsense', BACKEND_URL: '' };
  const attempt = (): unknown => settingsFrom(wrongEnvironment);
  expect(attempt).toThrow('TICKTICK_CLIENT_SECRET is missing');
  expect(attempt).toThrow('TICKTICK_REDIRECT_URI is not an http or https URL');
  expect(attempt).toThrow('BACKEND_URL is empty');
  expect(attempt).toThrow('FRONTEND_URL is missing');
  expect(attempt).not.toThrow('TICKTICK_CLIENT_ID');
});

test('where the backend is on https, cookies are for this host and for https alone', async () => {
  const { settings, close } = await startSandbox(new URL('https://example.com/'), {
    apps: [],
  });
  const app = createApp({ settings, store: memoryStore(), onEvent: vi.fn() });
  const secure = createServer(app);
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  const address = secure.address();
  const away = await fetch(
    `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/auth/ticktick/authorize`,
    { redirect: 'manual' },
  );
  expect(away.headers.get('set-cookie')).toMatch(
    /^__Host-ticktick-sign-in=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax/,
  );
  secure.closeAllConnections();
  secure.close();
  await close();
});
