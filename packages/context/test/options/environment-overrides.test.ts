import { ConfigurationError, contextFromEnv, type EnvironmentOverrides } from '@context-sdk/context';
import { describe, expect, test } from 'vitest';

const BACKEND_URL = 'http://localhost:8000';
const GOOGLE = { clientId: 'id', clientSecret: 'secret' };

async function providersOf(
  environment: Record<string, string>,
  overrides: EnvironmentOverrides,
): Promise<string[]> {
  const { connections } = contextFromEnv(environment, overrides).user('ada');
  return (await connections.list()).map(({ provider }) => provider);
}

describe('15.5: overrides are merged before anything is checked', () => {
  test('a provider can come from the overrides alone', async () => {
    expect(await providersOf({ BACKEND_URL }, { providers: { google: GOOGLE } })).toEqual(['google']);
    expect(await providersOf({ BACKEND_URL }, { providers: { ticktick: {} } })).toEqual(['ticktick']);
    const azureDevOps = { organizationUrl: 'https://dev.azure.com/acme' };
    expect(await providersOf({ BACKEND_URL }, { providers: { azureDevOps } })).toEqual(['azure-devops']);
    expect(await providersOf({}, { baseUrl: BACKEND_URL, providers: { google: GOOGLE } })).toEqual([
      'google',
    ]);
  });

  test('an override stands for a missing or malformed variable', async () => {
    const { clientId, clientSecret } = GOOGLE;
    const environment = { BACKEND_URL, GOOGLE_CLIENT_ID: clientId, GOOGLE_REDIRECT_URI: 'not a URL' };
    const redirectUri = `${BACKEND_URL}/auth/google/callback`;
    expect(await providersOf(environment, { providers: { google: { clientSecret, redirectUri } } })).toEqual([
      'google',
    ]);
    const topic = { ...environment, GMAIL_PUBSUB_TOPIC: 'projects/p/topics/t' };
    const google = { clientSecret, redirectUri, pushServiceAccount: 'push@p.iam.gserviceaccount.com' };
    expect(await providersOf(topic, { providers: { google } })).toEqual(['google']);
    const overrides = { baseUrl: BACKEND_URL, providers: { google } };
    expect(await providersOf({ ...topic, BACKEND_URL: 'not a URL' }, overrides)).toEqual(['google']);
  });

  test('an organization of the environment may be on a host of the overrides', async () => {
    const environment = { BACKEND_URL, AZURE_DEVOPS_ORG_URL: 'https://ado.acme.example/acme' };
    expect(() => contextFromEnv(environment)).toThrow('AZURE_DEVOPS_ORG_URL');
    const azureDevOps = { allowedHosts: ['ado.acme.example'], shared: true, token: 'a'.repeat(52) };
    const user = contextFromEnv(environment, { providers: { azureDevOps } }).user('ada');
    expect((await user.azureDevOps()).organizationUrl).toBe('https://ado.acme.example/acme');
  });

  test('21: an organization of the environment may be on a server without TLS, if the overrides allow it', async () => {
    const environment = { BACKEND_URL, AZURE_DEVOPS_ORG_URL: 'http://tfs.acme.example/tfs/Main' };
    const azureDevOps = { allowedHosts: ['tfs.acme.example'], shared: true, token: 'a'.repeat(52) };
    expect(() => contextFromEnv(environment, { providers: { azureDevOps } })).toThrow('https');
    const allowing = { providers: { azureDevOps: { ...azureDevOps, allowHttp: true } } };
    const client = await contextFromEnv(environment, allowing).user('ada').azureDevOps();
    expect(client.organizationUrl).toBe('http://tfs.acme.example/tfs/Main');
  });

  test.for([
    { baseUrl: undefined, frontendUrl: undefined, store: undefined },
    { baseUrl: null, frontendUrl: null, store: null, providers: null },
    { providers: { ticktick: undefined, google: null } },
    { providers: { ticktick: { clientId: undefined }, google: { clientSecret: null, scopes: undefined } } },
  ])('undefined and null leave the environment’s value: %j', async (overrides) => {
    const environment = {
      BACKEND_URL,
      FRONTEND_URL: 'http://localhost:3000',
      TICKTICK_CLIENT_ID: 'id',
      TICKTICK_CLIENT_SECRET: 'secret',
      GOOGLE_CLIENT_ID: 'google-id',
      GOOGLE_CLIENT_SECRET: 'secret',
    };
    const handler = contextFromEnv(environment, overrides as object).createHandler({
      getUserId: () => 'ada',
    });
    const returnTo = encodeURIComponent('http://localhost:3000/day');
    const url = `${BACKEND_URL}/auth/google/authorize?returnTo=${returnTo}`;
    const { status, headers } = await handler(new Request(url));
    expect(status).toBe(302);
    expect(new URL(headers.get('location') ?? '').searchParams.get('client_id')).toBe('google-id');
  });

  test('variables of other programs configure nothing', async () => {
    const others = {
      GOOGLE_APPLICATION_CREDENTIALS: '/key.json',
      GOOGLE_CLOUD_PROJECT: 'acme',
      AZURE_DEVOPS_EXT_PAT: 'canary',
      GMAIL_USER: 'ada',
      TICKTICK_USERNAME: 'ada',
    };
    const app = { TICKTICK_CLIENT_ID: 'id', TICKTICK_CLIENT_SECRET: 'secret' };
    expect(await providersOf({ BACKEND_URL, ...others, ...app }, {})).toEqual(['ticktick']);
  });

  test('a provider that does not exist is named', () => {
    const providers = { gogle: {} } as EnvironmentOverrides['providers'];
    expect(() => contextFromEnv({ BACKEND_URL }, { providers })).toThrow('providers.gogle is not an option');
  });

  test('what is still missing, or wrong in an override, is named', () => {
    const problemOf = (environment: Record<string, string>, overrides: EnvironmentOverrides): string => {
      try {
        contextFromEnv(environment, overrides);
        return '';
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationError);
        return (error as Error).message;
      }
    };
    const scopes = ['openid'];
    expect(problemOf({ BACKEND_URL }, { providers: { google: { scopes } } })).toBe(
      'providers.google.clientId is missing.',
    );
    expect(
      problemOf({ BACKEND_URL, GOOGLE_CLIENT_ID: 'id' }, { providers: { google: { scopes } } }),
    ).toContain('GOOGLE_CLIENT_SECRET is missing');
    const environment = { BACKEND_URL, AZURE_DEVOPS_ORG_URL: 'https://dev.azure.com/acme' };
    const azureDevOps = { organizationUrl: 'https://evil.example/acme' };
    expect(problemOf(environment, { providers: { azureDevOps } })).toContain('AZURE_DEVOPS_ORG_URL');
  });
});
