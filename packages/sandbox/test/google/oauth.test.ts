import type { Sandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { type ApiAnswer, readAnswer, stillSandbox, textOf } from '../support.ts';

const AUTHORIZE_PAGE = 'https://accounts.google.com/o/oauth2/v2/auth';
const OAUTH_HOST = 'https://oauth2.googleapis.com';
const REDIRECT_URI = 'http://localhost:8000/auth/google/callback';
const CALENDAR = 'https://www.googleapis.com/auth/calendar';
const GMAIL = 'https://www.googleapis.com/auth/gmail.compose';

function authorizeUrl(sandbox: Sandbox, params: Record<string, string> = {}): URL {
  const url = new URL(AUTHORIZE_PAGE);
  const defaults = {
    client_id: sandbox.google.app.clientId,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: `openid email ${CALENDAR} ${GMAIL}`,
    access_type: 'offline',
    state: 'xyz',
  };
  for (const [name, value] of Object.entries({ ...defaults, ...params })) url.searchParams.set(name, value);
  return url;
}

/** The parameters that the browser brings back to the app. */
async function callback(sandbox: Sandbox, params?: Record<string, string>): Promise<URLSearchParams> {
  return callbackIn(await sandbox.fetch(authorizeUrl(sandbox, params)));
}

function callbackIn(response: Response): URLSearchParams {
  return new URL(response.headers.get('location') ?? 'none:').searchParams;
}

async function post(sandbox: Sandbox, path: string, form: Record<string, string>): Promise<ApiAnswer> {
  const body = new URLSearchParams(form);
  return readAnswer(await sandbox.fetch(`${OAUTH_HOST}${path}`, { method: 'POST', body }));
}

function token(sandbox: Sandbox, form: Record<string, string>): Promise<ApiAnswer> {
  const { clientId, clientSecret } = sandbox.google.app;
  return post(sandbox, '/token', { client_id: clientId, client_secret: clientSecret, ...form });
}

function exchange(sandbox: Sandbox, query: URLSearchParams): Promise<ApiAnswer> {
  const code = query.get('code') ?? '';
  return token(sandbox, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI });
}

function refresh(sandbox: Sandbox, refreshToken: string): Promise<ApiAnswer> {
  return token(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

describe('a code', () => {
  test('gives an access token, a refresh token and an ID token', async () => {
    const sandbox = stillSandbox();
    const { status, json } = await exchange(sandbox, await callback(sandbox, { nonce: 'n-1' }));
    expect(status).toBe(200);
    expect(json).toEqual({
      access_token: expect.stringMatching(/^ya29\./),
      refresh_token: expect.stringMatching(/^1\/\//),
      id_token: expect.any(String),
      expires_in: 3599,
      scope: `openid https://www.googleapis.com/auth/userinfo.email ${CALENDAR} ${GMAIL}`,
      token_type: 'Bearer',
    });
    const [, claims = ''] = textOf(json, 'id_token').split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: 'https://accounts.google.com',
      aud: sandbox.google.app.clientId,
      email: 'ada@example.com',
      nonce: 'n-1',
    });
  });

  test('gives a refresh token only the first time, unless the app asks for consent again', async () => {
    const sandbox = stillSandbox();
    await callback(sandbox);
    expect((await exchange(sandbox, await callback(sandbox))).json).not.toHaveProperty('refresh_token');
    const again = await exchange(sandbox, await callback(sandbox, { prompt: 'consent' }));
    expect(again.json).toHaveProperty('refresh_token');
  });

  test('may be guarded by a plain challenge, and come in a form that is posted', async () => {
    const sandbox = stillSandbox();
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const plain = { code_challenge: verifier, code_challenge_method: 'plain', response_mode: 'form_post' };
    const page = await (await sandbox.fetch(authorizeUrl(sandbox, plain))).text();
    const [, code = ''] = /name="code" value="([^"]+)"/.exec(page) ?? [];
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: verifier,
    };
    expect((await token(sandbox, form)).status).toBe(200);
    const discovery = await sandbox.fetch('https://accounts.google.com/.well-known/openid-configuration');
    expect(await discovery.json()).toMatchObject({
      code_challenge_methods_supported: ['plain', 'S256'],
      response_modes_supported: ['query', 'fragment', 'form_post'],
    });
  });

  test('works once, and a replay ends nothing', async () => {
    const sandbox = stillSandbox();
    const query = await callback(sandbox);
    const { json } = await exchange(sandbox, query);
    expect(await exchange(sandbox, query)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    expect(sandbox.google.stats.codeReplays).toBe(1);
    expect((await refresh(sandbox, textOf(json, 'refresh_token'))).status).toBe(200);
  });
});

describe('the consent page', () => {
  test('has a check box for each scope beside signing in, and grants what is checked', async () => {
    const sandbox = stillSandbox({ google: { consent: 'click', deniedScopes: [GMAIL] } });
    const url = authorizeUrl(sandbox);
    const page = await (await sandbox.fetch(url)).text();
    expect(page).toContain('Ada Okonkwo (ada@example.com)');
    expect(page).toContain(`name="granted" value="${CALENDAR}" checked`);
    expect(page).toContain(`name="granted" value="${GMAIL}">`);
    const decide = async (...form: [string, string][]): Promise<URLSearchParams> => {
      const body = new URLSearchParams([...url.searchParams, ...form]);
      return callbackIn(await sandbox.fetch(AUTHORIZE_PAGE, { method: 'POST', body }));
    };
    expect((await decide(['decision', 'deny'])).get('error')).toBe('access_denied');
    const query = await decide(['decision', 'allow'], ['granted', CALENDAR]);
    expect(query.get('scope')).toBe(`openid https://www.googleapis.com/auth/userinfo.email ${CALENDAR}`);
    expect(query.get('state')).toBe('xyz');
  });

  test('is not shown again for what was allowed, and not at all with prompt=none', async () => {
    const sandbox = stillSandbox();
    expect((await callback(sandbox, { prompt: 'none' })).get('error')).toBe('interaction_required');
    await callback(sandbox);
    expect((await callback(sandbox, { prompt: 'none' })).get('code')).not.toBeNull();
    sandbox.google.revokeGrants();
    expect((await callback(sandbox, { prompt: 'none' })).get('error')).toBe('interaction_required');
  });

  test('adds earlier scopes to the tokens if the app asks for them', async () => {
    const sandbox = stillSandbox();
    await callback(sandbox, { scope: CALENDAR });
    const query = await callback(sandbox, { scope: GMAIL, include_granted_scopes: 'true' });
    expect(query.get('scope')).toBe(`${GMAIL} ${CALENDAR}`);
  });

  test.each([
    [{ client_id: 'nobody' }, 401, 'Error 401: invalid_client.'],
    [{ redirect_uri: 'https://evil.example/' }, 400, 'redirect_uri_mismatch'],
    [{ response_type: 'token' }, 400, 'unsupported_response_type'],
    [{ scope: 'mail' }, 400, 'invalid_scope'],
    [{ prompt: 'none consent' }, 400, 'Invalid prompt: none consent.'],
    [{ access_type: 'always' }, 400, 'Invalid parameter value for access_type.'],
    [{ code_challenge: 'short', code_challenge_method: 'S256' }, 400, 'Invalid code challenge.'],
  ])('shows the mistake %o and does not redirect', async (params, status, text) => {
    const sandbox = stillSandbox();
    const response = await sandbox.fetch(authorizeUrl(sandbox, params));
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(text);
  });
});

describe('a refresh token', () => {
  test('stays the same and can be used again', async () => {
    const sandbox = stillSandbox();
    const { refreshToken } = sandbox.google.issueToken();
    const first = await refresh(sandbox, refreshToken);
    expect(first.status).toBe(200);
    expect(first.json).not.toHaveProperty('refresh_token');
    expect((await refresh(sandbox, refreshToken)).status).toBe(200);
    expect(sandbox.google.stats).toMatchObject({ refreshes: 2, refreshReuses: 0 });
  });

  test('stops working when 100 newer ones exist', async () => {
    const sandbox = stillSandbox();
    const [oldest, next] = Array.from({ length: 101 }, () => sandbox.google.issueToken().refreshToken);
    expect((await refresh(sandbox, oldest ?? '')).status).toBe(400);
    expect((await refresh(sandbox, next ?? '')).status).toBe(200);
  });

  test('waits for the user to sign in again under session control', async () => {
    const sandbox = stillSandbox();
    const { refreshToken } = sandbox.google.issueToken();
    sandbox.google.requireReauthentication();
    expect(await refresh(sandbox, refreshToken)).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant', error_subtype: 'invalid_rapt' },
    });
    await callback(sandbox, { prompt: 'consent' });
    expect((await refresh(sandbox, refreshToken)).status).toBe(200);
  });
});

describe('an access token', () => {
  test('says what it is good for until its consent is revoked', async () => {
    const sandbox = stillSandbox();
    const { accessToken } = sandbox.google.issueToken();
    const { json } = await post(sandbox, '/tokeninfo', { access_token: accessToken });
    expect(json).toMatchObject({ email: 'ada@example.com', expires_in: '3599', access_type: 'offline' });
    expect((await post(sandbox, '/revoke', { token: accessToken })).json).toEqual({});
    const revoked = { status: 400, json: { error: 'invalid_token' } };
    expect(await post(sandbox, '/tokeninfo', { access_token: accessToken })).toMatchObject(revoked);
    expect(await post(sandbox, '/revoke', { token: accessToken })).toMatchObject(revoked);
  });
});
