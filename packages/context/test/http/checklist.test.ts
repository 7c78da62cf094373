import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { toNodeListener } from '@context-sdk/context';
import { memoryStore } from '@context-sdk/oauth-core';
import { encryptedStore } from '@context-sdk/oauth-core/encrypted';
import { google, microsoftEntra } from '@context-sdk/oauth-core/providers';
import { afterEach, describe, expect, test } from 'vitest';
import { type Browser, isCallback } from '../support/browser.ts';
import { HOST, startHost } from '../support/start-host.ts';

/** The 22 rows of docs/facts/oauth.md#sign-in-checklist. Rows that other packages test are listed at the end. */

let server: Server | undefined;
afterEach(() => server?.close());

const PROVIDERS = ['ticktick', 'google', 'azure-devops'] as const;

async function authorizationUrl(browser: Browser, path = '/auth/google/authorize'): Promise<URL> {
  return new URL((await browser.ask(path)).headers.get('location') ?? '');
}

/** Goes as far as the provider's answer, and gives the callback that the browser would now ask for. */
async function callbackOf(browser: Browser, provider = 'google'): Promise<URL> {
  return (await browser.visit(`/auth/${provider}/authorize`, isCallback)).url;
}

describe('row 1: a sign-in is bound to the browser that began it', () => {
  test('a callback without the cookie, or from another browser in the middle of its own sign-in', async () => {
    const { browser, sandbox, context, store } = startHost();
    const victim = browser('ada');
    const callback = await callbackOf(victim);
    const stranger = browser('ada');
    await authorizationUrl(stranger);
    for (const other of [browser('ada'), stranger]) {
      const response = await other.ask(callback);
      expect(response.status).toBe(400);
    }
    expect(sandbox.google.stats.tokenRequests).toBe(0);
    expect(await store.list('connection/')).toEqual([]);
    // It was not used up by the others.
    await victim.visit(callback);
    expect((await context.user('ada').connections.get('google')).state).toBe('connected');
  });

  test('a callback after somebody else has signed in to the host', async () => {
    const { browser, sandbox } = startHost();
    const shared = browser('ada');
    const callback = await callbackOf(shared);
    shared.setCookie('user', 'grace');
    expect((await shared.ask(callback)).status).toBe(400);
    expect(sandbox.google.stats.tokenRequests).toBe(0);
  });

  test('two tabs of one browser sign in side by side', async () => {
    const { browser, context } = startHost();
    const ada = browser('ada');
    const first = await callbackOf(ada, 'google');
    const second = await callbackOf(ada, 'azure-devops');
    await ada.visit(first);
    await ada.visit(second);
    const states = (await context.user('ada').connections.list()).map(({ state }) => state);
    expect(states).toEqual(['needs-reauthorization', 'connected', 'connected']);
  });
});

test.for(PROVIDERS)(
  'row 2: PKCE S256 for %s, of each sign-in its own, and the verifier stays here',
  async (provider) => {
    const { browser, store } = startHost();
    const ada = browser('ada');
    const urls = [
      await authorizationUrl(ada, `/auth/${provider}/authorize`),
      await authorizationUrl(ada, `/auth/${provider}/authorize`),
    ];
    const [one, two] = urls.map(({ searchParams }) => searchParams.get('code_challenge'));
    expect(urls.map(({ searchParams }) => searchParams.get('code_challenge_method'))).toEqual([
      'S256',
      'S256',
    ]);
    expect(one).not.toBe(two);
    const records = await Promise.all((await store.list('oauth-transaction/')).map((key) => store.get(key)));
    const verifiers = records.map(
      (record) => /"codeVerifier":"([^"]+)"/.exec(record?.value ?? '')?.[1] ?? '',
    );
    expect(verifiers.map((verifier) => verifier.length >= 43)).toEqual([true, true]);
    for (const verifier of verifiers) {
      expect([...ada.history, ...ada.setCookies].join('\n')).not.toContain(verifier);
    }
  },
);

test('row 3: a callback is good once, however many come at once', async () => {
  const { browser, sandbox } = startHost();
  const ada = browser('ada');
  const callback = await callbackOf(ada);
  const answers = await Promise.all(Array.from({ length: 10 }, () => ada.ask(callback)));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 400)).toHaveLength(9);
  expect((await ada.ask(callback)).status).toBe(400);
  expect(sandbox.google.stats.tokenRequests).toBe(1);
});

test('row 4: the code of one provider brought to the callback of another is refused', async () => {
  const { browser, sandbox } = startHost();
  const ada = browser('ada');
  const callback = await callbackOf(ada, 'google');
  const elsewhere = new URL(callback.search, `${HOST}/auth/azure-devops/callback`);
  expect((await ada.ask(elsewhere)).status).toBe(400);
  expect(sandbox.requests.filter(({ path }) => path.endsWith('/token'))).toEqual([]);
});

test('row 5: the redirect URI is the configured one, whatever the request says of the host', async () => {
  const { handler, sandbox } = startHost({ getUserId: () => 'ada' });
  server = createServer(toNodeListener(handler));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  for (const path of [
    '/auth/google/authorize',
    '//evil.example/auth/google/authorize',
    'http://evil.example/auth/google/authorize',
  ]) {
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    };
    const { status, location } = await ask({ port, path, headers });
    if (status === 404) continue;
    expect(new URL(location).searchParams.get('redirect_uri')).toBe(`${HOST}/auth/google/callback`);
  }
  expect(sandbox.requests).toEqual([]);
});

function ask(options: {
  port: number;
  path: string;
  headers: Record<string, string>;
}): Promise<{ status: number; location: string }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', ...options }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '' });
    });
    sent.on('error', reject).end();
  });
}

test.for([
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https://evil.example/',
  'https://localhost:8000.evil.example/',
  'http://localhost:8000@evil.example/',
  'http://ada:secret@localhost:8000/',
  'javascript:alert(1)',
  'data:text/html,x',
  '/a\r\nset-cookie: x=1',
  '/\t/evil.example',
  ' //evil.example',
  'evil.example',
])('row 6: nobody is sent to %j', async (returnTo) => {
  const { browser } = startHost();
  const query = new URLSearchParams({ returnTo });
  const response = await browser('ada').ask(`/auth/google/authorize?${query}`);
  expect([response.status, response.headers.get('location')]).toEqual([400, null]);
});

test.for(['/day', '/day?view=list#now', '/%2f%2fevil.example', `${HOST}/day`, 'https://app.example/day'])(
  'row 6: the host’s own places are fine: %s',
  async (returnTo) => {
    const { browser } = startHost({ allowedReturnTo: ['https://app.example'] });
    const ada = browser('ada');
    const query = new URLSearchParams({ returnTo });
    const { url } = await ada.visit(
      `/auth/google/authorize?${query}`,
      ({ hostname }) => hostname === 'app.example',
    );
    expect([HOST, 'https://app.example']).toContain(url.origin);
    expect(url.searchParams.get('google')).toBe('success');
  },
);

test.for(PROVIDERS)('row 7: no token of %s stands in any URL, cookie or page', async (provider) => {
  const { browser, store } = startHost();
  const ada = browser('ada');
  const { response } = await ada.visit(`/auth/${provider}/authorize`);
  const record = (await store.get(`token/ada/${provider}/default`))?.value ?? '';
  const tokens = [...record.matchAll(/"(?:access|refresh|id)Token":"([^"]+)"/g)].map(
    ([, token]) => token ?? '',
  );
  expect(tokens.length).toBeGreaterThan(0);
  const shown = [
    ...ada.history,
    ...ada.setCookies,
    ...[...response.headers].flat(),
    await response.text(),
  ].join('\n');
  for (const token of tokens) expect(shown).not.toContain(token);
  expect(shown).not.toMatch(/[?&#](access_|refresh_|id_)?token=/);
});

test('row 8: the callback is not kept, tells nobody where it was, and leads by 303 to a clean URL', async () => {
  const { browser } = startHost();
  const ada = browser('ada');
  const response = await ada.ask(await callbackOf(ada));
  expect(response.status).toBe(303);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    location: `${HOST}/?google=success`,
  });
  const refused = await ada.ask('/auth/google/callback?code=x&state=y');
  expect(refused.headers.get('cache-control')).toBe('no-store');
  expect(refused.headers.get('referrer-policy')).toBe('no-referrer');
});

test('row 9: the cookie of a sign-in is HttpOnly, short, the browser’s alone, and __Host- on https', async () => {
  const plain = startHost().browser('ada');
  await plain.ask('/auth/google/authorize');
  expect(plain.setCookies).toEqual([
    expect.stringMatching(/^sign-in-[\w-]{16}=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/),
  ]);
  const secure = startHost({ baseUrl: 'https://host.example' }).browser('ada');
  await secure.ask('/auth/google/authorize');
  expect(secure.setCookies).toEqual([
    expect.stringMatching(
      /^__Host-sign-in-[\w-]{16}=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
    ),
  ]);
  const ada = startHost().browser('ada');
  const callback = await callbackOf(ada);
  const [, name = '', value = ''] = /^([^=]+)=([^;]+)/.exec(ada.setCookies[0] ?? '') ?? [];
  ada.setCookie(name, `${value.slice(0, -1)}${value.endsWith('A') ? 'B' : 'A'}`);
  expect((await ada.ask(callback)).status).toBe(400);
  ada.setCookie(name, value);
  await ada.ask(callback);
  expect(ada.setCookies.at(-1)).toMatch(/^sign-in-[\w-]{16}=; Path=\/; Max-Age=0;/);
});

test('row 10: the store knows states and cookies by their SHA-256 alone', async () => {
  const { browser, store } = startHost();
  const ada = browser('ada');
  const state = (await authorizationUrl(ada)).searchParams.get('state') ?? '';
  const cookie = /=([\w-]{43});/.exec(ada.setCookies[0] ?? '')?.[1] ?? '';
  const [key = ''] = await store.list('oauth-transaction/');
  expect(key).not.toContain(state);
  expect((await store.get(key))?.value).not.toContain(cookie);
});

test('row 11: the text of an error redirect is the sender’s, and is neither believed nor shown', async () => {
  const { browser } = startHost();
  const attack = new URLSearchParams({
    error: 'x',
    error_description: '<script>alert(1)</script>',
    state: 'forged',
  });
  const response = await browser('ada').ask(`/auth/google/callback?${attack}`);
  expect(response.status).toBe(400);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await response.text()).not.toContain('script');
  const ada = browser('ada');
  const state = (await authorizationUrl(ada)).searchParams.get('state') ?? '';
  const good = new URLSearchParams({ error: '<b>"x', error_description: '<script>', state });
  expect((await ada.ask(`/auth/google/callback?${good}`)).headers.get('location')).toBe(
    `${HOST}/?google=denied`,
  );
});

test('row 12: no failure shows a token, code, verifier, state or secret', async () => {
  const { browser, sandbox, errors, store } = startHost();
  const ada = browser('ada');
  const shown: string[] = [];
  const secrets: string[] = [sandbox.google.app.clientSecret];
  const fail = async (fault: Parameters<typeof sandbox.faults.inject>[0]): Promise<void> => {
    const callback = await callbackOf(ada);
    secrets.push(callback.searchParams.get('code') ?? '', callback.searchParams.get('state') ?? '');
    const [key = ''] = await store.list('oauth-transaction/');
    secrets.push(/"codeVerifier":"([^"]+)"/.exec((await store.get(key))?.value ?? '')?.[1] ?? '');
    sandbox.faults.inject(fault, { path: '/token' });
    const response = await ada.ask(callback);
    expect(response.status).toBeGreaterThanOrEqual(400);
    shown.push(await response.text(), inspect([...response.headers]));
    sandbox.faults.clear();
  };
  await fail({ kind: 'status', status: 503, body: { error: 'temporarily_unavailable' } });
  await fail({
    kind: 'status',
    status: 400,
    body: { error: 'invalid_grant', error_description: 'Bad code' },
  });
  await fail({ kind: 'status', status: 401, body: { error: 'invalid_client' } });
  await fail({ kind: 'reset', when: 'after' });
  await fail({ kind: 'cut-body' });
  expect(errors).toHaveLength(5);
  shown.push(...errors.map((error) => inspect(error, { depth: 12, showHidden: true })));
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(8);
    expect(shown.join('\n')).not.toContain(secret);
  }
});

test('row 13: a host is reached by https, or on this machine', () => {
  expect(() => startHost({ baseUrl: 'http://host.example' })).toThrow('baseUrl must use https');
  expect(() => startHost({ baseUrl: 'http://127.0.0.1.evil.example' })).toThrow('baseUrl must use https');
  expect(() => startHost({ baseUrl: 'http://[::1]:8000' })).not.toThrow();
});

test.for([
  'http://169.254.169.254/',
  'https://[::ffff:127.0.0.1]/a',
  'https://2130706433/',
  'https://dev.azure.com.evil.example/a',
])(
  'row 14: an organization of the user’s choice leads to Azure DevOps and nowhere else: not to %s',
  async (organizationUrl) => {
    const { azureDevOps } = startHost().sandbox;
    const { clientId, clientSecret } = azureDevOps.app;
    const { browser, sandbox } = startHost({ providers: { azureDevOps: { clientId, clientSecret } } });
    const response = await browser('ada').ask(
      `/auth/azure-devops/authorize?${new URLSearchParams({ organizationUrl })}`,
    );
    expect([response.status, sandbox.requests.length]).toEqual([400, 0]);
  },
);

test('row 15: refresh tokens lie encrypted where the host wants it, and disconnecting revokes them', async () => {
  const inner = memoryStore();
  const key = crypto.getRandomValues(new Uint8Array(32));
  const { browser, sandbox, context } = startHost({
    store: encryptedStore(inner, { current: 'k1', keys: { k1: key } }),
  });
  const ada = browser('ada');
  await ada.visit('/auth/google/authorize');
  const dump = (
    await Promise.all((await inner.list('')).map(async (name) => (await inner.get(name))?.value))
  ).join();
  expect(dump).not.toContain('refreshToken');
  await ada.ask('/auth/google/disconnect', { method: 'POST', headers: { origin: HOST } });
  expect(sandbox.requests.filter(({ path, status }) => path === '/revoke' && status === 200)).toHaveLength(1);
  expect(await inner.list('token/')).toEqual([]);
  expect((await context.user('ada').connections.get('google')).reason).toBe('never-connected');
});

test('row 16: a code whose exchange had no answer is not sent again', async () => {
  const { browser, sandbox } = startHost();
  const ada = browser('ada');
  const callback = await callbackOf(ada);
  sandbox.faults.inject({ kind: 'reset', when: 'after' }, { path: '/token' });
  expect((await ada.ask(callback)).status).toBe(503);
  expect((await ada.ask(callback)).status).toBe(400);
  expect(sandbox.requests.filter(({ path }) => path === '/token')).toHaveLength(1);
});

test('row 18: what the user did not grant is told, by the status and before any request', async () => {
  const calendar = 'https://www.googleapis.com/auth/calendar';
  const { browser, context, sandbox } = startHost({ sandbox: { google: { deniedScopes: [calendar] } } });
  await browser('ada').visit('/auth/google/authorize');
  const { calendar: client, connections } = context.user('ada');
  expect(await connections.get('google')).toMatchObject({
    state: 'missing-scopes',
    missingScopes: [calendar],
  });
  sandbox.clearRequests();
  await expect(client.calendars.get()).rejects.toMatchObject({ code: 'missing_scope' });
  expect(sandbox.requests).toEqual([]);
});

test('row 18: a wider scope than the one that was asked for leaves nothing to grant', async () => {
  const { connections } = startHost().context.user('ada');
  const [calendar = '', compose = ''] = google.defaultScopes;
  const stateWith = async (provider: 'google' | 'azure-devops', ...scopes: string[]): Promise<unknown> => {
    await connections.import(provider, { accessToken: 'access', obtainedAt: Date.now(), scopes });
    const { state, missingScopes } = await connections.get(provider);
    return missingScopes ?? state;
  };
  const wider = ['https://www.googleapis.com/auth/gmail.modify', 'https://mail.google.com/'];
  for (const scope of wider) expect(await stateWith('google', calendar, scope)).toBe('connected');
  const narrower = 'https://www.googleapis.com/auth/gmail.send';
  expect(await stateWith('google', calendar, narrower)).toEqual([compose]);
  const [work = '', project = ''] = microsoftEntra().defaultScopes;
  const all = work.replace('vso.work_write', 'user_impersonation');
  expect(await stateWith('azure-devops', all)).toBe('connected');
  expect(await stateWith('azure-devops', work)).toEqual([project]);
});

test('row 19: whose connection it is comes from the session; no id of a user is the key of another', async () => {
  const { browser, context, store } = startHost();
  await browser('ada').visit('/auth/google/authorize?userId=grace&user=grace');
  expect(await store.list('token/grace')).toEqual([]);
  const odd = ['../ada', 'ada/google/default', 'ada/', '__proto__', 'ada%2F', 'ADA', ' ada', 'ä'];
  for (const userId of odd) {
    expect((await context.user(userId).connections.get('google')).reason).toBe('never-connected');
  }
  await expect(async () => context.user('')).rejects.toThrow('userId is empty');
  await expect(async () => context.user('x'.repeat(300))).rejects.toThrow('userId is too long');
});

/** Rows that are shown where their code is. */
const ELSEWHERE: readonly (readonly [row: number, file: string, title: string])[] = [
  [4, 'oauth-core/test/oauth/callback.test.ts', 'a provider that always names its issuer must do so'],
  [10, 'ado-client/test/webhooks/verify.test.ts', 'with %s does not'],
  [12, 'oauth-core/test/oauth/token-answers.test.ts', '%s becomes a typed error without a secret'],
  [15, 'oauth-core/test/stores/encrypted-store.test.ts', 'no character can be changed, left out or added'],
  [17, 'oauth-core/test/http/pipeline.test.ts', 'a token goes to no other origin, and along no redirect'],
  [17, 'ado-client/test/requests/seam.test.ts', 'a redirect to another host is no way for credentials'],
  [
    20,
    'oauth-core/test/oauth/google.test.ts',
    'both names that Google gives itself are good, another is not',
  ],
  [
    20,
    'google-workspace/test/webhooks/gmail-push.test.ts',
    'a token with %s is refused, and no error shows it',
  ],
  [21, 'oauth-core/test/oauth/loopback.test.ts', 'other paths, hosts, methods and states are turned away'],
  [22, 'oauth-core/test/oauth/begin-authorization.test.ts', 'the address has PKCE S256, state'],
];

test.for(ELSEWHERE)('row %i is shown by %s', ([, file, title]) => {
  expect(readFileSync(join(import.meta.dirname, '../../..', file), 'utf8')).toContain(title);
});
