import { inspect } from 'node:util';
import { AdoClient, type AdoRateLimit, personalAccessToken } from '@context-sdk/ado-client';
import {
  type AccessTokenSource,
  type ClockSkewEvent,
  ConfigurationError,
  type RateLimitEvent,
  staticToken,
} from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clientOf, ITEM, PAT } from '../support/answering.ts';

const auth = personalAccessToken(PAT);

describe('the organization', () => {
  test.each([
    ['https://dev.azure.com/acme', []],
    ['https://dev.azure.com/acme/', []],
    ['https://acme.visualstudio.com', []],
    ['https://Acme.visualstudio.com/DefaultCollection/', []],
    ['https://acme.visualstudio.com/', ['acme.visualstudio.com']],
    ['https://dev.azure.com/acme/', ['dev.azure.com', 'vssps.dev.azure.com']],
  ])('%s', (organizationUrl, allowedHosts) => {
    expect(new AdoClient({ organizationUrl, allowedHosts, auth }).organizationUrl).toBe(
      'https://dev.azure.com/acme',
    );
  });

  test.each(['https://tfs.acme.example/tfs/DefaultCollection', 'http://127.0.0.1:8080/acme'])(
    '%s where its host is allowed',
    (organizationUrl) => {
      const allowedHosts = [new URL(organizationUrl).hostname];
      expect(new AdoClient({ organizationUrl, allowedHosts, auth }).organizationUrl).toBe(organizationUrl);
      expect(() => new AdoClient({ organizationUrl, auth })).toThrow(ConfigurationError);
    },
  );

  test.each([
    ['no URL', 'acme'],
    ['a project in it', 'https://dev.azure.com/acme/Website'],
    ['no organization', 'https://dev.azure.com/'],
    ['no https', 'http://dev.azure.com/acme'],
    ['another host', 'https://dev.azure.com.evil.example/acme'],
    ['another host that ends alike', 'https://evilvisualstudio.com/acme'],
    ['credentials', 'https://a:b@dev.azure.com/acme'],
    ['a query', 'https://dev.azure.com/acme?x=1'],
  ])('not with %s', (_what, organizationUrl) => {
    expect(() => new AdoClient({ organizationUrl, auth })).toThrow(/organizationUrl/);
    expect(() => new AdoClient({ organizationUrl, auth })).toThrow(ConfigurationError);
    const allowedHosts = ['dev.azure.com'];
    expect(() => new AdoClient({ organizationUrl, allowedHosts, auth })).toThrow(/organizationUrl/);
  });
});

describe('credentials', () => {
  test('a bare text is refused: a token and a personal access token look alike', () => {
    const options = {
      organizationUrl: 'https://dev.azure.com/acme',
      auth: PAT as unknown as AccessTokenSource,
    };
    expect(() => new AdoClient(options)).toThrow(ConfigurationError);
  });

  test.each([PAT, `${'a'.repeat(76)}AZDO1234`])('a personal access token of either length', async (pat) => {
    const { client, requests } = clientOf(() => ITEM, { auth: personalAccessToken(pat) });
    await client.workItems.get(299);
    expect(requests[0]?.headers.get('authorization')).toBe(`Basic ${btoa(`:${pat}`)}`);
  });

  test.each(['', 'short', 'x'.repeat(84), `eyJ0eXAi.${'a'.repeat(60)}`])('not %s', (pat) => {
    expect(() => personalAccessToken(pat)).toThrow(ConfigurationError);
  });

  const signs: [string, () => Response][] = [
    ['203', () => new Response('<html>', { status: 203, headers: { 'content-type': 'text/html' } })],
    ['a page', () => new Response('<html>', { headers: { 'content-type': 'text/html; charset=utf-8' } })],
    [
      '302',
      () =>
        new Response(null, {
          status: 302,
          headers: { location: 'https://app.vssps.visualstudio.com/_signin?x' },
        }),
    ],
    [
      '302 to Entra',
      () => new Response(null, { status: 302, headers: { location: 'https://login.microsoftonline.com/x' } }),
    ],
    ['401', () => new Response('', { status: 401 })],
  ];

  test.each(signs)('%s costs one refresh and one repetition', async (_sign, refusal) => {
    const rejected: (string | undefined)[] = [];
    const source: AccessTokenSource = {
      async getAccessToken(options) {
        if (options?.rejected) rejected.push(options.rejected);
        return rejected.length === 0 ? 'old' : 'new';
      },
    };
    const { client, requests } = clientOf(
      ({ headers }) => (headers.get('authorization') === 'Bearer new' ? ITEM : refusal()),
      { auth: source },
    );
    expect(await client.workItems.update(299, { title: 'x' })).toEqual(ITEM);
    expect(rejected).toEqual(['old']);
    expect(requests).toHaveLength(2);
  });

  test.each(signs)('%s to a fresh token says what else may be wrong', async (_sign, refusal) => {
    let count = 0;
    const source: AccessTokenSource = { getAccessToken: async () => `token-${(count += 1)}` };
    const { client } = clientOf(() => refusal(), { auth: source });
    const error = await failure(client.workItems.get(1));
    expect(error).toMatchObject({ name: 'ReauthorizationRequiredError', reason: 'rejected' });
    expect(String(error)).toMatch(/tenant.*personal access token.*Third-party application access via OAuth/s);
  });

  test('a page that was asked for as a file is a file', async () => {
    const { client } = clientOf(() => new Response('<html>', { headers: { 'content-type': 'text/html' } }));
    const bytes = await client.attachments.download('77fda52e-ee95-4750-ac77-a6229507cfc7');
    expect(new TextDecoder().decode(bytes)).toBe('<html>');
  });
});

describe('limits', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_795_334_100_000 }));
  afterEach(() => void vi.useRealTimers());

  const headers = {
    'x-ratelimit-resource': 'Concurrency',
    'x-ratelimit-delay': '1.250',
    'x-ratelimit-limit': '200',
    'x-ratelimit-remaining': '12',
    'x-ratelimit-reset': '1795334400',
  };

  test('are told by the client and the hook', async () => {
    const seen: AdoRateLimit[] = [];
    const onRateLimitHeaders = (rateLimit: AdoRateLimit): never => {
      seen.push(rateLimit);
      throw new Error('nobody is hurt');
    };
    const { client } = clientOf(() => Response.json(ITEM, { headers }), { hooks: { onRateLimitHeaders } });
    expect(client.rateLimit).toBeUndefined();
    await client.workItems.get(299);
    expect(client.rateLimit).toEqual({
      resource: 'Concurrency',
      delayMs: 1250,
      limit: 200,
      remaining: 12,
      resetAt: 1_795_334_400_000,
      seenAt: expect.any(Number) as number,
    });
    expect(seen).toEqual([client.rateLimit]);
  });

  const MONTH_MS = 30 * 86_400_000;

  test.each([-MONTH_MS, -3_600_000, 0, 3_600_000, MONTH_MS])(
    '16.22: times are those of a machine that is %d ms ahead of the service',
    async (aheadMs) => {
      vi.setSystemTime(1_795_334_100_000 + aheadMs);
      const skews: number[] = [];
      const onClockSkew = ({ behindMs }: ClockSkewEvent): void => void skews.push(behindMs);
      const date = new Date(1_795_334_100_000).toUTCString();
      const told = { ...headers, date, 'retry-after': new Date(1_795_334_160_000).toUTCString() };
      const { client } = clientOf(() => Response.json(ITEM, { headers: told }), { hooks: { onClockSkew } });
      await client.workItems.get(299);
      expect(client.rateLimit).toMatchObject({
        resetAt: Date.now() + 300_000,
        retryAt: Date.now() + 60_000,
      });
      expect(skews).toEqual(aheadMs === 0 ? [] : [-aheadMs]);
    },
  );

  test.each([-MONTH_MS, MONTH_MS])(
    '16.22: a reset that makes no sense on a machine that is %d ms ahead is left out, and told',
    async (aheadMs) => {
      vi.setSystemTime(1_795_334_400_000 + aheadMs);
      const skews: ClockSkewEvent[] = [];
      const onClockSkew = (event: ClockSkewEvent): void => void skews.push(event);
      const { client } = clientOf(() => Response.json(ITEM, { headers }), { hooks: { onClockSkew } });
      await client.workItems.get(299);
      expect(client.rateLimit).not.toHaveProperty('resetAt');
      expect(skews).toEqual([{ witness: 'service', name: 'dev.azure.com', behindMs: -aheadMs }]);
    },
  );

  test('Retry-After on a success holds the next request, not this one', async () => {
    vi.useFakeTimers();
    try {
      const events: RateLimitEvent[] = [];
      const { client, requests } = clientOf(
        (_, index) => Response.json(ITEM, index === 0 ? { headers: { 'retry-after': '20' } } : {}),
        { hooks: { onRateLimit: (event) => void events.push(event) } },
      );
      await client.workItems.get(299);
      const second = client.workItems.get(299);
      await vi.advanceTimersByTimeAsync(19_000);
      expect(requests).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(2_000);
      await second;
      expect(requests).toHaveLength(2);
      expect(events[0]).toMatchObject({ reason: 'asked', ms: 20_000 });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('any other route', () => {
  test('goes the same way', async () => {
    const { client, requests } = clientOf(() => ({ ok: true }));
    const response = await client.fetch('_apis/connectionData?api-version=7.1-preview');
    expect(await response.json()).toEqual({ ok: true });
    expect(requests[0]?.url.href).toBe(
      'https://dev.azure.com/fabrikam/_apis/connectionData?api-version=7.1-preview',
    );
    expect(requests[0]?.headers.get('authorization')).toMatch(/^Basic /);
  });

  test.each(['../other/_apis', '%2e%2e/other'])('%s stays in the organization', async (path) => {
    const { client, requests } = clientOf(() => ({}));
    await expect(client.fetch(path)).rejects.toMatchObject({ code: 'invalid_request', field: 'path' });
    expect(requests).toHaveLength(0);
  });
});

test('nothing that can be seen shows a credential', async () => {
  const answers: (() => Response)[] = [
    ...[203, 302, 400, 401, 403, 404, 409, 412, 429, 500, 503].map(
      (status) => () =>
        Response.json(
          { message: `${PAT} ${btoa(`:${PAT}`)}`, typeKey: PAT },
          { status, headers: { 'retry-after': '0' } },
        ),
    ),
    () => new Response(PAT),
    () => Response.json([PAT]),
    () => {
      throw new TypeError(`fetch failed ${PAT}`);
    },
  ];
  for (const answer of answers) {
    const { client } = clientOf(answer, { retry: { attempts: 1 } });
    const outcomes = await client.workItems.createMany([{ project: 'p', type: 'Task', title: 'x' }]);
    for (const seen of [await failure(client.workItems.get(1)), outcomes, client, auth]) {
      const shown = [inspect(seen, { depth: 12, showHidden: true }), JSON.stringify(seen), String(seen)];
      if (seen instanceof Error) shown.push(seen.message, seen.stack ?? '');
      expect(shown.join('\n')).not.toContain(PAT);
      expect(shown.join('\n')).not.toContain(btoa(`:${PAT}`));
    }
  }
});

test('clients of one user in two organizations do not hold each other back', async () => {
  const keys: string[] = [];
  const rateLimiter = {
    run: <T>(key: string, dispatch: () => Promise<T>): Promise<T> => {
      keys.push(key);
      return dispatch();
    },
    pause: async (): Promise<void> => undefined,
  };
  const source = { ...staticToken('token'), account: 'user-1' };
  for (const name of ['one', 'two']) {
    const organizationUrl = `https://dev.azure.com/${name}`;
    await clientOf(() => ITEM, { organizationUrl, auth: source, rateLimiter }).client.workItems.get(1);
  }
  expect(new Set(keys).size).toBe(2);
});
