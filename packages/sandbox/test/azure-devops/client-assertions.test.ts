import { generateKeyPairSync } from 'node:crypto';
import { clientCredentials, ConfigurationError } from '@context-sdk/oauth-core';
import { privateKeyJwt } from '@context-sdk/oauth-core/client-auth';
import { microsoftEntra } from '@context-sdk/oauth-core/providers';
import { createSandbox } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import { importPKCS8, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';

const TENANT = '9f1c6d52-0b7e-4a83-8d24-c1e5a7f30b96';
const CLIENT_ID = '7f1d8b52-1c2e-4c7e-9d5b-5c2f3a000016';
const TOKEN_ENDPOINT = `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`;
const SCOPE = '499b84ac-1321-427f-aa17-267ca6975798/.default';
const rsa = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

function start() {
  const app = { clientId: CLIENT_ID, publicKeys: [rsa.publicKey], redirectUris: [] };
  return createSandbox({ seed: 'empty', azureDevOps: { apps: [app] } });
}

/** What the token endpoint answers an app that shows these fields. */
async function answered(fields: Record<string, string>): Promise<{ status: number; text: string }> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope: SCOPE, ...fields });
  const response = await start().fetch(TOKEN_ENDPOINT, { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}

const TYPE = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' };
const now = Math.floor(Date.now() / 1000);
const GOOD = { iss: CLIENT_ID, sub: CLIENT_ID, aud: TOKEN_ENDPOINT, exp: now + 60, nbf: now };

async function assertion(claims: Record<string, unknown> = {}): Promise<string> {
  const key = await importPKCS8(rsa.privateKey, 'PS256');
  return await new SignJWT({ ...GOOD, ...claims }).setProtectedHeader({ alg: 'PS256' }).sign(key);
}

describe('16.29: client assertions at the sandbox’s Entra ID', () => {
  test.each(['PS256', 'RS256'] as const)('ours, with %s', async (algorithm) => {
    const sandbox = start();
    const source = clientCredentials({
      provider: microsoftEntra(TENANT),
      clientId: CLIENT_ID,
      clientAssertion: privateKeyJwt({ key: rsa.privateKey, algorithm }),
      fetch: sandbox.fetch,
    });
    expect(await source.getAccessToken()).toMatch(/^eyJ/);
  });

  test('jose’s, also for the tenant’s issuer and without client_id', async () => {
    const forTenant = await assertion({ aud: `https://login.microsoftonline.com/${TENANT}/v2.0` });
    expect((await answered({ ...TYPE, client_assertion: forTenant })).status).toBe(200);
    const fields = { ...TYPE, client_id: CLIENT_ID, client_assertion: await assertion() };
    expect((await answered(fields)).status).toBe(200);
  });

  test.each([
    ['of another app', { sub: 'another' }, 'AADSTS700021'],
    ['for another audience', { aud: 'https://host.example' }, 'AADSTS700023'],
    ['that has ended', { exp: now - 400 }, 'AADSTS700024'],
    ['that begins tomorrow', { nbf: now + 86_400 }, 'AADSTS700024'],
  ])('an assertion %s is refused as invalid_client', async (_case, claims, code) => {
    const fields = { ...TYPE, client_id: CLIENT_ID, client_assertion: await assertion(claims) };
    const { status, text } = await answered(fields);
    expect(status).toBe(401);
    expect(text).toContain('invalid_client');
    expect(text).toContain(code);
  });

  test('without proof, malformed, or of no type', async () => {
    const app = { client_id: CLIENT_ID };
    expect((await answered(app)).text).toContain('AADSTS7000218');
    expect((await answered({ ...app, ...TYPE, client_assertion: 'a.b.c' })).text).toContain('AADSTS50027');
    expect((await answered({ ...app, client_assertion: await assertion() })).text).toContain('AADSTS900144');
  });

  test('a key that is not registered is the host’s fault, and no error shows the assertion', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const source = clientCredentials({
      provider: microsoftEntra(TENANT),
      clientId: CLIENT_ID,
      clientAssertion: privateKeyJwt({ key: other.export({ type: 'pkcs8', format: 'pem' }).toString() }),
      fetch: start().fetch,
    });
    const error = await failure(source.getAccessToken());
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain('AADSTS700027');
    expect(String(error)).not.toMatch(/eyJ/);
  });
});
