import { inspect } from 'node:util';
import { OAuthClient } from '@context-sdk/oauth-core';
import { google, microsoftEntra, type OAuthProvider, ticktick } from '@context-sdk/oauth-core/providers';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';

const REDIRECT_URI = 'https://app.example.com/callback';

/** Signs in at a token endpoint that gives this answer. */
async function signIn(status: number, body: object, provider: OAuthProvider = ticktick) {
  const client = new OAuthClient({
    provider,
    clientId: 'id',
    clientSecret: 'very-secret',
    redirectUri: REDIRECT_URI,
    fetch: async () => Response.json(body, { status }),
  });
  // Without openid, no provider owes an id_token.
  const { transaction } = await client.beginAuthorization({ scopes: ['asked'] });
  const callback = `${REDIRECT_URI}?code=the-code&state=${transaction.state}`;
  return await client.completeAuthorization(callback, transaction);
}

test.each([
  ['Redirect URI mismatch.', 'Check redirectUri.'],
  ['The redirect_uri does not match', 'Check redirectUri.'],
  ['Invalid authorization code', ''],
])('18.12: the service’s words are kept: %s', async (description, advice) => {
  const error = await failure(signIn(400, { error: 'invalid_grant', error_description: description }));
  expect(error).toMatchObject({ reason: 'exchange-refused', providerCode: 'invalid_grant' });
  expect(inspect(error)).toContain(description.replace(/\.$/, ''));
  expect(inspect(error).includes('Check redirectUri.')).toBe(advice !== '');
});

test('18.12: but not its echo of the request', async () => {
  const words = 'the-code of very-secret is not valid';
  const error = await failure(signIn(400, { error: 'invalid_grant', error_description: words }));
  expect(inspect(error)).not.toMatch(/the-code|very-secret/);
});

test.each([
  ['tasks:read,tasks:write', ['tasks:read', 'tasks:write']],
  ['tasks:read, tasks:write', ['tasks:read', 'tasks:write']],
  ['tasks:write  tasks:read', ['tasks:write', 'tasks:read']],
  [['tasks:read'], ['tasks:read']],
])('18.12: the scope %j is %j', async (scope, scopes) => {
  expect((await signIn(200, { access_token: 'token', scope })).scopes).toEqual(scopes);
});

test.each([
  ['comma', 'one,two'],
  ['comma and space', 'one, two'],
  ['tab', 'one\ttwo'],
  ['end of a line', ' one\n two '],
  ['list', ['one', 'two']],
])('18.12: scopes separated by a %s are several, at each provider', async (_name, scope) => {
  for (const provider of [ticktick, google, microsoftEntra()]) {
    const { scopes } = await signIn(200, { access_token: 'token', token_type: 'Bearer', scope }, provider);
    expect(scopes).toEqual(['one', 'two']);
  }
});

test.each([[''], [' '], [[]], [null], [undefined]])('18.12: the scope %j says nothing', async (scope) => {
  const { scopes } = await signIn(200, { access_token: 'token', scope });
  expect(scopes).toEqual(['asked']);
});

test.each([
  ['TickTick’s API', { errorCode: 'invalid_client_id', errorMessage: 'No such application.' }],
  ['Google’s APIs', { error: { status: 'INVALID_ARGUMENT', message: 'No such application.' } }],
  ['RFC 6749', { error: 'invalid_request', error_description: 'No such application.' }],
])('18.12: the words of a refusal in the form of %s are kept', async (_name, body) => {
  for (const status of [400, 403, 500]) {
    expect(await failure(signIn(status, body))).toMatchObject({
      message: expect.stringContaining('No such application.'),
    });
  }
});

test.each([
  ['redirect_uri_mismatch', 'redirectUri'],
  ['deleted_client', 'clientId'],
])('18.12: of %s, the setting is named', async (error, setting) => {
  expect(await failure(signIn(400, { error }, google))).toMatchObject({
    code: 'configuration',
    message: expect.stringContaining(`Check ${setting}.`),
  });
});

test('16.23: what looks like a token in the place of an error code is not shown', async () => {
  const fresh = 'ya29.canary0123456789abcdefghijkl';
  const error = await failure(signIn(400, { error: fresh, error_description: 'Try again.' }));
  expect(inspect(error, { showHidden: true })).not.toContain('canary');
  expect(String(error)).toContain('Try again.');
});
