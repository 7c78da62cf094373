import { ConfigurationError, memoryStore, OAuthClient, TokenManager } from '@context-sdk/oauth-core';
import { createPipeline } from '@context-sdk/oauth-core/client-kit';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { failure } from '@context-sdk/test-support';
import { expect, test, vi } from 'vitest';

test('26: a client of google-auth-library, which gives an object, is told from a source of tokens', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>();
  const getAccessToken = async (): Promise<string> => ({ token: 'ya29.secret' }) as unknown as string;
  const send = createPipeline({
    service: 'google-calendar',
    auth: { account: 'ada', getAccessToken },
    origins: ['https://www.googleapis.com'],
    limits: [],
    fetch,
    classify: () => undefined,
  }).fetchFor({ operation: 'events.get', safety: 'safe' });
  const error = await failure(send('https://www.googleapis.com/calendar/v3/colors'));
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(String(error)).toMatch(/getAccessToken\(\).*google-auth-library/);
  expect(String(error)).not.toContain('ya29');
  expect(fetch).not.toHaveBeenCalled();
});

test('26: a token manager without the key of its record is refused', () => {
  const redirectUri = 'http://localhost:8000/cb';
  const client = new OAuthClient({ provider: ticktick, clientId: 'id', clientSecret: 'secret', redirectUri });
  for (const key of [undefined, ''])
    expect(() => new TokenManager({ client, store: memoryStore(), key: key as string })).toThrow(
      /^key is missing/,
    );
});

test('26: a redirect URI that is missing is told from one that is no URL', () => {
  const app = { provider: ticktick, clientId: 'id', clientSecret: 'secret' };
  expect(() => new OAuthClient({ ...app, redirectUri: undefined as unknown as string })).toThrow(
    /redirectUri is missing/,
  );
  expect(() => new OAuthClient({ ...app, redirectUri: 'callback' })).toThrow(/redirectUri is not a URL/);
});
