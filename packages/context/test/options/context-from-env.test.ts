import { contextFromEnv } from '@context-sdk/context';
import { ConfigurationError } from '@context-sdk/oauth-core';
import { describe, expect, test } from 'vitest';

const PAT = 'a'.repeat(52);

/** The guide's `.env`. */
const GUIDE = {
  TICKTICK_CLIENT_ID: 'your_client_id',
  TICKTICK_CLIENT_SECRET: 'canary-ticktick-secret',
  TICKTICK_REDIRECT_URI: 'http://localhost:8000/auth/ticktick/callback',
  GOOGLE_CLIENT_ID: 'your_google_client_id',
  GOOGLE_CLIENT_SECRET: 'canary-google-secret',
  GOOGLE_REDIRECT_URI: 'http://localhost:8000/auth/google/callback',
  AZURE_DEVOPS_ORG_URL: 'https://dev.azure.com/your-org',
  AZURE_DEVOPS_PAT: PAT,
  AZURE_DEVOPS_PROJECT: 'YourProjectName',
  BACKEND_URL: 'http://localhost:8000',
  FRONTEND_URL: 'http://localhost:3000',
};

function problemsOf(environment: Record<string, string | undefined>): string {
  try {
    contextFromEnv(environment);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
}

describe('contextFromEnv', () => {
  test('the guide’s variables make a context of three providers', async () => {
    const { connections } = contextFromEnv(GUIDE).user('ada');
    expect((await connections.list()).map(({ provider }) => provider)).toEqual([
      'ticktick',
      'google',
      'azure-devops',
    ]);
  });

  test('the token of the environment is nobody’s unless it is shared', async () => {
    const own = contextFromEnv(GUIDE).user('ada');
    expect((await own.connections.get('azure-devops')).reason).toBe('never-connected');
    const shared = contextFromEnv(GUIDE, { providers: { azureDevOps: { shared: true } } }).user('ada');
    expect(await shared.connections.get('azure-devops')).toMatchObject({
      state: 'connected',
      kind: 'shared',
    });
    expect((await shared.azureDevOps()).organizationUrl).toBe('https://dev.azure.com/your-org');
  });

  test('plain http elsewhere than on this machine is named with its variable, beside all others', () => {
    const message = problemsOf({
      ...GUIDE,
      TICKTICK_REDIRECT_URI: 'http://canary.example/auth/ticktick/callback',
      AZURE_DEVOPS_CLIENT_ID: 'app',
      AZURE_DEVOPS_CLIENT_SECRET: 'secret',
      AZURE_DEVOPS_PAT: undefined,
      AZURE_DEVOPS_REDIRECT_URI: 'http://canary.example/auth/azure-devops/callback',
      BACKEND_URL: 'http://canary.example',
      FRONTEND_URL: 'http://canary.example',
      GOOGLE_CLIENT_SECRET: '',
    });
    for (const name of [
      'BACKEND_URL',
      'FRONTEND_URL',
      'TICKTICK_REDIRECT_URI',
      'AZURE_DEVOPS_REDIRECT_URI',
    ]) {
      expect(message).toContain(`${name} must use https`);
    }
    expect(message).toContain('GOOGLE_CLIENT_SECRET is missing');
    expect(message).not.toContain('canary');
  });

  test('a provider of which nothing is said is not there', async () => {
    const { BACKEND_URL, AZURE_DEVOPS_ORG_URL } = GUIDE;
    const context = contextFromEnv({
      BACKEND_URL,
      AZURE_DEVOPS_ORG_URL,
      GOOGLE_CLIENT_ID: ' ',
      TICKTICK_CLIENT_ID: '',
    });
    expect((await context.user('ada').connections.list()).map(({ provider }) => provider)).toEqual([
      'azure-devops',
    ]);
    await expect(async () => context.user('ada').ticktick).rejects.toThrow('providers.ticktick is missing');
  });

  test('everything that is wrong is told at once, and no value', () => {
    const message = problemsOf({
      ...GUIDE,
      TICKTICK_CLIENT_SECRET: '',
      GOOGLE_REDIRECT_URI: 'canary-not-a-url',
      GMAIL_PUBSUB_TOPIC: 'projects/p/topics/t',
      AZURE_DEVOPS_PAT: 'canary-not-a-pat',
      AZURE_DEVOPS_ORG_URL: 'https://evil.example/canary',
      AZURE_DEVOPS_TENANT: 'common',
      BACKEND_URL: undefined,
    });
    for (const name of [
      'TICKTICK_CLIENT_SECRET is missing',
      'GOOGLE_REDIRECT_URI is not an http or https URL',
      'GMAIL_PUSH_SERVICE_ACCOUNT is missing',
      'AZURE_DEVOPS_PAT: ',
      'AZURE_DEVOPS_ORG_URL: ',
      'AZURE_DEVOPS_CLIENT_ID is missing',
      'BACKEND_URL is missing',
    ]) {
      expect(message).toContain(name);
    }
    expect(message).not.toContain('canary');
    expect(problemsOf({ BACKEND_URL: 'https://host.example' })).toContain('providers is empty');
    expect(problemsOf({ ...GUIDE, BACKEND_URL: 'http://host.example' })).toContain(
      'BACKEND_URL must use https',
    );
  });
});
