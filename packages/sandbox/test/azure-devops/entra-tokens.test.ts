import { describe, expect, test } from 'vitest';
import { textOf } from '../support.ts';
import { codeForm, PKCE, REDIRECT_URI, RESOURCE, signIn, token } from './support/entra-flow.ts';
import { stillSandbox } from './support/setup.ts';

const refreshForm = (refreshToken: string): Record<string, string> => ({
  grant_type: 'refresh_token',
  refresh_token: refreshToken,
});

describe('redeeming a code', () => {
  test('answers what Entra answers', async () => {
    const sandbox = stillSandbox();
    const { status, json, headers } = await token(sandbox, await codeForm(sandbox));
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toContain('no-store');
    expect(json).toEqual({
      token_type: 'Bearer',
      scope: `${RESOURCE}/vso.work_write`,
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: expect.stringMatching(/^eyJ0eXAi/),
      refresh_token: expect.stringMatching(/^0\./),
    });
  });

  test('gives no refresh token without offline_access', async () => {
    const sandbox = stillSandbox();
    const { json } = await token(sandbox, await codeForm(sandbox, { scope: `${RESOURCE}/.default` }));
    expect(json).not.toHaveProperty('refresh_token');
  });

  test('takes HTTP Basic, form-encoded', async () => {
    const sandbox = stillSandbox();
    const { clientId, clientSecret = '' } = sandbox.azureDevOps.app;
    const authorization = `Basic ${btoa(`${clientId}:${clientSecret.replaceAll('-', '%2D')}`)}`;
    expect((await token(sandbox, await codeForm(sandbox), { headers: { authorization } })).status).toBe(200);
  });

  test('wants the secret of an app that has one, and none of one that has none', async () => {
    const sandbox = stillSandbox();
    const { clientId } = sandbox.azureDevOps.publicApp;
    const form = await codeForm(sandbox, { client_id: clientId });
    expect(await token(sandbox, { ...form, client_id: clientId })).toMatchObject({
      status: 401,
      json: { error_codes: [700025] },
    });
    expect(await token(sandbox, { ...(await codeForm(sandbox)), client_secret: 'guess' })).toMatchObject({
      status: 401,
      json: { error: 'invalid_client', error_codes: [7000215] },
    });
    const body = new URLSearchParams({ ...form, client_id: clientId });
    const url = 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token';
    expect((await sandbox.fetch(url, { method: 'POST', body })).status).toBe(200);
    body.set('client_id', sandbox.azureDevOps.app.clientId);
    expect(await (await sandbox.fetch(url, { method: 'POST', body })).json()).toMatchObject({
      error_codes: [7000218],
    });
  });

  test.each<[string, Record<string, string>, number]>([
    ['a wrong verifier', { code_verifier: PKCE.challenge }, 501481],
    ['another redirect URI', { redirect_uri: 'http://localhost:8000/callback' }, 500112],
    ['a code that nobody issued', { code: 'x' }, 9002313],
    ['an unknown grant type', { grant_type: 'password' }, 70003],
    ['an unknown app', { client_id: 'x' }, 700016],
  ])('is refused with %s', async (_, wrong, code) => {
    const sandbox = stillSandbox();
    const answer = await token(sandbox, { ...(await codeForm(sandbox)), ...wrong });
    expect(answer).toMatchObject({
      status: 400,
      json: { error_codes: [code], error_description: expect.stringContaining(`AADSTS${code}: `) },
    });
  });

  test('is refused at an unknown tenant', async () => {
    const sandbox = stillSandbox();
    expect(await token(sandbox, await codeForm(sandbox), { tenant: 'nowhere' })).toMatchObject({
      status: 400,
      json: { error_codes: [90002] },
    });
  });

  test('works once, within ten minutes; a replay ends what the first one gave', async () => {
    const sandbox = stillSandbox();
    const form = await codeForm(sandbox);
    const late = await codeForm(sandbox);
    const { json } = await token(sandbox, form);
    expect(await token(sandbox, form)).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant', error_codes: [54005] },
    });
    expect(sandbox.azureDevOps.stats.codeReplays).toBe(1);
    expect((await token(sandbox, refreshForm(textOf(json, 'refresh_token')))).status).toBe(400);
    sandbox.clock.advance(600_000);
    expect(await token(sandbox, late)).toMatchObject({ json: { error_codes: [70008] } });
  });
});

describe('refreshing', () => {
  test('gives a new refresh token each time; the old one stays good, as at Entra, and is counted', async () => {
    const sandbox = stillSandbox();
    const first = await signIn(sandbox);
    const second = await token(sandbox, refreshForm(textOf(first, 'refresh_token')));
    expect(second.status).toBe(200);
    expect(textOf(second.json, 'refresh_token')).not.toBe(textOf(first, 'refresh_token'));
    expect((await token(sandbox, refreshForm(textOf(first, 'refresh_token')))).status).toBe(200);
    expect(sandbox.azureDevOps.stats).toMatchObject({ refreshes: 2, refreshReuses: 1 });
  });

  test('can be made strict: then a reuse ends the grant', async () => {
    const sandbox = stillSandbox({ refreshReuse: 'revoke' });
    const first = await signIn(sandbox);
    const second = await token(sandbox, refreshForm(textOf(first, 'refresh_token')));
    expect((await token(sandbox, refreshForm(textOf(first, 'refresh_token')))).status).toBe(400);
    expect(await token(sandbox, refreshForm(textOf(second.json, 'refresh_token')))).toMatchObject({
      json: { error_codes: [50173] },
    });
  });

  test('ends after 90 idle days, and when consent is taken back', async () => {
    const sandbox = stillSandbox();
    const first = await signIn(sandbox);
    sandbox.clock.advance(90 * 86_400_000);
    expect(await token(sandbox, refreshForm(textOf(first, 'refresh_token')))).toMatchObject({
      status: 400,
      json: {
        error: 'invalid_grant',
        error_codes: [700082],
        error_uri: 'https://login.microsoftonline.com/error?code=700082',
        error_description: expect.stringMatching(
          /inactivity[^]*\r\nTrace ID: \S+\r\nCorrelation ID: \S+\r\nTimestamp: 2027-02-20 10:00:00Z$/,
        ),
      },
    });
    const second = await signIn(sandbox);
    sandbox.azureDevOps.revokeGrants('norman@fabrikam.example');
    expect((await token(sandbox, refreshForm(textOf(second, 'refresh_token')))).status).toBe(200);
    sandbox.azureDevOps.revokeGrants('jamal@fabrikam.example');
    expect(await token(sandbox, refreshForm(textOf(second, 'refresh_token')))).toMatchObject({
      json: { error_codes: [50173] },
    });
  });

  test('may ask for the same, and not for more', async () => {
    const sandbox = stillSandbox();
    const { refreshToken } = sandbox.azureDevOps.issueToken({ scope: 'vso.work vso.project' });
    const ask = (scope: string): ReturnType<typeof token> =>
      token(sandbox, { ...refreshForm(refreshToken), scope });
    expect((await ask(`${RESOURCE}/vso.work offline_access`)).status).toBe(200);
    expect(await ask(`${RESOURCE}/vso.work_write`)).toMatchObject({ json: { error_codes: [65001] } });
    expect(await ask('nonsense')).toMatchObject({ json: { error: 'invalid_scope' } });
  });

  test('belongs to the app', async () => {
    const sandbox = stillSandbox({
      apps: [{ clientId: 'other', clientSecret: 's', name: 'Other', redirectUris: [REDIRECT_URI] }],
    });
    const { refreshToken } = sandbox.azureDevOps.issueToken();
    const other = { client_id: 'other', client_secret: 's' };
    expect((await token(sandbox, { ...refreshForm(refreshToken), ...other })).status).toBe(400);
  });

  test('counts how many come at one time', async () => {
    const sandbox = stillSandbox();
    const { refreshToken } = sandbox.azureDevOps.issueToken();
    await Promise.all([token(sandbox, refreshForm(refreshToken)), token(sandbox, refreshForm(refreshToken))]);
    expect(sandbox.azureDevOps.stats.concurrentRefreshes).toBe(2);
  });
});

describe("an app's own identity", () => {
  const form = { grant_type: 'client_credentials', scope: `${RESOURCE}/.default` };

  test('has no refresh token, and may change things', async () => {
    const sandbox = stillSandbox();
    const { status, json } = await token(sandbox, form, { tenant: sandbox.azureDevOps.tenant.id });
    expect(status).toBe(200);
    expect(json).not.toHaveProperty('refresh_token');
    const headers = { authorization: `Bearer ${textOf(json, 'access_token')}` };
    expect((await sandbox.fetch('https://dev.azure.com/fabrikam/_apis/projects', { headers })).status).toBe(
      200,
    );
  });

  test.each([
    [{ scope: `${RESOURCE}/vso.work` }, 'fabrikam.example', 1002012],
    [{}, 'organizations', 50059],
  ])('needs .default and its own tenant', async (wrong, tenant, code) => {
    const sandbox = stillSandbox();
    expect(await token(sandbox, { ...form, ...wrong }, { tenant })).toMatchObject({
      status: 400,
      json: { error_codes: [code] },
    });
  });
});
