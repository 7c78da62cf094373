import type { Sandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { hasFixtures, skipped, swaggerDocuments } from './support/fixtures.ts';
import { adding, type CallApi, createTask, setUp } from './support/setup.ts';

function checked(): { sandbox: Sandbox; api: CallApi } {
  return setUp({ swagger: swaggerDocuments() });
}

describe.skipIf(!hasFixtures)(`Microsoft's Swagger${skipped}`, () => {
  test('has nothing against what is right', async () => {
    const { sandbox, api } = checked();
    const id = await createTask(api);
    const preview = { version: '7.1-preview.4' };
    await api(`GET /_apis/wit/workitems/${id}?$expand=All&asOf=2026-11-22T10:00:00Z`);
    await api(`GET /Fabrikam/_apis/wit/workitems?ids=${id}&fields=System.Id&errorPolicy=omit`);
    await api('POST /_apis/wit/workitemsbatch', { ids: [id], $expand: 'relations', errorPolicy: 'Omit' });
    await api(`PATCH /_apis/wit/workitems/${id}?validateOnly=false`, [
      { op: 'test', path: '/rev', value: 1 },
      ...adding({ 'System.Title': 'y' }),
    ]);
    await api('POST /Fabrikam/A%20Team/_apis/wit/wiql?$top=5&timePrecision=true', {
      query: 'SELECT [System.Id] FROM WorkItems',
    });
    await api(`GET /Fabrikam/_apis/wit/workItems/${id}/comments?$top=5&order=asc`, undefined, preview);
    await api(`POST /Fabrikam/_apis/wit/workItems/${id}/comments?format=markdown`, { text: 'x' }, preview);
    await api(`GET /_apis/wit/workItems/${id}/updates?$top=1`);
    await api(`DELETE /_apis/wit/workitems/${id}?destroy=false`);
    await api(`PATCH /_apis/wit/recyclebin/${id}`, { isDeleted: false });
    await api('GET /Fabrikam/_apis/wit/workitemtypes/Bug/states');
    await api('POST /_apis/hooks/subscriptions', {
      publisherId: 'tfs',
      eventType: 'workitem.created',
      consumerInputs: { url: 'https://app.example/' },
    });
    await api('GET /_apis/hooks/subscriptions?publisherId=tfs');
    await api('GET /_apis/projects');
    await api('GET /Fabrikam/_apis/wit/classificationnodes/areas?$depth=2');
    await api('GET /Fabrikam/_apis/wit/classificationnodes/areas/Web/Shop');
    await api('GET /Fabrikam/A%20Team/_apis/work/boards');
    await api('POST /_apis/wit/$batch', [], { headers: { 'content-type': 'application/json' } });
    expect(sandbox.azureDevOps.violations).toEqual([]);
  });

  test.each<[string, (api: CallApi) => Promise<unknown>]>([
    ['path id must be a whole number', (api) => api('GET /_apis/wit/workitems/one')],
    [
      'query depth is not known',
      (api) => api('GET /Fabrikam/_apis/wit/classificationnodes/areas/Web/Shop?depth=2'),
    ],
    [
      'query includeDeleted is not known',
      (api) => api('POST /_apis/wit/reporting/workitemrevisions?includeDeleted=true', { types: ['Bug'] }),
    ],
    ['query expand is not known', (api) => api('GET /_apis/wit/workitems/1?expand=all')],
    [
      'query $expand must be one of none, relations, fields, links, all',
      (api) => api('GET /_apis/wit/workitems/1?$expand=more'),
    ],
    ['query api-version is missing', (api) => api('GET /_apis/wit/workitems/1', undefined, { version: '' })],
    ['query ids is missing', (api) => api('GET /_apis/wit/workitems')],
    [
      'query validateOnly must be true or false',
      (api) => api('PATCH /_apis/wit/workitems/1?validateOnly=yes', adding({ x: 1 })),
    ],
    ['query $top must be a whole number', (api) => api('GET /_apis/wit/workItems/1/updates?$top=all')],
    [
      'the content type is application/json, not application/json-patch+json',
      (api) =>
        api('PATCH /_apis/wit/workitems/1', adding({ x: 1 }), {
          headers: { 'content-type': 'application/json' },
        }),
    ],
    [
      'body[0].op must be one of add, remove, replace, move, copy, test',
      (api) => api('PATCH /_apis/wit/workitems/1', [{ op: 'put', path: '/x' }]),
    ],
    ['body[0].operation is not known', (api) => api('PATCH /_apis/wit/workitems/1', [{ operation: 'add' }])],
    ['body.ids[0] must be a whole number', (api) => api('POST /_apis/wit/workitemsbatch', { ids: ['1'] })],
    [
      'body.errorpolicies is not known',
      (api) => api('POST /_apis/wit/workitemsbatch', { ids: [1], errorpolicies: 'omit' }),
    ],
    [
      'body.publisherInputs.projectId must be a text',
      (api) => api('POST /_apis/hooks/subscriptions', { publisherInputs: { projectId: 1 } }),
    ],
    ['the documents have no such method and path', (api) => api('PUT /_apis/wit/workitems/1', {})],
    ['there is a body where none is known', (api) => api('DELETE /_apis/wit/workitems/1', {})],
    [
      'query format is not known',
      (api) => api('DELETE /Fabrikam/_apis/wit/workItems/1/comments/2?format=markdown'),
    ],
  ])('notes: %s', async (problem, call) => {
    const { sandbox, api } = checked();
    await call(api);
    expect(sandbox.azureDevOps.violations.map((violation) => violation.problem)).toContain(problem);
  });

  test('says what was asked', async () => {
    const { sandbox, api } = checked();
    await api('GET /_apis/wit/workitems/1?expand=all');
    expect(sandbox.azureDevOps.violations).toEqual([
      {
        operation: 'workItem.get',
        method: 'GET',
        path: '/fabrikam/_apis/wit/workitems/1',
        problem: 'query expand is not known',
      },
    ]);
  });
});
