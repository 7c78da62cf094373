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
  await sandbox.google.push.settled();
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

/** Goes to a provider and back; gives the callback's answer. */
async function connect(provider: 'ticktick' | 'google', session = ''): Promise<Response> {
  const away = await get(`/auth/${provider}/authorize`, session);
  const consent = await fetch(away.headers.get('location') ?? '', { redirect: 'manual' });
  const callback = new URL(consent.headers.get('location') ?? '');
  return await get(callback, [session, cookiesOf(away)].filter(Boolean).join('; '));
}

async function signedIn(): Promise<string> {
  return cookiesOf(await connect('ticktick'))
    .split('; ')
    .filter((cookie) => cookie.startsWith('session='))
    .join('');
}

test('whoever is signed in can connect Google and sees the day; before, there is a link', async () => {
  const session = await signedIn();
  expect(await (await get('/', session)).text()).toContain('href="/auth/google/authorize"');
  const back = await connect('google', session);
  expect(back.status).toBe(303);
  const page = await (await get('/', session)).text();
  expect(page).toContain('The next 24 hours');
  expect(page).not.toContain('/auth/google/authorize');
});

test('without a session nobody is sent to Google', async () => {
  const answer = await get('/auth/google/authorize');
  expect(answer.headers.get('location')).toBe('/');
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test('the second time Google is not asked for consent again', async () => {
  const session = await signedIn();
  await connect('google', session);
  const again = await get('/auth/google/authorize', session);
  expect(new URL(again.headers.get('location') ?? '').searchParams.has('prompt')).toBe(false);
});

test('what happens in the calendar and the mailbox arrives, with the user whose it is', async () => {
  await connect('google', await signedIn());
  await vi.waitFor(() =>
    expect(events.map(({ source, type }) => `${source} ${type}`)).toContain('google-calendar sync'),
  );
  const start = { dateTime: '2030-01-01T09:00:00Z' };
  sandbox.google.calendar().addEvent({ summary: 'New', start, end: { dateTime: '2030-01-01T10:00:00Z' } });
  sandbox.google.gmail().receive('From: a@b.example\r\nTo: ada@example.com\r\nSubject: Hi\r\n\r\nHi');
  await sandbox.google.push.settled();
  await vi.waitFor(() => expect(events.map(({ type }) => type)).toContain('mailbox.changed'));
  expect(events).toContainEqual(
    expect.objectContaining({ source: 'google-calendar', type: 'changed', verified: true }),
  );
  const userId = sandbox.ticktick.accounts[0]?.username;
  expect(events.every((event) => event.userId === userId)).toBe(true);
});

const channel = {
  'x-goog-channel-id': 'forged',
  'x-goog-channel-token': 'forged',
  'x-goog-resource-state': 'exists',
};

test.each([
  ['of a channel that nobody opened', '/webhooks/google/calendar', channel],
  ['without a token of Google', '/webhooks/google/gmail', {}],
  ['with a token that is none', '/webhooks/google/gmail', { authorization: 'Bearer a.b.c' }],
])('a push %s is refused, and no event', async (_what, path, headers: Record<string, string>) => {
  const answer = await fetch(new URL(path, url), { method: 'POST', headers, body: '{}' });
  expect(answer.status).toBe(401);
  expect(events).toEqual([]);
});

test('an app at Google that is named in part is an error that names the rest', () => {
  const environment = {
    TICKTICK_CLIENT_ID: 'a',
    TICKTICK_CLIENT_SECRET: 'b',
    TICKTICK_REDIRECT_URI: 'http://localhost:8000/auth/ticktick/callback',
    BACKEND_URL: 'http://localhost:8000',
    FRONTEND_URL: 'http://localhost:8000',
  };
  expect(settingsFrom(environment).google).toBeUndefined();
  const partly = (): unknown =>
    settingsFrom({ ...environment, GOOGLE_CLIENT_ID: 'c', GMAIL_PUBSUB_TOPIC: '' });
  expect(partly).toThrow('GOOGLE_CLIENT_SECRET is missing');
  expect(partly).toThrow('GOOGLE_REDIRECT_URI is missing');
  expect(partly).toThrow('GMAIL_PUBSUB_TOPIC is empty');
  expect(partly).toThrow('GMAIL_PUSH_SERVICE_ACCOUNT is missing');
});
