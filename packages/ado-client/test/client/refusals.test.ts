import { staticToken } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { expect, test, vi } from 'vitest';
import { clientOf, PAT, refused } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const { start } = useSandbox();

const challenge = (value: string): Response =>
  new Response('', { status: 401, headers: { 'www-authenticate': value, 'x-vss-e2eid': 'e-2' } });

test.each([
  ['scope', 'Bearer error="insufficient_scope", error_description="vso.work is needed"'],
  ['policy', 'Bearer error="invalid_token", error_description="Conditional access policies were not met"'],
])('21.2: a challenge that says %s ends no connection', async (reason, value) => {
  const { client, requests } = clientOf(() => challenge(value));
  const wanted = { code: 'permission_denied', status: 401, requestId: 'e-2', details: { reason } };
  await expect(client.workItems.get(7)).rejects.toMatchObject(wanted);
  expect(requests).toHaveLength(1);
});

test.each(['has expired', 'was revoked by its owner'])(
  '21.2: a token that %s: the reason, the words, the request',
  async (end) => {
    const words = `Access Denied: The Personal Access Token used ${end}.`;
    const { client } = clientOf(() =>
      refused(401, 'UnauthorizedRequestException', words, { activityid: 'a-1' }),
    );
    const error = await failure(client.workItems.get(7));
    const wanted = { code: 'reauthorization_required', reason: 'expired', status: 401, requestId: 'a-1' };
    expect(error).toMatchObject({ ...wanted, message: expect.stringContaining(words) });
  },
);

test('21.2: a refusal without words keeps its status and request, and is a rejection', async () => {
  const page = (): Response => new Response('<html>', { status: 203, headers: { activityid: 'a-3' } });
  const { client } = clientOf(page);
  const wanted = { reason: 'rejected', status: 203, requestId: 'a-3' };
  await expect(client.workItems.get(7)).rejects.toMatchObject(wanted);
});

test('21.2: what may be wrong depends on the credential that was sent, not on the first one', async () => {
  const source = { ...staticToken('first'), scheme: 'Bearer' as 'Basic' | 'Bearer' };
  const { client } = clientOf(() => new Response('', { status: 401 }), { auth: source });
  expect(String(await failure(client.workItems.get(7)))).toContain('another tenant');
  source.scheme = 'Basic';
  const error = String(await failure(client.workItems.get(7)));
  expect(error).toContain('personal access token may have expired');
  expect(error).not.toMatch(/tenant|Entra/);
});

test('21.2: words of the service that repeat the token do not show it', async () => {
  const { client } = clientOf(() =>
    refused(401, 'UnauthorizedRequestException', `The token ${PAT} is revoked.`),
  );
  expect(String(await failure(client.workItems.get(7)))).not.toContain(PAT);
});

test('21.2: any token of the organization may ask who it is, and one that has ended may not', async () => {
  const { sandbox, clientWith } = start({ azureDevOps: { missingScope: 401 } });
  const client = clientWith({ scope: 'vso.project' });
  await expect(client.workItems.get(1)).rejects.toMatchObject({ details: { reason: 'scope' } });
  expect(await client.identities.me()).toEqual({
    id: expect.any(String) as string,
    displayName: 'Jamal Hartnett',
    uniqueName: 'jamal@fabrikam.example',
    email: 'jamal@fabrikam.example',
  });
  sandbox.azureDevOps.revokePats();
  await expect(client.identities.me()).rejects.toMatchObject({ code: 'reauthorization_required' });
});

const isProbe = ({ pathname }: URL): boolean => pathname.endsWith('/_apis/connectionData');
const REFUSALS: Record<string, () => Response> = {
  '401 without words': () => new Response('', { status: 401, headers: { activityid: 'a-7' } }),
  'a sign-in page': () =>
    new Response('<html>', { status: 203, headers: { 'content-type': 'text/html', activityid: 'a-7' } }),
};

test.each(Object.entries(REFUSALS))(
  '16.17: %s on one route, for a token that is good elsewhere, is a missing permission',
  async (_, refusal) => {
    const { client, requests } = clientOf(({ url }) => (isProbe(url) ? {} : refusal()));
    const wanted = { code: 'permission_denied', requestId: 'a-7' };
    await expect(client.workItems.get(7)).rejects.toMatchObject(wanted);
    await expect(client.projects.list().toArray()).rejects.toMatchObject(wanted);
    expect(requests.filter(({ url }) => isProbe(url))).toHaveLength(1);
    expect(requests).toHaveLength(3);
  },
);

test('16.17: after a minute the token is asked about again', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  let isGood = true;
  const { client } = clientOf(({ url }) => (isProbe(url) && isGood ? {} : new Response('', { status: 401 })));
  await expect(client.workItems.get(7)).rejects.toMatchObject({ code: 'permission_denied' });
  isGood = false;
  vi.advanceTimersByTime(60_001);
  await expect(client.workItems.get(7)).rejects.toMatchObject({ code: 'reauthorization_required' });
  vi.useRealTimers();
});

test('21: a page with 200 for a token that is good elsewhere is no missing permission: a write may be done', async () => {
  const page = new Response('<html>Back soon</html>', { headers: { 'content-type': 'text/html' } });
  const { client } = clientOf(({ url }) => (isProbe(url) ? {} : page.clone()));
  const unreadable = { code: 'unexpected_response' };
  await expect(client.workItems.get(7)).rejects.toMatchObject(unreadable);
  await expect(client.workItems.update(7, { title: 'x' })).rejects.toMatchObject(unreadable);
  expect(await client.workItems.updateMany([{ id: 7, changes: { title: 'x' } }])).toMatchObject([
    { status: 'unknown', error: unreadable },
  ]);
});

test('16.17: a token that is refused everywhere is rejected, in the words of the first refusal', async () => {
  const { client, requests } = clientOf(({ url }) =>
    isProbe(url)
      ? new Response('', { status: 401 })
      : refused(401, 'UnauthorizedRequestException', 'Access Denied.', { activityid: 'a-8' }),
  );
  const error = await failure(client.workItems.get(7));
  expect(error).toMatchObject({ reason: 'rejected', status: 401, requestId: 'a-8' });
  expect(String(error)).toContain('Access Denied.');
  expect(requests).toHaveLength(2);
});

test('16.17: while the service can not tell, the token is not rejected', async () => {
  const { client } = clientOf(({ url }) => new Response('', { status: isProbe(url) ? 503 : 401 }), {
    retry: { attempts: 1 },
  });
  await expect(client.workItems.get(7)).rejects.toMatchObject({
    code: 'service_unavailable',
    retryable: true,
  });
});

test('16.17: a renewed token that is refused again is probed, too', async () => {
  let tokens = 0;
  const auth = { getAccessToken: async () => `token-${(tokens += 1)}` };
  const { client } = clientOf(({ url }) => (isProbe(url) ? {} : new Response('', { status: 401 })), { auth });
  // Each request may get another token of the host's own source, which proves nothing of the one that was refused.
  await expect(client.workItems.get(7)).rejects.toMatchObject({ code: 'reauthorization_required' });
  const same = { getAccessToken: async () => 'token' };
  const { client: other } = clientOf(({ url }) => (isProbe(url) ? {} : new Response('', { status: 401 })), {
    auth: same,
  });
  await expect(other.workItems.get(7)).rejects.toMatchObject({ code: 'permission_denied' });
});
