import { expect, test } from 'vitest';
import { fieldsOf, stillSandbox, textOf } from '../support.ts';

const LOGIN = 'https://login.microsoftonline.com';
const ADO = '499b84ac-1321-427f-aa17-267ca6975798/.default';

function setUp() {
  const sandbox = stillSandbox();
  const { tenant, app } = sandbox.azureDevOps;
  const get = async (url: string, headers: Record<string, string> = {}): Promise<unknown> =>
    await (await sandbox.fetch(url, { headers })).json();
  const post = async (path: string, form: Record<string, string>): Promise<unknown> => {
    const body = new URLSearchParams(form);
    return await (await sandbox.fetch(`${LOGIN}/${tenant.id}${path}`, { method: 'POST', body })).json();
  };
  const signIn = async (scope: string): Promise<unknown> => {
    const [redirectUri = ''] = app.redirectUris;
    const query = new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope,
      nonce: 'n',
    });
    const page = await sandbox.fetch(`${LOGIN}/${tenant.id}/oauth2/v2.0/authorize?${query.toString()}`);
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const proof = {
      client_id: app.clientId,
      client_secret: app.clientSecret ?? '',
      redirect_uri: redirectUri,
    };
    return await post('/oauth2/v2.0/token', { grant_type: 'authorization_code', code, ...proof });
  };
  return { sandbox, tenant, app, get, post, signIn };
}

test('22.identity: each tenant has a discovery document; those of any tenant have a template as issuer', async () => {
  const { get, tenant } = setUp();
  const own = fieldsOf(await get(`${LOGIN}/${tenant.id}/v2.0/.well-known/openid-configuration`));
  expect(own['issuer']).toBe(`${LOGIN}/${tenant.id}/v2.0`);
  expect(own['token_endpoint']).toBe(`${LOGIN}/${tenant.id}/oauth2/v2.0/token`);
  const any = fieldsOf(await get(`${LOGIN}/common/v2.0/.well-known/openid-configuration`));
  expect(any['issuer']).toBe(`${LOGIN}/{tenantid}/v2.0`);
  expect(await get(`${LOGIN}/none/v2.0/.well-known/openid-configuration`)).toMatchObject({
    error: 'invalid_tenant',
  });
  expect(await get(String(own['jwks_uri']))).toMatchObject({ keys: [{ kty: 'RSA' }] });
});

test('22.identity: an app that asks for openid gets an ID token with the claims of its scopes', async () => {
  const { signIn, tenant, app, sandbox } = setUp();
  const tokens = await signIn(`openid profile email ${ADO}`);
  const [, payload = ''] = textOf(tokens, 'id_token').split('.');
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
    iss: `${LOGIN}/${tenant.id}/v2.0`,
    aud: app.clientId,
    tid: tenant.id,
    nonce: 'n',
    preferred_username: sandbox.azureDevOps.people[0]?.uniqueName,
    email: sandbox.azureDevOps.people[0]?.uniqueName,
  });
  expect(fieldsOf(await signIn(ADO))['id_token']).toBeUndefined();
});

test('22.identity: an app may only sign people in, and read who they are', async () => {
  const { signIn, get } = setUp();
  const tokens = await signIn('openid profile User.Read');
  const bearer = { authorization: `Bearer ${textOf(tokens, 'access_token')}` };
  expect(await get('https://graph.microsoft.com/oidc/userinfo', bearer)).toMatchObject({
    name: 'Jamal Hartnett',
  });
  expect(await get('https://graph.microsoft.com/v1.0/me', bearer)).toMatchObject({
    displayName: 'Jamal Hartnett',
  });
});

test('22.device: a public app gets tokens when its user has typed the code', async () => {
  const { post, sandbox } = setUp();
  const { clientId } = sandbox.azureDevOps.publicApp;
  const begun = await post('/oauth2/v2.0/devicecode', {
    client_id: clientId,
    scope: `${ADO} openid offline_access`,
  });
  expect(begun).toMatchObject({ verification_uri: `${LOGIN}/device`, interval: 5 });
  const device = { client_id: clientId, device_code: textOf(begun, 'device_code') };
  const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
  const tokens = await post('/oauth2/v2.0/token', { grant_type: grantType, ...device });
  expect(Object.keys(fieldsOf(tokens))).toEqual(
    expect.arrayContaining(['access_token', 'refresh_token', 'id_token', 'client_info']),
  );
  expect(await post('/oauth2/v2.0/token', { grant_type: grantType, ...device })).toMatchObject({
    error: 'invalid_grant',
    error_codes: [90023],
  });
});
