import { inspect } from 'node:util';
import type { SubscriptionInput } from '@context-sdk/ado-client';
import { failure, type SentRequest } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { clientOf } from '../support/answering.ts';

const PROJECT = '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c';
const ID = 'fd672255-8b6b-4769-9260-beea83d752ce';
const INPUT: SubscriptionInput = {
  project: PROJECT,
  event: 'workitem.updated',
  url: 'https://app.example/hook',
};

/** Keeps subscriptions as the service does, secrets masked. */
function hooks() {
  const kept: Record<string, unknown>[] = [];
  const masked = (body: Record<string, unknown>): Record<string, unknown> => {
    const { basicAuthPassword, httpHeaders, ...inputs } = body['consumerInputs'] as Record<string, string>;
    const secrets = {
      ...(basicAuthPassword && { basicAuthPassword: '********' }),
      ...(httpHeaders && { httpHeaders: '********' }),
    };
    const publisherInputs = { ...(body['publisherInputs'] as object), tfsSubscriptionId: 'x' };
    return { status: 'enabled', ...body, id: ID, consumerInputs: { ...inputs, ...secrets }, publisherInputs };
  };
  const answer = ({ method, url, json }: SentRequest): unknown => {
    if (url.pathname.endsWith('/projects/Fabrikam')) return { id: PROJECT, name: 'Fabrikam' };
    if (method === 'GET')
      return { value: kept.filter(({ eventType }) => eventType === url.searchParams.get('eventType')) };
    if (method === 'DELETE') return new Response(null, { status: 204 });
    kept.splice(0, method === 'PUT' ? 1 : 0, masked(json as Record<string, unknown>));
    return kept[0];
  };
  return { kept, answer };
}

describe('ensure', () => {
  test('creates a subscription once, and finds it from then on', async () => {
    const { answer } = hooks();
    const { client, requests } = clientOf(answer);
    const created = await client.subscriptions.ensure({
      ...INPUT,
      areaPath: 'Fabrikam\\Web',
      changedField: 'System.State',
    });
    expect(created.outcome).toBe('created');
    expect(requests[1]?.json).toEqual({
      publisherId: 'tfs',
      eventType: 'workitem.updated',
      resourceVersion: '1.0',
      consumerId: 'webHooks',
      consumerActionId: 'httpRequest',
      publisherInputs: { projectId: PROJECT, areaPath: 'Fabrikam\\Web', changedFields: 'System.State' },
      consumerInputs: { url: INPUT.url, resourceDetailsToSend: 'all' },
    });
    const again = await client.subscriptions.ensure({
      ...INPUT,
      areaPath: 'Fabrikam\\Web',
      changedField: 'System.State',
    });
    expect(again.outcome).toBe('found');
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
    expect((await client.subscriptions.ensure(INPUT)).outcome).toBe('created');
  });

  test.each([' secret', 'secret ', ' '])(
    '21: refuses the header value %j: it would come without its spaces',
    async (value) => {
      const { client, requests } = clientOf(hooks().answer);
      const refused = await failure(
        client.subscriptions.ensure({ ...INPUT, headers: { 'X-Secret': value } }),
      );
      expect(refused).toMatchObject({ code: 'invalid_request', field: 'headers.X-Secret' });
      expect(requests).toEqual([]);
    },
  );

  test.each([
    ['tag', { tag: 'urgent' }, { tag: 'urgent' }],
    ['links', { linksChanged: true }, { linksChanged: 'true' }],
    ['field', { changedField: 'System.State' }, { changedFields: 'System.State' }],
  ])('one filtered by %s is not the same as one for all', async (_what, filter, inputs) => {
    const { answer } = hooks();
    const { client, requests } = clientOf(answer);
    await client.subscriptions.ensure({ ...INPUT, ...filter });
    expect(requests[1]?.json).toHaveProperty('publisherInputs', { projectId: PROJECT, ...inputs });
    expect((await client.subscriptions.ensure(INPUT)).outcome).toBe('created');
  });

  test('21: finds one whose ids and names are in another case', async () => {
    const { answer } = hooks();
    const { client } = clientOf(answer);
    const filter = {
      areaPath: 'Fabrikam\\Web',
      workItemType: 'Bug',
      changedField: 'System.State',
      tag: 'urgent',
    };
    await client.subscriptions.ensure({ ...INPUT, ...filter });
    const other = {
      project: PROJECT.toUpperCase(),
      areaPath: 'fabrikam\\web',
      workItemType: 'bug',
      changedField: 'system.state',
      tag: 'Urgent',
    };
    expect((await client.subscriptions.ensure({ ...INPUT, ...other })).outcome).toBe('found');
  });

  test('21: finds one that filters links, which the service writes with a capital', async () => {
    const { answer, kept } = hooks();
    const { client } = clientOf(answer);
    await client.subscriptions.ensure({ ...INPUT, linksChanged: false });
    Object.assign(kept[0]?.['publisherInputs'] ?? {}, { linksChanged: 'False' });
    expect((await client.subscriptions.ensure(INPUT)).outcome).toBe('found');
  });

  test('looks a project up by its name', async () => {
    const { answer } = hooks();
    const { client, requests } = clientOf(answer, { project: 'Fabrikam' });
    await client.subscriptions.ensure({ event: 'workitem.created', url: INPUT.url });
    expect(requests[2]?.json).toMatchObject({ publisherInputs: { projectId: PROJECT } });
  });

  test('writes secrets anew, since none can be read', async () => {
    const { answer } = hooks();
    const { client, requests } = clientOf(answer);
    const secrets = { basicAuth: { username: 'a', password: 'b' }, headers: { 'X-One': '1', 'X-Two': '2' } };
    expect((await client.subscriptions.ensure({ ...INPUT, ...secrets })).outcome).toBe('created');
    expect(requests[1]?.json).toHaveProperty('consumerInputs', {
      url: INPUT.url,
      resourceDetailsToSend: 'all',
      basicAuthUsername: 'a',
      basicAuthPassword: 'b',
      httpHeaders: 'X-One:1\nX-Two:2',
    });
    expect((await client.subscriptions.ensure({ ...INPUT, ...secrets })).outcome).toBe('replaced');
    expect(requests.at(-1)?.url.pathname).toBe(`/fabrikam/_apis/hooks/subscriptions/${ID}`);
    expect((await client.subscriptions.ensure(INPUT)).outcome).toBe('replaced');
    expect((await client.subscriptions.ensure(INPUT)).outcome).toBe('found');
  });

  test.each(['onProbation', 'disabledBySystem', 'disabledByUser'])(
    'enables one that is %s',
    async (status) => {
      const { answer, kept } = hooks();
      const { client } = clientOf(answer);
      await client.subscriptions.ensure(INPUT);
      Object.assign(kept[0] ?? {}, { status });
      const { outcome, subscription } = await client.subscriptions.ensure(INPUT);
      expect([outcome, subscription.status]).toEqual(['replaced', 'enabled']);
    },
  );

  test.each([
    ['headers.X', { headers: { X: 'a\nY: b' } }],
    ['headers.X Y', { headers: { 'X Y': 'a' } }],
    ['basicAuth.password', { basicAuth: { username: 'a', password: '' } }],
    ['basicAuth.username', { basicAuth: { username: 'a:b', password: 'c' } }],
    ['resourceDetails', { resourceDetails: 'some' }],
  ])('names %s', async (field, part) => {
    const { client, requests } = clientOf(hooks().answer);
    await expect(client.subscriptions.ensure({ ...INPUT, ...part } as never)).rejects.toMatchObject({
      field,
    });
    expect(requests).toHaveLength(0);
  });
});

test('one is deleted', async () => {
  const { client, requests } = clientOf(hooks().answer);
  await client.subscriptions.delete(ID);
  expect(requests[0]).toMatchObject({ method: 'DELETE' });
});

test('16.23: no error shows a header that a delivery is proven by, however the service repeats it', async () => {
  const headers = { 'X-Hook': 'canary-5e8d41c2', Authorization: 'Bearer canary-71c09b3e' };
  const { client } = clientOf(({ method, json }: SentRequest) => {
    if (method === 'GET') return { value: [] };
    const { httpHeaders = '' } = (json as { consumerInputs: Record<string, string> }).consumerInputs;
    const said = httpHeaders.split('\n').map((one) => one.split(/[: ]/).at(-1));
    return Response.json({ message: `Not allowed: ${said.join(', ')} (${httpHeaders})` }, { status: 400 });
  });
  const error = await failure(client.subscriptions.ensure({ ...INPUT, headers }));
  expect(error).toMatchObject({ status: 400 });
  expect(inspect(error, { depth: 12, showHidden: true })).not.toContain('canary');
});
