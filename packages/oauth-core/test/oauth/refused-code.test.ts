import { inspect } from 'node:util';
import { OAuthClient } from '@context-sdk/oauth-core';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';

const REDIRECT_URI = 'https://app.example.com/callback';

/** Signs in at a token endpoint that gives this answer. */
async function signIn(status: number, body: object) {
  const client = new OAuthClient({
    provider: ticktick,
    clientId: 'id',
    clientSecret: 'very-secret',
    redirectUri: REDIRECT_URI,
    fetch: async () => Response.json(body, { status }),
  });
  const { transaction } = await client.beginAuthorization();
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
