import { describe, expect, test } from 'vitest';
import { textOf } from '../support.ts';
import { authorizeUrl, callback, PKCE, REDIRECT_URI, RESOURCE, signIn, token } from './support/entra-flow.ts';
import { ORGANIZATION_URL, stillSandbox } from './support/setup.ts';

describe('the authorization page', () => {
  test('sends the browser back with a code and the state', async () => {
    const sandbox = stillSandbox();
    const back = await callback(sandbox);
    expect(back.get('code')).toMatch(/^1\./);
    expect(back.get('state')).toBe('xyz');
  });

  test.each(['organizations', 'common', 'fabrikam.example', '9f1c6d52-0b7e-4a83-8d24-c1e5a7f30b96'])(
    'knows the tenant %s',
    async (tenant) => {
      const sandbox = stillSandbox();
      expect((await sandbox.fetch(authorizeUrl(sandbox, {}, tenant))).status).toBe(302);
    },
  );

  test.each<[string, Record<string, string>, string]>([
    ['AADSTS90002', {}, 'nowhere.example'],
    ['AADSTS90002', {}, 'consumers'],
    ['AADSTS700016', { client_id: 'x' }, 'organizations'],
    ['AADSTS50011', { redirect_uri: 'https://evil.example/' }, 'organizations'],
    ['AADSTS50011', { redirect_uri: 'http://localhost:8000/other' }, 'organizations'],
  ])('ends on a page with %s', async (code, params, tenant) => {
    const sandbox = stillSandbox();
    const response = await sandbox.fetch(authorizeUrl(sandbox, params, tenant));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(code);
  });

  test('takes any port of localhost', async () => {
    const sandbox = stillSandbox();
    const url = authorizeUrl(sandbox, { redirect_uri: 'http://localhost:49152/callback' });
    const response = await sandbox.fetch(url);
    expect(response.headers.get('location')).toMatch(/^http:\/\/localhost:49152\/callback\?code=/);
  });

  test.each<[string, Record<string, string>]>([
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_scope', { scope: '' }],
    ['invalid_scope', { scope: 'offline_access' }],
    ['invalid_scope', { scope: 'vso.work' }],
    ['invalid_scope', { scope: `${RESOURCE}/vso.everything` }],
    ['invalid_scope', { scope: `${RESOURCE}/.default ${RESOURCE}/vso.work` }],
    ['invalid_request', { code_challenge_method: 'S512' }],
  ])('goes back with %s for %o', async (error, params) => {
    const back = await callback(stillSandbox(), params);
    expect(back.get('error')).toBe(error);
    expect(back.get('error_description')).toMatch(/^AADSTS\d+: /);
    expect(back.get('state')).toBe('xyz');
    expect(back.has('code')).toBe(false);
  });

  test.each([{ code_challenge_method: 'plain' }, { code_challenge_method: '' }])(
    'takes a plain challenge: %o',
    async ({ code_challenge_method: method }) => {
      const sandbox = stillSandbox();
      const url = new URL(authorizeUrl(sandbox, { code_challenge: PKCE.verifier }));
      if (method === '') url.searchParams.delete('code_challenge_method');
      else url.searchParams.set('code_challenge_method', method);
      const { headers } = await sandbox.fetch(url);
      const code = new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
      const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI };
      const wrong = await token(sandbox, { ...form, code_verifier: PKCE.challenge });
      expect(textOf(wrong.json, 'error')).toBe('invalid_grant');
      const again = new URL((await sandbox.fetch(url)).headers.get('location') ?? '');
      const redeemed = { ...form, code: again.searchParams.get('code') ?? '', code_verifier: PKCE.verifier };
      expect((await token(sandbox, redeemed)).status).toBe(200);
    },
  );

  test('answers in the fragment, or by a form that is posted, if the app asks for it', async () => {
    const sandbox = stillSandbox();
    const inFragment = await sandbox.fetch(authorizeUrl(sandbox, { response_mode: 'fragment' }));
    const { search, hash } = new URL(inFragment.headers.get('location') ?? '');
    expect(search).toBe('');
    expect(new URLSearchParams(hash.slice(1)).get('state')).toBe('xyz');
    const params = { response_mode: 'form_post', state: '"><script>' };
    const posted = await sandbox.fetch(authorizeUrl(sandbox, params));
    const page = await posted.text();
    expect([posted.status, posted.headers.get('location')]).toEqual([200, null]);
    expect(page).toContain(`<form method="post" action="${REDIRECT_URI}">`);
    expect(page).toMatch(/<input type="hidden" name="code" value="1\.[^"]+">/);
    expect(page).toContain('name="state" value="&quot;&gt;&lt;script&gt;"');
    const refused = await sandbox.fetch(authorizeUrl(sandbox, { response_mode: 'form_post', scope: '' }));
    expect(await refused.text()).toContain('name="error" value="invalid_scope"');
    const unknown = await sandbox.fetch(authorizeUrl(sandbox, { response_mode: 'post' }));
    expect(await unknown.text()).toContain('AADSTS70007');
  });

  test('asks the public app for PKCE', async () => {
    const sandbox = stillSandbox();
    const url = new URL(authorizeUrl(sandbox, { client_id: sandbox.azureDevOps.publicApp.clientId }));
    expect((await sandbox.fetch(url)).headers.get('location')).toContain('code=');
    url.searchParams.delete('code_challenge');
    expect((await sandbox.fetch(url)).headers.get('location')).toContain('AADSTS9002325');
  });

  test('asks the user, if it should, and takes no for an answer', async () => {
    const sandbox = stillSandbox({ consent: 'click' });
    sandbox.azureDevOps.signIn('norman@fabrikam.example');
    const url = new URL(authorizeUrl(sandbox));
    const page = await (await sandbox.fetch(url)).text();
    expect(page).toContain('Norman Paulk');
    const decide = async (decision: string): Promise<URLSearchParams> => {
      const body = new URLSearchParams([...url.searchParams, ['decision', decision]]);
      const response = await sandbox.fetch(url.origin + url.pathname, { method: 'POST', body });
      return new URL(response.headers.get('location') ?? '').searchParams;
    };
    expect((await decide('deny')).get('error')).toBe('access_denied');
    const code = (await decide('allow')).get('code') ?? '';
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    };
    expect((await token(sandbox, form)).status).toBe(200);
  });
});

test('signs people in, who then are the ones who change things', async () => {
  const sandbox = stillSandbox();
  sandbox.azureDevOps.signIn('raisa@fabrikam.example');
  const tokens = await signIn(sandbox);
  const headers = {
    authorization: `Bearer ${textOf(tokens, 'access_token')}`,
    'content-type': 'application/json-patch+json',
  };
  const body = JSON.stringify([{ op: 'add', path: '/fields/System.Title', value: 'x' }]);
  await sandbox.fetch(`${ORGANIZATION_URL}/Fabrikam/_apis/wit/workitems/$Task?api-version=7.1`, {
    method: 'POST',
    headers,
    body,
  });
  expect(sandbox.azureDevOps.testUser().get(1)?.fields).toMatchObject({
    'System.CreatedBy': { displayName: 'Raisa Pokrovskaya' },
  });
  expect(sandbox.requests.at(-1)).toMatchObject({
    account: 'raisa@fabrikam.example',
    operation: 'workItem.create',
  });
});
