import { memoryStore } from '@context-sdk/oauth-core';
import { expect, test } from 'vitest';
import { startDeliveries } from '../support/start-deliveries.ts';
import { damage, DAMAGES, plain } from './damage.ts';

const WAYS = Object.keys(DAMAGES);

test.each(WAYS)('16.15: a push whose record was %s is ended at its service all the same', async (how) => {
  const store = memoryStore();
  const { context, everything, sandbox, requestsTo } = startDeliveries({ store });
  const { connections } = await everything();
  await context.subscriptions.ensure('ada');
  await sandbox.google.push.settled();
  expect(sandbox.azureDevOps.hooks.subscriptions).not.toEqual([]);
  const channels = (await store.list('push/ada/google-calendar/')).length;
  for (const key of await store.list('push/ada/')) await damage(plain(store), key, how);
  await connections.disconnect('azure-devops');
  await connections.disconnect('google');
  expect(sandbox.azureDevOps.hooks.subscriptions).toEqual([]);
  expect(requestsTo('calendar.channels.stop')).toHaveLength(channels);
  for (const prefix of ['push/', 'hook/azure-devops/', 'channel/'])
    expect(await store.list(prefix)).toEqual([]);
});
