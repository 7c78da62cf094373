import { fromTokenCredential } from '@context-sdk/ado-client';
import { ConfigurationError } from '@context-sdk/oauth-core/errors';
import { failure } from '@context-sdk/test-support';
import { afterEach, expect, test, vi } from 'vitest';
import { clientOf, ITEM } from '../support/answering.ts';

afterEach(() => void vi.useRealTimers());

const lasting = (token: string, ms = 3_600_000) => ({ token, expiresOnTimestamp: Date.now() + ms });

test('21: a credential is asked once for many calls, and again before its token ends', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const getToken = vi.fn(async (_scopes: string | string[]) =>
    lasting(`token-${getToken.mock.calls.length}`),
  );
  const { client, requests } = clientOf(() => ITEM, { auth: fromTokenCredential({ getToken }) });
  await Promise.all([1, 2, 3].map((id) => client.workItems.get(id)));
  expect(getToken.mock.calls).toEqual([['499b84ac-1321-427f-aa17-267ca6975798/.default']]);
  vi.setSystemTime(Date.now() + 3_400_000);
  await client.workItems.get(4);
  expect(requests.at(-1)?.headers.get('authorization')).toBe('Bearer token-2');
});

test('21: a refused token is replaced once; the same again is the end', async () => {
  let count = 0;
  const renewing = fromTokenCredential({ getToken: async () => lasting(`token-${(count += 1)}`) });
  const { client } = clientOf(
    ({ headers }) =>
      headers.get('authorization') === 'Bearer token-2' ? ITEM : new Response('', { status: 401 }),
    { auth: renewing },
  );
  expect(await client.workItems.get(1)).toEqual(ITEM);
  const stubborn = fromTokenCredential({ getToken: async () => lasting('token') });
  const refused = clientOf(() => new Response('', { status: 401 }), { auth: stubborn });
  await expect(refused.client.workItems.get(1)).rejects.toMatchObject({ reason: 'rejected' });
  expect(refused.requests).toHaveLength(1);
});

test.each([
  ['no token', async () => null],
  [
    'an error',
    async () => {
      throw new Error('client_secret=hidden');
    },
  ],
  [
    'an error at once',
    () => {
      throw new Error('client_secret=hidden');
    },
  ],
  ['something else', async () => ({}) as never],
])('21: %s of a credential is told without what its library says', async (_what, getToken) => {
  const { client, requests } = clientOf(() => ITEM, { auth: fromTokenCredential({ getToken }) });
  const error = await failure(client.workItems.get(1));
  expect(error).toMatchObject({ code: 'reauthorization_required' });
  expect(String(error)).not.toContain('hidden');
  expect(requests).toHaveLength(0);
});

test.each([429, 500, 503])(
  '21: a service that answers the credential with %d is no end of it',
  async (statusCode) => {
    const getToken = async (): Promise<never> => {
      throw Object.assign(new Error('client_secret=hidden'), { name: 'AuthenticationError', statusCode });
    };
    const { client } = clientOf(() => ITEM, { auth: fromTokenCredential({ getToken }) });
    const error = await failure(client.workItems.get(1));
    expect(error).toMatchObject({ code: 'service_unavailable', retryable: true, status: statusCode });
    expect(String(error)).not.toContain('hidden');
  },
);

test('21: something else is refused', () => {
  expect(() => fromTokenCredential({} as never)).toThrow(ConfigurationError);
});
