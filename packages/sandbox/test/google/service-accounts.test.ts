import { generateKeyPairSync } from 'node:crypto';
import { ConfigurationError } from '@context-sdk/oauth-core';
import { googleServiceAccount } from '@context-sdk/oauth-core/client-auth';
import { createSandbox } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import { JWT } from 'google-auth-library';
import { importPKCS8, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';

const SCOPE = 'https://www.googleapis.com/auth/calendar';
const EMAIL = 'robot@project.iam.gserviceaccount.com';
const rsa = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

function start() {
  const account = { email: EMAIL, publicKeys: [rsa.publicKey], delegatedScopes: [SCOPE] };
  return createSandbox({ seed: 'empty', google: { serviceAccounts: [account] } });
}

async function summaryOf(send: typeof fetch, token: string): Promise<string> {
  const url = 'https://www.googleapis.com/calendar/v3/calendars/primary';
  const response = await send(url, { headers: { authorization: `Bearer ${token}` } });
  return ((await response.json()) as { id: string }).id;
}

describe('16.29: service accounts of the sandbox', () => {
  test.each([
    ['as itself', undefined, EMAIL],
    ['as a user of the Workspace', 'grace@example.com', 'grace@example.com'],
  ])('ours, %s', async (_case, subject, expected) => {
    const sandbox = start();
    const source = googleServiceAccount({
      email: EMAIL,
      key: rsa.privateKey,
      scopes: [SCOPE],
      subject,
      fetch: sandbox.fetch,
    });
    expect(await summaryOf(sandbox.fetch, await source.getAccessToken())).toBe(expected);
  });

  test('google-auth-library gets a token', async () => {
    const sandbox = start();
    const client = new JWT({
      email: EMAIL,
      key: rsa.privateKey,
      scopes: [SCOPE],
      subject: 'ada@example.com',
    });
    client.transporter.defaults.fetchImplementation = sandbox.fetch;
    const { token } = await client.getAccessToken();
    expect(await summaryOf(sandbox.fetch, token ?? '')).toBe('ada@example.com');
  });

  const now = Math.floor(Date.now() / 1000);
  const good = {
    iss: EMAIL,
    aud: 'https://oauth2.googleapis.com/token',
    scope: SCOPE,
    iat: now,
    exp: now + 60,
  };
  test.each([
    [
      'of an account that does not exist',
      { iss: 'nobody@project.iam.gserviceaccount.com' },
      'account not found',
    ],
    ['for another audience', { aud: 'https://host.example' }, 'Failed audience check'],
    ['that lives for two hours', { exp: now + 7200 }, 'short-lived'],
    ['that has ended', { iat: now - 4000, exp: now - 3000 }, 'short-lived'],
    ['without scopes', { scope: '' }, 'Some requested scopes'],
    ['in the name of nobody', { sub: 'nobody@example.com' }, 'Invalid email'],
    [
      'for scopes that nobody delegated',
      { sub: 'ada@example.com', scope: 'https://mail.google.com/' },
      'unauthorized',
    ],
  ])('an assertion %s is refused', async (_case, claims, words) => {
    const key = await importPKCS8(rsa.privateKey, 'RS256');
    const assertion = await new SignJWT({ ...good, ...claims })
      .setProtectedHeader({ alg: 'RS256' })
      .sign(key);
    const response = await start().fetch('https://oauth2.googleapis.com/token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(words);
  });

  test('another key is refused, as the host’s fault, and no error shows the assertion', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const source = googleServiceAccount({
      email: EMAIL,
      key: other.export({ type: 'pkcs8', format: 'pem' }).toString(),
      scopes: [SCOPE],
      fetch: start().fetch,
    });
    const error = await failure(source.getAccessToken());
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain('Invalid JWT Signature');
    expect(String(error)).not.toMatch(/eyJ/);
  });
});
