import { readAdoEnvironment } from '@context-sdk/ado-client/environment';
import { ConfigurationError } from '@context-sdk/oauth-core';
import { expect, test } from 'vitest';
import { PAT } from '../support/answering.ts';

const GUIDE = {
  AZURE_DEVOPS_ORG_URL: 'https://dev.azure.com/acme',
  AZURE_DEVOPS_PAT: PAT,
  AZURE_DEVOPS_PROJECT: 'Website',
};
const APP = {
  AZURE_DEVOPS_ORG_URL: 'https://acme.visualstudio.com/',
  AZURE_DEVOPS_CLIENT_ID: 'id',
  AZURE_DEVOPS_CLIENT_SECRET: 'secret',
  AZURE_DEVOPS_TENANT: 'contoso.example',
  AZURE_DEVOPS_REDIRECT_URI: 'http://localhost:8000/auth/azure-devops/callback',
};

test("the guide's variables", async () => {
  const { organizationUrl, project, auth, oauth } = readAdoEnvironment(GUIDE);
  expect([organizationUrl, project, oauth]).toEqual(['https://dev.azure.com/acme', 'Website', undefined]);
  expect(await auth?.getAccessToken()).toBe(btoa(`:${PAT}`));
});

test('those of an app', () => {
  const { auth, oauth, organizationUrl } = readAdoEnvironment(APP);
  expect([auth, organizationUrl]).toEqual([undefined, 'https://dev.azure.com/acme']);
  expect(oauth).toMatchObject({ clientId: 'id', clientSecret: 'secret', provider: { id: 'azure-devops' } });
  expect(oauth?.provider.tokenEndpoint).toContain('/contoso.example/');
});

test('all that is wrong is named at once, and no value', () => {
  const wrong = {
    ...APP,
    AZURE_DEVOPS_ORG_URL: 'secret.example',
    AZURE_DEVOPS_PAT: 'secret',
    AZURE_DEVOPS_TENANT: 'common',
  };
  const read = (): unknown => readAdoEnvironment({ ...wrong, AZURE_DEVOPS_REDIRECT_URI: undefined });
  expect(read).toThrow(ConfigurationError);
  for (const name of ['ORG_URL', 'PAT', 'TENANT', 'REDIRECT_URI'])
    expect(read).toThrow(`AZURE_DEVOPS_${name}`);
  expect(read).not.toThrow(/secret/);
});

test('an app without its id', () => {
  const read = (): unknown => readAdoEnvironment({ ...APP, AZURE_DEVOPS_CLIENT_ID: undefined });
  expect(read).toThrow('AZURE_DEVOPS_CLIENT_ID is missing');
});

test('nothing at all', () => {
  expect(() => readAdoEnvironment({})).toThrow('AZURE_DEVOPS_ORG_URL is missing');
});
