import type { Listener, Sandbox } from '@context-sdk/sandbox';
import { getPersonalAccessTokenHandler, WebApi } from 'azure-devops-node-api';
import { WorkItemTrackingApi } from 'azure-devops-node-api/WorkItemTrackingApi.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiOf, stillSandbox } from './support/setup.ts';

/** Microsoft's own client, which knows nothing of the sandbox, as a witness. */
describe('azure-devops-node-api', () => {
  let sandbox: Sandbox;
  let listener: Listener;

  beforeAll(async () => {
    sandbox = stillSandbox();
    listener = await sandbox.listen();
  });

  afterAll(() => listener.close());

  const organization = (): string => `${listener.urlOf('dev.azure.com')}/fabrikam`;

  test('reads the list of projects to its end', async () => {
    const two = stillSandbox({ seed: 0 });
    const listening = await two.listen();
    const handler = getPersonalAccessTokenHandler(two.azureDevOps.issuePat());
    const core = await new WebApi(`${listening.urlOf('dev.azure.com')}/fabrikam`, handler).getCoreApi();
    const read = apiOf(two);
    const first = await read('GET /_apis/projects?$top=1');
    expect(first.json).toMatchObject({ value: [{ name: 'Fabrikam' }] });
    const token = Number(first.headers.get('x-ms-continuationtoken'));
    expect(await core.getProjects(undefined, 1, undefined, token)).toMatchObject([{ name: 'Tailwind' }]);
    const last = await read(`GET /_apis/projects?$top=1&continuationToken=${token}`);
    expect(last.headers.has('x-ms-continuationtoken')).toBe(false);
    await listening.close();
  });

  test('finds its way, creates, changes, reads, queries and comments', async () => {
    const handler = getPersonalAccessTokenHandler(sandbox.azureDevOps.issuePat());
    const api = await new WebApi(organization(), handler).getWorkItemTrackingApi();
    const title = (value: string): object[] => [{ op: 'add', path: '/fields/System.Title', value }];
    const created = await api.createWorkItem({}, title('x'), 'Fabrikam', 'Task');
    const id = created.id ?? 0;
    expect((await api.updateWorkItem({}, title('y'), id)).rev).toBe(2);
    expect((await api.getWorkItem(id, undefined, undefined, 4)).fields).toMatchObject({
      'System.Id': id,
      'System.Title': 'y',
    });
    expect(await api.getWorkItemsBatch({ ids: [id, 99], errorPolicy: 2 })).toMatchObject([{ id }, null]);
    const { workItems } = await api.queryByWiql({
      query: "SELECT [System.Id] FROM WorkItems WHERE [System.Title] = 'y'",
    });
    expect(workItems).toMatchObject([{ id }]);
    expect(await api.addComment({ text: 'so' }, 'Fabrikam', id)).toMatchObject({
      text: 'so',
      createdDate: expect.any(Date),
    });
    expect(await api.getWorkItemTypeStates('Fabrikam', 'Bug')).toHaveLength(4);
    expect(await api.getUpdates(id)).toHaveLength(3);
    expect(await api.deleteWorkItem(id)).toMatchObject({ id });
    expect(sandbox.requests.slice(0, 4).map(({ operation }) => operation)).toEqual([
      'location.options',
      'location.areas',
      'location.options',
      'workItem.create',
    ]);
  });

  test('resolves null where something is not there, and where it is not signed in, as its reference says', async () => {
    const good = getPersonalAccessTokenHandler(sandbox.azureDevOps.issuePat());
    const api = await new WebApi(organization(), good).getWorkItemTrackingApi();
    expect(await api.getWorkItem(4711)).toBeNull();
    sandbox.azureDevOps.revokePats();
    expect(await api.getWorkItem(1)).toBeNull();
  });

  test('gets told the status of what it does not swallow', async () => {
    const handler = getPersonalAccessTokenHandler(sandbox.azureDevOps.issuePat());
    const api = new WorkItemTrackingApi(organization(), [handler], {});
    const { id } = sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    const patch = [{ op: 'test', path: '/rev', value: 9 }];
    await expect(api.updateWorkItem({}, patch, id)).rejects.toMatchObject({ statusCode: 412 });
  });
});
