import { createVerify } from 'node:crypto';
import { expect, test } from 'vitest';
import { fieldsOf, stillSandbox, textOf } from '../support.ts';

const SCOPES = ['openid', 'email', 'profile'];

function setUp(options: Parameters<typeof stillSandbox>[0] = {}) {
  const sandbox = stillSandbox(options);
  const { accessToken } = sandbox.google.issueToken({ scopes: SCOPES });
  const get = async (url: string, headers: Record<string, string> = {}): Promise<unknown> =>
    await (await sandbox.fetch(url, { headers })).json();
  const post = async (url: string, form: Record<string, string>): Promise<Response> =>
    await sandbox.fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  return { sandbox, accessToken, get, post, bearer: { authorization: `Bearer ${accessToken}` } };
}

test('22.identity: discovery names endpoints that answer', async () => {
  const { get, sandbox } = setUp();
  const found = fieldsOf(await get('https://accounts.google.com/.well-known/openid-configuration'));
  expect(found['issuer']).toBe('https://accounts.google.com');
  for (const [name, url] of Object.entries(found)) {
    if (!name.endsWith('_endpoint') && name !== 'jwks_uri') continue;
    const posts = /token|revocation|device/.test(name);
    await sandbox.fetch(String(url), { method: posts ? 'POST' : 'GET' });
    expect(sandbox.requests.at(-1)?.operation, name).toBeDefined();
  }
});

test.each([
  ['https://www.googleapis.com/oauth2/v1/userinfo', 'id', 'verified_email'],
  ['https://www.googleapis.com/oauth2/v2/userinfo', 'id', 'verified_email'],
  ['https://www.googleapis.com/oauth2/v3/userinfo', 'sub', 'email_verified'],
  ['https://openidconnect.googleapis.com/v1/userinfo', 'sub', 'email_verified'],
])('22.identity: %s says who the user is', async (url, id, verified) => {
  const { get, bearer, accessToken, sandbox } = setUp();
  const expected = {
    [id]: '108204268033311374519',
    email: 'ada@example.com',
    [verified]: true,
    name: 'Ada Okonkwo',
  };
  expect(await get(url, bearer)).toMatchObject(expected);
  expect(await get(`${url}?access_token=${accessToken}`)).toMatchObject(expected);
  expect((await sandbox.fetch(url)).status).toBe(401);
});

test('22.identity: the PEM certificates verify an ID token', async () => {
  const { get, post, sandbox } = setUp();
  const { clientId, clientSecret, redirectUris } = sandbox.google.app;
  const [redirectUri = ''] = redirectUris;
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
  });
  const page = await sandbox.fetch(`https://accounts.google.com/o/oauth2/auth?${query.toString()}`);
  const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const form = {
    grant_type: 'authorization_code',
    code,
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: redirectUri,
  };
  const tokens = await (await post('https://www.googleapis.com/oauth2/v4/token', form)).json();
  const idToken = textOf(tokens, 'id_token');
  const [header = '', payload = '', signature = ''] = idToken.split('.');
  const { kid } = fieldsOf(JSON.parse(Buffer.from(header, 'base64url').toString()));
  const pem = textOf(await get('https://www.googleapis.com/oauth2/v1/certs'), String(kid));
  expect(pem).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
  const isValid = createVerify('RSA-SHA256')
    .update(`${header}.${payload}`)
    .verify(pem, signature, 'base64url');
  expect(isValid).toBe(true);
  const info = `https://oauth2.googleapis.com/tokeninfo?id_token=${idToken}`;
  expect(await get(info)).toMatchObject({ iss: 'https://accounts.google.com', aud: clientId });
  const forged = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  expect(await get(info.replace(signature, forged))).toMatchObject({
    error: 'invalid_token',
  });
});

test('22.identity: tokeninfo takes the token in the Authorization header, at each version', async () => {
  const { get, bearer } = setUp();
  for (const url of [
    'https://oauth2.googleapis.com/tokeninfo',
    'https://www.googleapis.com/oauth2/v3/tokeninfo',
  ]) {
    expect(await get(url, bearer)).toMatchObject({ email: 'ada@example.com' });
  }
});

const DEVICE = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code' };

test.each([
  ['allow', 200, undefined],
  ['deny', 403, 'access_denied'],
])('22.device: the user types the code and chooses %s', async (decision, status, error) => {
  const { sandbox, post } = setUp({ google: { consent: 'click' } });
  const { clientId, clientSecret } = sandbox.google.app;
  const begun = await (
    await post('https://oauth2.googleapis.com/device/code', { client_id: clientId, scope: 'openid' })
  ).json();
  expect(begun).toMatchObject({
    verification_url: 'https://www.google.com/device',
    interval: 5,
    expires_in: 1800,
  });
  const poll = async (): Promise<Response> =>
    await post('https://oauth2.googleapis.com/token', {
      ...DEVICE,
      client_id: clientId,
      client_secret: clientSecret,
      device_code: textOf(begun, 'device_code'),
    });
  const pending = await poll();
  expect([pending.status, await pending.json()]).toMatchObject([428, { error: 'authorization_pending' }]);
  const early = await poll();
  expect([early.status, await early.json()]).toMatchObject([403, { error: 'slow_down' }]);
  const page = 'https://www.google.com/device';
  expect(await (await sandbox.fetch(page)).text()).toContain('name="user_code"');
  expect(await (await post(page, { user_code: 'WRONG', decision })).text()).toContain('not known');
  await post(page, { user_code: textOf(begun, 'user_code').toLowerCase(), decision });
  sandbox.clock.advance(5000);
  const decided = await poll();
  expect(decided.status).toBe(status);
  expect(fieldsOf(await decided.json())['error']).toBe(error);
  expect((await poll()).status).toBe(400);
});

test('22.device: a code that has expired is refused', async () => {
  const { sandbox, post } = setUp();
  const { clientId, clientSecret } = sandbox.google.app;
  const begun = await (
    await post('https://oauth2.googleapis.com/device/code', { client_id: clientId, scope: 'openid' })
  ).json();
  sandbox.clock.advance(1_800_000);
  const response = await post('https://oauth2.googleapis.com/token', {
    ...DEVICE,
    client_id: clientId,
    client_secret: clientSecret,
    device_code: textOf(begun, 'device_code'),
  });
  expect(await response.json()).toMatchObject({ error: 'expired_token' });
});
