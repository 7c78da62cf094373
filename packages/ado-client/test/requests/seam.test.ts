import { WorkItemTrackingApi } from 'azure-devops-node-api/WorkItemTrackingApi.js';
import { afterEach, expect, test, vi } from 'vitest';
import { clientOf, ITEM } from '../support/answering.ts';
import { hasFixtures, skipped, specification } from '../support/fixtures.ts';

afterEach(() => vi.restoreAllMocks());

test('azure-devops-node-api has the five names that our transport stands on', () => {
  const api = new WorkItemTrackingApi('https://dev.azure.com/fabrikam', []);
  const { rest, http, vsoClient } = api;
  expect(typeof rest.client.request).toBe('function');
  expect(typeof http.request).toBe('function');
  expect(typeof vsoClient.getVersioningData).toBe('function');
  expect(typeof Reflect.get(vsoClient, 'getRequestUrl')).toBe('function');
});

test('every call is one request, the first one included', async () => {
  const { client, requests } = clientOf(() => ITEM);
  await Promise.all(Array.from({ length: 20 }, () => client.workItems.get(299)));
  await client.workItems.get(299);
  expect(requests.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual(
    Array.from({ length: 21 }, () => 'GET /fabrikam/_apis/wit/workItems/299'),
  );
});

test('concurrent calls keep their answers, options and signals apart', async () => {
  const { client } = clientOf(({ url }) => ({ ...ITEM, id: Number(url.pathname.split('/').at(-1)) }));
  const controller = new AbortController();
  controller.abort(new Error('enough'));
  const calls = [1, 2, 3, 4].map((id) => client.workItems.get(id));
  const aborted = client.workItems.get(5, { signal: controller.signal });
  await expect(aborted).rejects.toThrow('enough');
  expect((await Promise.all(calls)).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
});

test('a time keeps its milliseconds, and what is expanded is a word', async () => {
  const { client, requests } = clientOf(() => ITEM);
  await client.workItems.get(299, { asOf: new Date('2026-01-02T03:04:05.678Z'), expand: 'relations' });
  expect(requests[0]?.url.searchParams.get('asOf')).toBe('2026-01-02T03:04:05.678Z');
  expect(requests[0]?.url.searchParams.get('$expand')).toBe('relations');
});

test('a redirect to another host is no way for credentials', async () => {
  const { client, requests } = clientOf(
    () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }),
  );
  await expect(client.workItems.get(299)).rejects.toMatchObject({ code: 'unexpected_response' });
  expect(requests.map(({ url }) => url.host)).toEqual(['dev.azure.com']);
});

interface Swagger {
  paths: Record<string, Record<string, unknown>>;
}

function matches(template: string, path: string): boolean {
  const pattern = template
    .replace('/{project}', '(?:/[^/]+)?')
    .replace('/{team}', '(?:/[^/]+)?')
    .replace('/${', '/\\$${')
    .replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`, 'i').test(path);
}

test.skipIf(!hasFixtures)(`every request is an operation of Microsoft's Swagger${skipped}`, async () => {
  const documents = ['workItemTracking-7.1.json', 'serviceHooks-7.1.json'].map(
    (name) => specification(name) as Swagger,
  );
  const operations = documents.flatMap(({ paths }) =>
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ path, method })),
    ),
  );
  const guid = '77fda52e-ee95-4750-ac77-a6229507cfc7';
  const all = {
    id: guid,
    rev: 1,
    name: 'n',
    text: 't',
    url: 'u',
    fields: {},
    value: [],
    comments: [],
    workItems: [],
  };
  const { client, requests } = clientOf(
    ({ url }) => ({
      ...all,
      id: url.pathname.includes('workItems') ? 1 : guid,
      publisherInputs: {},
      consumerInputs: {},
    }),
    { project: 'Fabrikam' },
  );
  const { workItems, comments, attachments, history, types, fields, relations, subscriptions } = client;
  const { wiql } = await import('@context-sdk/ado-client');
  await workItems.get(1);
  await workItems.create({ type: 'Product Backlog Item', title: 'x' });
  await workItems.update(1, { title: 'x' });
  await workItems.getMany([1]);
  await workItems.query(wiql`SELECT [System.Id] FROM WorkItems`).count();
  await workItems.delete(1);
  await workItems.restore(1);
  await workItems.destroy(1);
  await comments.list(1).toArray();
  await comments.get(1, 2);
  await comments.add(1, 'x');
  await comments.update(1, 2, 'x');
  await comments.delete(1, 2);
  await attachments.upload({ name: 'a.txt', data: 'x' });
  await attachments.download(guid);
  await history.updates(1).toArray();
  await history.revisions(1).toArray();
  await history.revision(1, 2);
  await types.list();
  await types.states('Bug');
  await fields.list();
  await subscriptions.list();
  await subscriptions.ensure({ project: guid, event: 'workitem.created', url: 'https://a.example/' });
  await subscriptions.delete(guid);
  const unknown = requests.filter(
    ({ method, url }) =>
      !operations.some((one) => one.method === method.toLowerCase() && matches(one.path, url.pathname)),
  );
  expect(unknown.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([]);
  // Not in the Swagger of work items.
  await relations.types();
  expect(requests.at(-1)?.url.pathname).toBe('/fabrikam/_apis/wit/workItemRelationTypes');
});
