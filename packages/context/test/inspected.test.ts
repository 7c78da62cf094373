import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { browserSessions } from '@context-sdk/context';
import { createMcpEndpoint } from '@context-sdk/context/mcp';
import { contextTools } from '@context-sdk/context/tools';
import { clientCredentials, memoryStore } from '@context-sdk/oauth-core';
import { googleServiceAccount, privateKeyJwt } from '@context-sdk/oauth-core/client-auth';
import { encryptedStore } from '@context-sdk/oauth-core/encrypted';
import { google } from '@context-sdk/oauth-core/providers';
import { expect, test } from 'vitest';
import { googleTokens, startContext } from './support/start-context.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

test('16.23: util.inspect of whatever a host holds shows no secret', async () => {
  const keyBytes = new Uint8Array(32).fill(173);
  const store = encryptedStore(memoryStore(), { keys: { k1: keyBytes }, current: 'k1' });
  const { context, sandbox, connectedUser } = startContext({ store });
  const user = await connectedUser();
  const tokens = googleTokens(sandbox);
  await user.connections.import('google', tokens);
  const task = sandbox.ticktick.testUser().createTask({ title: 'x' });
  await user.ticktick.tasks.get(task);
  await user.calendar.calendars.get();
  const azureDevOps = await user.azureDevOps();
  const held = [
    context,
    user,
    azureDevOps,
    store,
    context.createHandler({ getUserId: () => 'ada' }),
    browserSessions({ store, baseUrl: 'https://host.example' }),
    contextTools(user, { timeZone: 'UTC', approve: 'never' }),
    createMcpEndpoint(context, {
      library: async () => await Promise.reject(),
      getUser: () => 'ada',
      timeZone: 'UTC',
    }),
    googleServiceAccount({ email: 'a@b.example', key: PEM, scopes: ['s'] }),
    privateKeyJwt({ key: PEM }),
    clientCredentials({ provider: google, clientId: 'app', clientSecret: 'secret-of-app' }),
  ];
  const shown = held.map((one) => inspect(one, { depth: 20, showHidden: true, getters: true })).join('\n');
  const secrets = [
    tokens.accessToken,
    tokens.refreshToken ?? '',
    sandbox.google.app.clientSecret,
    sandbox.ticktick.app.clientSecret ?? '',
    'secret-of-app',
    PEM.split('\n')[1] ?? '',
    '173, 173, 173',
  ];
  expect(secrets.filter((secret) => secret === '' || shown.includes(secret))).toEqual([]);
});
