import {
  clientCredentials,
  type ClientCredentialsOptions,
  ConfigurationError,
  GrantChangedError,
  staticToken,
} from '@context-sdk/oauth-core';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const later = (ms: number): unknown => vi.setSystemTime(Date.now() + ms);
const REQUIRED = { provider: ticktick, clientId: 'app-1', clientSecret: 'secret' };

/** An app whose token endpoint counts its requests. */
function app(fields: object = { expires_in: 3600 }, options: Partial<ClientCredentialsOptions> = {}) {
  const requests: URLSearchParams[] = [];
  const state = { isDown: false };
  const fetch = async (_input: unknown, init?: RequestInit): Promise<Response> => {
    requests.push(new URLSearchParams(String(init?.body)));
    if (state.isDown) return new Response('', { status: 503 });
    return Response.json({ access_token: `token-${requests.length}`, token_type: 'Bearer', ...fields });
  };
  return { requests, state, source: clientCredentials({ ...REQUIRED, fetch, ...options }) };
}

describe('14: the token of an app', () => {
  test.each([
    { lifetime: 3600, early: 120 },
    { lifetime: 60, early: 12 },
  ])('of $lifetime s is kept until $early s before its end', async ({ lifetime, early }) => {
    const { source, state, requests } = app({ expires_in: lifetime });
    expect(await source.getAccessToken()).toBe('token-1');
    later((lifetime - early) * 1000 - 1);
    expect(await source.getAccessToken()).toBe('token-1');
    expect(requests).toHaveLength(1);
    state.isDown = true;
    later(1);
    expect(await source.getAccessToken()).toBe('token-1');
    expect(requests).toHaveLength(2);
    later(early * 1000 - 1);
    expect(source.current?.()).toBe('token-1');
    later(1);
    expect(source.current?.()).toBeUndefined();
    state.isDown = false;
    expect(await source.getAccessToken()).toBe('token-3');
  });

  test('without a lifetime is kept until it is rejected', async () => {
    const { source } = app({});
    await source.getAccessToken();
    later(365 * 24 * 3_600_000);
    expect(await source.getAccessToken()).toBe('token-1');
    expect(await source.getAccessToken({ rejected: 'of another app' })).toBe('token-1');
    expect(await source.getAccessToken({ rejected: 'token-1' })).toBe('token-2');
  });

  test('that is rejected is not used while its provider is away', async () => {
    const { source, state } = app();
    await source.getAccessToken();
    state.isDown = true;
    const options = { rejected: 'token-1' };
    expect(await failure(source.getAccessToken(options))).toMatchObject({ code: 'service_unavailable' });
  });

  test('is no answer to a call that was aborted', async () => {
    const { source, requests } = app();
    const aborted = AbortSignal.abort(new Error('enough'));
    expect(await failure(source.getAccessToken({ signal: aborted }))).toMatchObject({ message: 'enough' });
    expect(requests).toHaveLength(0);
    await source.getAccessToken();
    expect(await failure(source.getAccessToken({ signal: aborted }))).toMatchObject({ message: 'enough' });
    later(3_500_000);
    const controller = new AbortController();
    const call = failure(source.getAccessToken({ signal: controller.signal }));
    controller.abort(new Error('too late'));
    expect(await call).toMatchObject({ message: 'too late' });
  });

  test('is asked for with its scopes, and counts for its client id', async () => {
    const provider = { ...ticktick, applicationScopes: ['app:read', 'app:write'] };
    for (const [options, scope] of [
      [{}, ticktick.defaultScopes.join(' ')],
      [{ provider }, 'app:read app:write'],
      [{ provider, scopes: ['mine'] }, 'mine'],
    ] as const) {
      const { source, requests } = app({}, options);
      await source.getAccessToken();
      expect(requests[0]?.get('scope')).toBe(scope);
      expect(source.account).toBe('app-1');
    }
  });

  test.each<[object, string]>([
    [{ clientId: '' }, 'clientId is empty'],
    [{ clientSecret: undefined }, 'clientSecret is empty'],
    [{ clientAssertion: () => 'jwt' }, 'exclude each other'],
    [{ provider: undefined }, 'provider'],
    [{ scope: ['mine'] }, 'scope'],
  ])('is not asked for with options such as %o', (options, message) => {
    expect(() => clientCredentials({ ...REQUIRED, ...options })).toThrow(ConfigurationError);
    expect(() => clientCredentials({ ...REQUIRED, ...options })).toThrow(message);
    expect(() => clientCredentials(undefined as never)).toThrow(ConfigurationError);
  });

  test('is not asked for by a call with misspelt options', async () => {
    const { source, requests } = app();
    const misspelt = { reject: 'token-1' } as never;
    expect(await failure(source.getAccessToken(misspelt))).toBeInstanceOf(ConfigurationError);
    expect(requests).toHaveLength(0);
  });
});

describe('14: a fixed token', () => {
  test('is given until it is rejected', async () => {
    const source = staticToken('fixed');
    expect(source.scheme).toBe('Bearer');
    expect(await source.getAccessToken()).toBe('fixed');
    expect(await source.getAccessToken({ rejected: 'another' })).toBe('fixed');
    expect(await failure(source.getAccessToken({ rejected: 'fixed' }))).toMatchObject({ reason: 'rejected' });
    expect(source.current?.()).toBe('fixed');
    expect(await source.getCredential?.({ grantId: 'any' })).toMatchObject({
      token: 'fixed',
      renewable: false,
    });
  });

  test('of a grant is for that grant alone', async () => {
    const source = staticToken('fixed', { grantId: 'mine', origin: 'https://dev.azure.com' });
    expect(source.current?.()).toBe('fixed');
    expect(source.current?.('mine')).toBe('fixed');
    expect(source.current?.('other')).toBeUndefined();
    const credential = { token: 'fixed', scheme: 'Bearer', grantId: 'mine', origin: 'https://dev.azure.com' };
    expect(await source.getCredential?.()).toEqual({ ...credential, renewable: false });
    expect(await source.getCredential?.({ grantId: 'mine' })).toMatchObject(credential);
    const other = source.getCredential?.({ grantId: 'other' }) ?? Promise.resolve();
    expect(await failure(other)).toBeInstanceOf(GrantChangedError);
  });

  test('is a token, and its options have no other names', () => {
    for (const token of ['', 'two words', 'line\n']) {
      expect(() => staticToken(token)).toThrow(ConfigurationError);
    }
    expect(() => staticToken('fixed', { grant: 'mine' } as never)).toThrow(ConfigurationError);
  });
});
