import { memoryStore, OAuthClient, TokenManager } from '@context-sdk/oauth-core';
import { google } from '@context-sdk/oauth-core/providers';
import { failure, type SentRequest } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { clientOf as calendarOf } from './calendar/client-of.ts';
import { hour } from './calendar/times.ts';
import { clientOf as gmailOf } from './gmail/client-of.ts';
import { googleFailure } from './support/answering.ts';

const SCOPES = ['https://www.googleapis.com/auth/calendar', 'https://mail.google.com/'];
const refusal = (): Response => googleFailure(401, 'authError', 'Invalid Credentials');

/** Tokens that can be refreshed as often as they are refused. */
async function tokens(): Promise<{ auth: TokenManager; refreshes: () => number }> {
  let refreshes = 0;
  const client = new OAuthClient({
    provider: google,
    clientId: 'app',
    clientSecret: 'app-secret',
    redirectUri: 'https://host.example/callback',
    fetch: async () =>
      Response.json({
        access_token: `access-${(refreshes += 1)}`,
        token_type: 'Bearer',
        expires_in: 3600,
        scope: SCOPES.join(' '),
      }),
  });
  const auth = new TokenManager({ client, store: memoryStore(), key: 'ada' });
  await auth.save({
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    scopes: SCOPES,
    obtainedAt: Date.now(),
    expiresAt: Date.now() + 3_599_000,
  });
  return { auth, refreshes: () => refreshes };
}

const at =
  (isRefused: (path: string) => boolean) =>
  ({ path }: SentRequest): Response =>
    isRefused(path) ? refusal() : Response.json({ items: [], labels: [] });

test('16.17: a refreshed token that Calendar refuses at one route alone lacks a permission there', async () => {
  const { auth, refreshes } = await tokens();
  const { client } = calendarOf([at((path) => path.endsWith('/settings'))], { auth });
  for (let call = 0; call < 3; call += 1) {
    const wanted = { code: 'permission_denied', status: 401, service: 'google-calendar' };
    await expect(client.settings.list().toArray()).rejects.toMatchObject(wanted);
  }
  expect(refreshes()).toBe(1);
  expect(await auth.status()).toMatchObject({ state: 'connected' });
  await expect(client.calendars.list().toArray()).resolves.toEqual([]);
});

test('16.17: a refreshed token that Gmail refuses at one route alone lacks a permission there', async () => {
  const { auth, refreshes } = await tokens();
  const { client } = gmailOf([at((path) => path.endsWith('/drafts'))], { auth });
  for (let call = 0; call < 3; call += 1)
    await expect(client.drafts.list().toArray()).rejects.toMatchObject({
      code: 'permission_denied',
      service: 'gmail',
    });
  expect(refreshes()).toBe(1);
  await expect(client.labels.list().toArray()).resolves.toEqual([]);
});

test('16.17: a service that answers what the token may not read has taken the token', async () => {
  const { auth } = await tokens();
  const reply = ({ path }: SentRequest): Response =>
    path.endsWith('/profile') ? googleFailure(403, 'insufficientPermissions') : refusal();
  const { client } = gmailOf([reply], { auth });
  await expect(client.labels.list().toArray()).rejects.toMatchObject({ code: 'permission_denied' });
});

test('16.17: a refreshed token that is refused everywhere is rejected', async () => {
  const { auth } = await tokens();
  for (const request of [
    calendarOf([refusal], { auth }).client.settings.list().toArray(),
    gmailOf([refusal], { auth }).client.labels.list().toArray(),
  ])
    await expect(request).rejects.toMatchObject({ code: 'reauthorization_required', reason: 'rejected' });
});

test('16.17: while Google can not tell, the token is not rejected', async () => {
  const { auth } = await tokens();
  const reply = ({ path }: SentRequest): Response =>
    path.endsWith('/colors') ? new Response('', { status: 503 }) : refusal();
  const { client } = calendarOf([reply], { auth, retry: { attempts: 1 } });
  expect(await failure(client.settings.list().toArray())).toMatchObject({ code: 'service_unavailable' });
});

/** A batch in which the parts of these events are refused for good. */
function batchReply(status: number): (request: SentRequest) => Response {
  return ({ path, json }) => {
    if (path !== '/batch/calendar/v3') return Response.json({});
    const parts = String(json).split('--batch').slice(1, -1);
    const answers = parts.map((part) => {
      const [, id = ''] = /Content-ID: <?([^>\r\n]+)/i.exec(part) ?? [];
      const isRefused = part.includes('refused');
      const body = JSON.stringify(isRefused ? { error: { code: status } } : { id: 'e', status: 'confirmed' });
      const line = isRefused ? `${status} Refused` : '200 OK';
      return `--b\r\nContent-Type: application/http\r\nContent-ID: <response-${id}>\r\n\r\nHTTP/1.1 ${line}\r\nContent-Type: application/json\r\n\r\n${body}\r\n`;
    });
    return new Response(`${answers.join('')}--b--`, {
      headers: { 'content-type': 'multipart/mixed; boundary=b' },
    });
  };
}

test.each([
  [401, 'permission_denied'],
  [403, 'permission_denied'],
])('16.17: a part that is refused with %i for good takes no other part with it', async (status, code) => {
  const { auth } = await tokens();
  const { client } = calendarOf([batchReply(status)], { auth });
  const items = [hour(9), hour(10, { summary: 'refused' }), hour(11)];
  const outcomes = await client.events.createMany(items);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['ok', 'failed', 'ok']);
  expect(outcomes[1]).toMatchObject({ error: { code } });
});
