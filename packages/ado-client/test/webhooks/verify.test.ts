import { adoWebhookResponse, verifyAdoWebhook, type WebhookHeaders } from '@context-sdk/ado-client';
import {
  ConfigurationError,
  NetworkError,
  WebhookParseError,
  WebhookVerificationError,
} from '@context-sdk/oauth-core';
import { describe, expect, test } from 'vitest';

const BASIC_AUTH = { username: 'ado', password: 'pässword:1' };
const HEADER = { name: 'X-Secret', value: 's3cret' };
const bytes = new TextEncoder().encode('ado:pässword:1');
const authorization = `Basic ${btoa(String.fromCharCode(...bytes))}`;
const good = { Authorization: authorization, 'x-secret': 's3cret' };

function forms(headers: Record<string, string>): WebhookHeaders[] {
  return [headers, new Headers(headers), new Request('https://a.example', { headers })];
}

describe('a delivery', () => {
  test('with its secrets passes, however its headers come', async () => {
    for (const from of forms(good)) {
      await verifyAdoWebhook(from, { basicAuth: BASIC_AUTH });
      await verifyAdoWebhook(from, { header: HEADER });
      await verifyAdoWebhook(from, { basicAuth: BASIC_AUTH, header: HEADER });
    }
  });

  test.each([
    ['nothing', {}],
    ['another password', { ...good, Authorization: `Basic ${btoa('ado:x')}` }],
    ['another scheme', { ...good, Authorization: authorization.replace('Basic', 'Bearer') }],
    ['another header', { ...good, 'x-secret': 's3cret2' }],
    ['an empty header', { ...good, 'x-secret': '' }],
    ['a no-break space behind the password', { ...good, Authorization: `${authorization}\u00a0` }],
    [
      'a no-break space before the password',
      { ...good, Authorization: authorization.replace(' ', ' \u00a0') },
    ],
  ])('with %s does not', async (_what, headers) => {
    for (const from of forms(headers)) {
      await expect(verifyAdoWebhook(from, { basicAuth: BASIC_AUTH, header: HEADER })).rejects.toThrow(
        WebhookVerificationError,
      );
    }
  });

  test.each([{}, { header: { name: 'X', value: '' } }, { basicAuth: { username: 'a', password: '' } }])(
    'proves nothing by %j',
    async (secrets) => {
      await expect(verifyAdoWebhook(good, secrets)).rejects.toThrow(ConfigurationError);
    },
  );

  test.each([
    { username: 'ado', password: undefined },
    { username: 'ado', password: null },
    { username: undefined, password: 'x' },
  ])('is not proven by the word for a secret that is not set: %j', async ({ username, password }) => {
    const Authorization = `Basic ${btoa(`${username}:${password}`)}`;
    const basicAuth = { username, password } as { username: string; password: string };
    await expect(verifyAdoWebhook({ Authorization }, { basicAuth })).rejects.toThrow(ConfigurationError);
  });

  test('is not proven by a header without a name', async () => {
    const header = { name: undefined, value: 'x' } as unknown as { name: string; value: string };
    await expect(verifyAdoWebhook({ undefined: 'x' }, { header })).rejects.toThrow(ConfigurationError);
  });
});

test.each([
  [undefined, 204],
  [new WebhookParseError('x'), 204],
  [new WebhookVerificationError('x'), 401],
  [new NetworkError('x', { sent: true }), 503],
  ['anything', 503],
])('the answer to %s is %i, and never 410 or 500', (error, status) => {
  expect(adoWebhookResponse(error).status).toBe(status);
});
