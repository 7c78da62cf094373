import { verifyAdoWebhook } from '@context-sdk/ado-client';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';

test('26: a request of Express or node:http carries its secret, as its headers do', async () => {
  const basicAuth = { username: 'hook', password: 'secret' };
  const headers = { authorization: `Basic ${btoa('hook:secret')}` };
  await verifyAdoWebhook({ headers }, { basicAuth });
  await verifyAdoWebhook(headers, { basicAuth });
  const wrong = { headers: { authorization: 'Basic x' } };
  expect(await failure(verifyAdoWebhook(wrong, { basicAuth }))).toMatchObject({ code: 'webhook_unverified' });
});
