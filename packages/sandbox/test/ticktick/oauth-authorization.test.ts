import { describe, expect, test } from 'vitest';
import { readAnswer, stillSandbox, textOf } from '../support.ts';
import { authorizeUrl, callback, PKCE, REDIRECT_URI, token } from './oauth-flow.ts';

describe('the authorization page', () => {
  test('redirects back at once with a code and the state', async () => {
    const sandbox = stillSandbox();
    const response = await sandbox.fetch(authorizeUrl(sandbox));
    expect(response.status).toBe(302);
    const location = new URL(response.headers.get('location') ?? '');
    expect(`${location.origin}${location.pathname}`).toBe(REDIRECT_URI);
    expect(location.searchParams.get('state')).toBe('xyz');
    expect(location.searchParams.get('code')).toMatch(/^\w+$/);
  });

  test.each([
    ['an unknown app', { client_id: 'nobody' }, 401],
    ['a redirect URI that is not registered', { redirect_uri: 'https://evil.example/callback' }, 400],
    ['a registered redirect URI with another path', { redirect_uri: `${REDIRECT_URI}/more` }, 400],
    ['a registered redirect URI with a query', { redirect_uri: `${REDIRECT_URI}?next=x` }, 400],
    [
      'a host that only begins like loopback',
      { redirect_uri: 'http://localhost.evil.example/callback' },
      400,
    ],
  ])('shows an error page for %s, and does not redirect', async (_, params, status) => {
    const sandbox = stillSandbox();
    const response = await sandbox.fetch(authorizeUrl(sandbox, params));
    expect(response.status).toBe(status);
    expect(response.headers.get('location')).toBeNull();
    expect(response.headers.get('content-type')).toContain('text/html');
  });

  test('takes any loopback port for the demo app', async () => {
    const sandbox = stillSandbox();
    const query = await callback(sandbox, { redirect_uri: 'http://127.0.0.1:54321/auth/ticktick/callback' });
    expect(query.get('code')).not.toBeNull();
  });

  test.each([
    ['response_type=token', { response_type: 'token' }, 'unsupported_response_type'],
    ['an unknown scope', { scope: 'tasks:read mail' }, 'invalid_scope'],
    ['no scope', { scope: '' }, 'invalid_scope'],
    ['a plain challenge', { code_challenge: 'abc', code_challenge_method: 'plain' }, 'invalid_request'],
  ])('goes back to the app with an error for %s', async (_, params, error) => {
    const query = await callback(stillSandbox(), params);
    expect(query.get('error')).toBe(error);
    expect(query.get('state')).toBe('xyz');
    expect(query.get('code')).toBeNull();
  });
});

describe('the consent page', () => {
  const click = async (
    decision: string,
  ): Promise<{ page: string; query: URLSearchParams; sandbox: ReturnType<typeof stillSandbox> }> => {
    const sandbox = stillSandbox({ ticktick: { consent: 'click' } });
    const url = authorizeUrl(sandbox, {
      state: `"><script>alert('x')</script>`,
      code_challenge: PKCE.challenge,
      code_challenge_method: 'S256',
    });
    const page = await (await sandbox.fetch(url)).text();
    const form = new URLSearchParams(new URL(url).searchParams);
    form.set('decision', decision);
    const response = await sandbox.fetch(new URL('authorize', url), { method: 'POST', body: form });
    return { page, sandbox, query: new URL(response.headers.get('location') ?? '').searchParams };
  };

  test('carries the request in a form with an Allow and a Deny button, safely escaped', async () => {
    const { page } = await click('allow');
    expect(page).toContain('name="decision" value="allow"');
    expect(page).toContain('name="decision" value="deny"');
    expect(page).toContain(`name="code_challenge" value="${PKCE.challenge}"`);
    expect(page).not.toContain('<script>');
  });

  test('gives a code after Allow, bound to the challenge', async () => {
    const { sandbox, query } = await click('allow');
    const form = {
      grant_type: 'authorization_code',
      code: query.get('code') ?? '',
      redirect_uri: REDIRECT_URI,
    };
    const { status } = await token(sandbox, { ...form, code_verifier: PKCE.verifier });
    expect(status).toBe(200);
  });

  test.each(['deny', 'something else'])('answers access_denied with the state after %s', async (decision) => {
    const { query } = await click(decision);
    expect(query.get('error')).toBe('access_denied');
    expect(query.get('state')).toBe(`"><script>alert('x')</script>`);
  });
});

describe('the account that is signed in to the browser', () => {
  test('is the one whose tokens come out', async () => {
    const accounts = ['ann', 'bob'].map((name, index) => ({
      id: index + 1,
      username: `${name}@example.com`,
      displayName: name,
      timeZone: 'Europe/Berlin',
    }));
    const sandbox = stillSandbox({ ticktick: { accounts } });
    sandbox.ticktick.signIn('bob@example.com');
    const code = (await callback(sandbox)).get('code') ?? '';
    const { json } = await token(sandbox, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
    });
    const accessToken = textOf(json, 'access_token');
    const response = await sandbox.fetch('https://api.ticktick.com/open/v1/project/inbox/members', {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    const members = await readAnswer(response);
    expect(members.json).toEqual([{ username: 'bob@example.com', displayName: 'bob', self: true }]);
  });
});
