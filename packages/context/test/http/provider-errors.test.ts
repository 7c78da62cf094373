import { AuthorizationError, describeForUser } from '@context-sdk/context';
import { describe, expect, test } from 'vitest';
import { HOST, startHost } from '../support/start-host.ts';

/** A sign-in at Google that comes back with an error in place of a code. */
async function comeBackWith(error: string) {
  const host = startHost({ sandbox: { google: { consent: 'click' } } });
  const ada = host.browser('ada');
  const begun = await ada.ask('/auth/google/authorize?returnTo=/settings');
  const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const response = await ada.ask(`/auth/google/callback?${new URLSearchParams({ error, state })}`);
  return { ...host, ada, response };
}

describe('a provider that sends the user back with an error', () => {
  test.for(['access_denied', 'user_cancelled', ''])('%j is the user’s own answer', async (error) => {
    const { response, errors } = await comeBackWith(error);
    expect(response.headers.get('location')).toBe(`${HOST}/settings?google=denied`);
    expect(errors).toEqual([]);
  });

  // RFC 6749 §4.1.2.1
  test.for([
    'server_error',
    'temporarily_unavailable',
    'invalid_request',
    'invalid_scope',
    'unauthorized_client',
    'unsupported_response_type',
    'redirect_uri_mismatch',
    'admin_policy_enforced',
  ])('%s is none: the host hears of it, and the user is not told that they refused', async (error) => {
    const { response, errors, ada, context } = await comeBackWith(error);
    expect(response.headers.get('location')).toBeNull();
    expect(response.status).toBe(400);
    expect(errors).toMatchObject([{ name: 'AuthorizationError', reason: 'denied', providerCode: error }]);
    expect(errors[0]).toBeInstanceOf(AuthorizationError);
    expect(await response.text()).not.toMatch(/not grant access|not allow/);
    expect(describeForUser(errors[0]).text).toBe('Signing in to Google was not completed. Begin again.');
    expect(ada.setCookies.at(-1)).toMatch(/^sign-in-.*Max-Age=0/);
    expect((await context.user('ada').connections.get('google')).reason).toBe('never-connected');
  });
});
