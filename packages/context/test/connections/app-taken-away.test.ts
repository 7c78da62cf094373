import { ReauthorizationRequiredError } from '@context-sdk/context';
import { expect, test } from 'vitest';
import { googleTokens, providersOf, startContext } from '../support/start-context.ts';

/** A user who signed in at Azure DevOps before the host took its OAuth app away: users bring personal access tokens now. */
async function signedInBefore() {
  const before = startContext();
  const { sandbox, store } = before;
  const tokens = {
    ...googleTokens(sandbox),
    accessToken: sandbox.azureDevOps.issuePat(),
    refreshToken: 'refresh-token-of-ada',
  };
  await before.context
    .user('ada')
    .connections.import('azure-devops', tokens, { account: { id: 'ada', displayName: 'Ada' } });
  const { azureDevOps } = providersOf(sandbox);
  const { context } = startContext({
    store,
    emulated: sandbox,
    providers: { azureDevOps: { organizationUrl: azureDevOps?.organizationUrl ?? '' } },
  });
  return { sandbox, store, user: context.user('ada') };
}

test('a sign-in of an app that the host has no more is not connected: its calls say so, too', async () => {
  const { user } = await signedInBefore();
  const azureDevOps = await user.azureDevOps();
  await expect(azureDevOps.projects.list().toArray()).rejects.toThrow(ReauthorizationRequiredError);
  expect(await user.connections.get('azure-devops')).toMatchObject({
    state: 'needs-reauthorization',
    identity: { displayName: 'Ada' },
  });
});

test('disconnecting it leaves no tokens behind', async () => {
  const { user, store } = await signedInBefore();
  expect((await user.connections.disconnect('azure-devops')).outcome).toBe('token-remains');
  expect(await store.list('token/')).toEqual([]);
  expect(await store.list('connection/')).toEqual([]);
});

test('nor does a personal access token that takes its place', async () => {
  const { user, store, sandbox } = await signedInBefore();
  await user.connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
  expect((await user.connections.get('azure-devops')).state).toBe('connected');
  expect(await store.list('token/')).toEqual([]);
});
