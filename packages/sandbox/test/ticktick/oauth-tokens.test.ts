import type { Sandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { readAnswer, stillSandbox, textOf } from '../support.ts';
import { callback, PKCE, REDIRECT_URI, signIn, token } from './oauth-flow.ts';
import { apiOf } from './support.ts';

const codeForm = async (
  sandbox: Sandbox,
  params?: Record<string, string>,
): Promise<Record<string, string>> => ({
  grant_type: 'authorization_code',
  code: (await callback(sandbox, params)).get('code') ?? '',
  redirect_uri: REDIRECT_URI,
});

const basic = (id: string, secret: string): Record<string, string> => ({
  authorization: `Basic ${btoa(`${id}:${secret}`)}`,
});

describe('the token endpoint', () => {
  test('answers what TickTick answers: half a year, no refresh token', async () => {
    const sandbox = stillSandbox();
    const { status, json, headers } = await token(sandbox, await codeForm(sandbox));
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json).toEqual({
      access_token: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      token_type: 'bearer',
      expires_in: 15551999,
      scope: 'tasks:read tasks:write',
    });
  });

  test('takes HTTP Basic, without decoding the credentials', async () => {
    const sandbox = stillSandbox();
    const { clientId, clientSecret } = sandbox.ticktick.app;
    const good = await token(sandbox, await codeForm(sandbox), basic(clientId, clientSecret));
    expect(good.status).toBe(200);
    const encoded = basic(clientId.replaceAll('-', '%2D'), clientSecret);
    const bad = await token(sandbox, await codeForm(sandbox), encoded);
    expect(bad).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
    expect(bad.headers.get('www-authenticate')).toContain('Basic');
  });

  test.each([
    { authorization: 'Basic !!' },
    { authorization: 'Basic' },
    { authorization: `Basic ${btoa('id')}` },
  ])('refuses malformed credentials: %o', async (headers) => {
    const sandbox = stillSandbox();
    expect((await token(sandbox, await codeForm(sandbox), headers)).status).toBe(401);
  });

  test('refuses a wrong secret, an unknown client and a client of the other region', async () => {
    const sandbox = stillSandbox();
    const form = await codeForm(sandbox);
    const other = sandbox.dida365.app;
    for (const wrong of [
      { client_secret: 'guess' },
      { client_id: 'nobody' },
      { client_id: other.clientId, client_secret: other.clientSecret },
    ]) {
      expect(await token(sandbox, { ...form, ...wrong })).toMatchObject({ status: 401 });
    }
  });

  test('refuses JSON', async () => {
    const sandbox = stillSandbox();
    const { clientId, clientSecret } = sandbox.ticktick.app;
    const response = await sandbox.fetch('https://ticktick.com/oauth/token', {
      method: 'POST',
      headers: { ...basic(clientId, clientSecret), 'content-type': 'application/json' },
      body: JSON.stringify(await codeForm(sandbox)),
    });
    expect(await readAnswer(response)).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
  });

  test('refuses to refresh', async () => {
    const answer = await token(stillSandbox(), { grant_type: 'refresh_token', refresh_token: 'any' });
    expect(answer).toMatchObject({ status: 400, json: { error: 'unsupported_grant_type' } });
  });

  test('is served on the API host, too', async () => {
    const sandbox = stillSandbox();
    const { clientId, clientSecret } = sandbox.ticktick.app;
    const response = await sandbox.fetch('https://api.ticktick.com/oauth/token', {
      method: 'POST',
      headers: basic(clientId, clientSecret),
      body: new URLSearchParams(await codeForm(sandbox)),
    });
    expect(response.status).toBe(200);
  });
});

describe('an authorization code', () => {
  const refusal = { status: 400, json: { error: 'invalid_grant' } };

  test('lives ten minutes', async () => {
    const sandbox = stillSandbox();
    const form = await codeForm(sandbox);
    sandbox.clock.advance(10 * 60_000 - 1);
    expect((await token(sandbox, form)).status).toBe(200);
    const late = await codeForm(sandbox);
    sandbox.clock.advance(10 * 60_000);
    expect(await token(sandbox, late)).toMatchObject(refusal);
  });

  test('needs exactly the redirect URI that it was sent to', async () => {
    const sandbox = stillSandbox();
    const form = await codeForm(sandbox);
    const other = { redirect_uri: 'http://localhost:8001/auth/ticktick/callback' };
    expect(await token(sandbox, { ...form, ...other })).toMatchObject(refusal);
  });

  test('that comes again is refused, and the tokens it gave are revoked', async () => {
    const sandbox = stillSandbox();
    const form = await codeForm(sandbox);
    const { json } = await token(sandbox, form);
    const api = apiOf(sandbox, textOf(json, 'access_token'));
    expect((await api('GET /project')).status).toBe(200);
    expect(await token(sandbox, form)).toMatchObject(refusal);
    expect(await api('GET /project')).toMatchObject({ status: 401, text: '' });
    expect(sandbox.ticktick.stats.codeReplays).toBe(1);
  });

  test('asked for with a challenge needs its verifier, and then no secret', async () => {
    const sandbox = stillSandbox();
    const params = { code_challenge: PKCE.challenge, code_challenge_method: 'S256' };
    const publicToken = async (form: Record<string, string>): Promise<number> => {
      const body = new URLSearchParams({ client_id: sandbox.ticktick.app.clientId, ...form });
      return (await sandbox.fetch('https://ticktick.com/oauth/token', { method: 'POST', body })).status;
    };
    expect(await token(sandbox, await codeForm(sandbox, params))).toMatchObject(refusal);
    const wrong = { ...(await codeForm(sandbox, params)), code_verifier: 'wrong' };
    expect(await token(sandbox, wrong)).toMatchObject(refusal);
    expect(await publicToken({ ...(await codeForm(sandbox, params)), code_verifier: PKCE.verifier })).toBe(
      200,
    );
    expect(await publicToken(await codeForm(sandbox))).toBe(401);
  });

  test('asked for without a challenge takes no verifier', async () => {
    const sandbox = stillSandbox();
    const form = { ...(await codeForm(sandbox)), code_verifier: PKCE.verifier };
    expect(await token(sandbox, form)).toMatchObject(refusal);
  });
});

describe('an access token', () => {
  test('is refused with an empty 401 when missing, unknown or expired', async () => {
    const sandbox = stillSandbox();
    const refused = { status: 401, text: '' };
    expect(await apiOf(sandbox, '')('GET /project')).toMatchObject(refused);
    expect(await apiOf(sandbox, 'nonsense')('GET /project')).toMatchObject(refused);
    const api = apiOf(sandbox, sandbox.ticktick.issueToken({ expiresIn: 60 }).accessToken);
    sandbox.clock.advance(59_999);
    expect((await api('GET /project')).status).toBe(200);
    sandbox.clock.advance(1);
    expect(await api('GET /project')).toMatchObject(refused);
  });

  test('can be made to expire or be revoked; a personal API token stays', async () => {
    const sandbox = stillSandbox();
    const personal = apiOf(sandbox, sandbox.ticktick.issueApiToken());
    const first = apiOf(sandbox);
    sandbox.ticktick.expireAccessTokens();
    expect((await first('GET /project')).status).toBe(401);
    const second = apiOf(sandbox);
    expect((await second('GET /project')).status).toBe(200);
    sandbox.ticktick.revokeGrants();
    expect((await second('GET /project')).status).toBe(401);
    expect((await personal('GET /project')).status).toBe(200);
  });

  test('with tasks:read alone may read, by POST too, and not write', async () => {
    const sandbox = stillSandbox();
    const api = apiOf(sandbox, sandbox.ticktick.issueToken({ scope: 'tasks:read' }).accessToken);
    expect((await api('POST /task/filter', { status: [0] })).status).toBe(200);
    expect(await api('POST /task', { title: 'x' })).toMatchObject({ status: 403, text: '' });
  });

  test('of one region is nothing to the other', async () => {
    const sandbox = stillSandbox();
    const { accessToken } = sandbox.dida365.issueToken();
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await sandbox.fetch('https://api.dida365.com/open/v1/project', { headers })).status).toBe(200);
    expect((await sandbox.fetch('https://api.ticktick.com/open/v1/project', { headers })).status).toBe(401);
  });

  test.each(['multipart', 'urlencoded'])('can be revoked by its holder (%s)', async (form) => {
    const sandbox = stillSandbox();
    const { access_token: accessToken = '' } = await signIn(sandbox);
    const body = form === 'multipart' ? new FormData() : new URLSearchParams();
    body.set('token', accessToken);
    const response = await sandbox.fetch('https://api.ticktick.com/oauth/revoke', { method: 'POST', body });
    expect(await readAnswer(response)).toMatchObject({ status: 200, text: '' });
    expect((await apiOf(sandbox, accessToken)('GET /project')).status).toBe(401);
  });
});
