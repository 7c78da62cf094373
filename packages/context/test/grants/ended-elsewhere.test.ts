import type { Context, User } from '@context-sdk/context';
import { memoryStore } from '@context-sdk/oauth-core';
import { expect, test } from 'vitest';
import { googleTokens, providersOf, startContext } from '../support/start-context.ts';
import { ACCOUNTS, expectNothingLeft, IDS, ORGANIZATIONS, sandboxOfTwo } from './two-accounts.ts';

const [ADA, GRACE] = ACCOUNTS;

test('16.32: a process that knew another account ends the pushes of the one that is connected now', async () => {
  const sandbox = sandboxOfTwo(async () => new Response(null, { status: 204 }));
  const store = memoryStore();
  const providers = { ...providersOf(sandbox), azureDevOps: {} };
  const process = (): Context => startContext({ emulated: sandbox, store, providers }).context;
  const [here, elsewhere] = [process(), process()];
  const user = here.user('ada');
  const refreshTokens: string[] = [];
  const connect = async ({ connections }: User, email: string): Promise<void> => {
    const google = googleTokens(sandbox, [], email);
    refreshTokens.push(google.refreshToken ?? '');
    await connections.import('google', google, { account: { id: IDS[email] ?? '', email } });
    const organization = ORGANIZATIONS[email] ?? '';
    const token = sandbox.azureDevOps.issuePat({ organization });
    const organizationUrl = `https://dev.azure.com/${organization}`;
    await connections.connect('azure-devops', { token, organizationUrl });
  };
  await connect(user, ADA);
  await user.calendar.events.list().toArray();
  await (await user.azureDevOps()).projects.list().toArray();
  await connect(elsewhere.user('ada'), GRACE);
  const opened = await elsewhere.subscriptions.ensure('ada');
  expect(opened.map(({ service, mode }) => `${service} ${mode}`)).toEqual(
    expect.arrayContaining(['google-calendar push', 'azure-devops push']),
  );
  for (const provider of ['google', 'azure-devops'] as const) await user.connections.disconnect(provider);
  await expectNothingLeft(sandbox, refreshTokens);
});
