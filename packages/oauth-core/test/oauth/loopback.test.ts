import { request } from 'node:http';
import { AuthorizationError, ConfigurationError, OAuthClient, TimeoutError } from '@context-sdk/oauth-core';
import { signInOnLoopback } from '@context-sdk/oauth-core/loopback';
import { google, ticktick } from '@context-sdk/oauth-core/providers';
import { HttpResponse } from 'msw';
import { expect, test } from 'vitest';

const tokenAnswer = (): Promise<Response> =>
  Promise.resolve(HttpResponse.json({ access_token: 'token-1', token_type: 'bearer' }));

function client(redirectUri = 'http://127.0.0.1/callback'): OAuthClient {
  return new OAuthClient({ provider: ticktick, clientId: 'script', redirectUri, fetch: tokenAnswer });
}

/** What a browser would do at the end of the sign-in. */
function callbackFor(url: URL, query: Record<string, string> = {}): URL {
  const callback = new URL(url.searchParams.get('redirect_uri') ?? '');
  const state = url.searchParams.get('state') ?? '';
  callback.search = new URLSearchParams({ code: 'code-1', state, ...query }).toString();
  return callback;
}

/** fetch sets Host itself, so a forged one takes node:http. */
function statusWithHost(url: URL, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

/** A path that fetch itself would refuse. */
function statusOf({ hostname, port }: URL, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

test('signs a script’s user in on a free port, and lets go of it', async () => {
  let address: URL | undefined;
  let page: Response | undefined;
  const tokenSet = await signInOnLoopback(client(), {
    open: (url) => {
      address = callbackFor(url);
      void fetch(address).then((response) => (page = response));
    },
  });
  expect(tokenSet.accessToken).toBe('token-1');
  await expect.poll(() => page?.status).toBe(200);
  expect(page?.headers.get('referrer-policy')).toBe('no-referrer');
  expect(page?.headers.get('cache-control')).toBe('no-store');
  await expect
    .poll(() =>
      fetch(address ?? '').then(
        () => 'open',
        () => 'closed',
      ),
    )
    .toBe('closed');
});

test('other paths, hosts, methods and states are turned away, and the sign-in goes on', async () => {
  const statuses: (number | undefined)[] = [];
  const tokenSet = await signInOnLoopback(client(), {
    open: async (url) => {
      const callback = callbackFor(url);
      statuses.push(await statusOf(callback, '//:99999999'));
      statuses.push((await fetch(new URL('/favicon.ico', callback))).status);
      statuses.push(await statusWithHost(callback, `evil.example:${callback.port}`));
      statuses.push((await fetch(callback, { method: 'POST' })).status);
      statuses.push((await fetch(callbackFor(url, { state: 'forged' }))).status);
      void fetch(callback);
    },
  });
  expect(statuses).toEqual([404, 404, 404, 404, 400]);
  expect(tokenSet.accessToken).toBe('token-1');
});

test('a refusal is the user’s answer', async () => {
  const signIn = signInOnLoopback(client(), {
    open: (url) => void fetch(callbackFor(url, { code: '', error: 'access_denied' })),
  });
  await expect(signIn).rejects.toBeInstanceOf(AuthorizationError);
  await expect(signIn).rejects.toMatchObject({ reason: 'denied' });
});

test('nobody signs in: TimeoutError; the caller aborts: its reason', async () => {
  await expect(signInOnLoopback(client(), { open: () => undefined, timeoutMs: 5 })).rejects.toBeInstanceOf(
    TimeoutError,
  );
  const controller = new AbortController();
  const reason = new Error('changed my mind');
  const signIn = signInOnLoopback(client(), {
    open: () => controller.abort(reason),
    signal: controller.signal,
  });
  await expect(signIn).rejects.toBe(reason);
});

test('a redirect URI that is not on this machine is refused', async () => {
  const elsewhere = signInOnLoopback(client('https://example.com/callback'), { open: () => undefined });
  await expect(elsewhere).rejects.toBeInstanceOf(ConfigurationError);
});

test('a port that is taken is named', async () => {
  await signInOnLoopback(client(), {
    open: async (url) => {
      const taken = new URL(url.searchParams.get('redirect_uri') ?? '');
      const second = signInOnLoopback(client(taken.href), { open: () => undefined });
      await expect(second).rejects.toThrow(taken.port);
      void fetch(callbackFor(url));
    },
  });
});

test.each([
  [true, null],
  [false, 'consent'],
])(
  'a script that holds a refresh token (%s) has Google ask for consent: %s',
  async (holdsRefreshToken, prompt) => {
    const script = new OAuthClient({
      provider: { ...google, openid: false },
      clientId: 'script',
      redirectUri: 'http://127.0.0.1/callback',
      fetch: tokenAnswer,
    });
    let asked: string | null | undefined;
    await signInOnLoopback(script, {
      holdsRefreshToken,
      open: (url) => {
        asked = url.searchParams.get('prompt');
        void fetch(callbackFor(url));
      },
    });
    expect(asked).toBe(prompt);
  },
);
