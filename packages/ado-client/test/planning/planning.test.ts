import { fieldPathOf, fromTemplate, RelationType, Wiql, wiql } from '@context-sdk/ado-client';
import type { Sandbox } from '@context-sdk/sandbox';
import { beforeEach, describe, expect, test } from 'vitest';
import { ORGANIZATION } from '../support/answering.ts';
import { type Account, useSandbox } from '../support/use-sandbox.ts';

const { start } = useSandbox();
let sandbox: Sandbox;
let client: Account['client'];
let clientWith: Account['clientWith'];
const START = Date.UTC(2026, 10, 22, 10);

beforeEach(() => {
  ({ sandbox, client, clientWith } = start({ clock: { now: () => START } }));
});

const create = (title: string, fields: Record<string, unknown> = {}, type = 'Task') =>
  client.workItems.create({ type, title, fields });

describe('teams and iterations', () => {
  test('21: teams are listed with their members', async () => {
    expect(await client.teams.list().toArray()).toMatchObject([
      { name: 'Fabrikam Team' },
      { name: 'Mobile' },
    ]);
    expect(await client.teams.get('mobile')).toMatchObject({ projectName: 'Fabrikam' });
    expect((await client.teams.members('Mobile'))[0]).toMatchObject({
      identity: { displayName: 'Jamal Hartnett' },
    });
    await expect(client.teams.get('Nobody')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('21: the current iteration, its items, capacity and days off', async () => {
    const sprint = await client.iterations.current({ team: 'Mobile' });
    expect(sprint).toMatchObject({
      path: 'Fabrikam\\Release 1\\Sprint 1',
      attributes: { timeFrame: 'current' },
    });
    const { id = '', path = '' } = sprint ?? {};
    const item = await create('x', { 'System.IterationPath': path });
    expect(await client.iterations.workItems(id)).toMatchObject([{ id: item.id }]);
    const member = (await client.identities.me()).id;
    const activities = [{ name: 'Development', capacityPerDay: 5.5 }];
    const daysOff = [{ start: '2026-11-24', end: '2026-11-25' }];
    await client.iterations.setCapacity(id, member, { activities, daysOff });
    const capacity = await client.iterations.capacity(id);
    expect(capacity.members).toMatchObject([{ teamMember: { id: member }, activities, daysOff: [{}] }]);
    expect(capacity.members[0]?.daysOff[0]?.end.slice(0, 10)).toBe('2026-11-25');
    expect(capacity.daysOff).toEqual([]);
    const wrong = { activities: [{ name: '', capacityPerDay: 25 }] };
    await expect(client.iterations.setCapacity(id, member, wrong)).rejects.toMatchObject({
      field: 'activities[0].capacityPerDay',
    });
  });

  test('21: an iteration is created with its dates, and the team takes part in it', async () => {
    const dates = { startDate: '2026-12-21', finishDate: '2027-01-03' };
    const created = await client.iterations.create({ name: 'Sprint 3', parent: 'Release 1', ...dates });
    expect(created).toMatchObject({
      path: 'Fabrikam\\Release 1\\Sprint 3',
      attributes: { timeFrame: 'future' },
    });
    expect((await client.iterations.list()).map(({ name }) => name)).toEqual([
      'Sprint 1',
      'Sprint 2',
      'Sprint 3',
    ]);
    await expect(client.iterations.create({ name: 'Sprint 3', parent: 'Release 1' })).rejects.toMatchObject({
      code: 'conflict',
    });
    sandbox.faults.inject({ kind: 'status', status: 403 }, { path: /teamsettings/ });
    await expect(client.iterations.create({ name: 'Sprint 4', ...dates })).rejects.toMatchObject({
      code: 'api_error',
      details: { created: { name: 'Sprint 4', identifier: expect.any(String) } },
      cause: { code: 'permission_denied' },
    });
    sandbox.faults.clear();
    const half = { name: 'Sprint 4', startDate: '2026-12-21' };
    await expect(client.iterations.create(half)).rejects.toMatchObject({ field: 'finishDate' });
    const reversed = { name: 'Sprint 4', startDate: dates.finishDate, finishDate: dates.startDate };
    await expect(client.iterations.create(reversed)).rejects.toMatchObject({ field: 'finishDate' });
  });

  test('21: a team takes part in an iteration that is there', async () => {
    sandbox.faults.inject({ kind: 'status', status: 403 }, { path: /teamsettings/ });
    await expect(client.iterations.create({ name: 'Sprint 3' })).rejects.toMatchObject({ code: 'api_error' });
    sandbox.faults.clear();
    const { identifier = '' } = (await client.iterations.find('Fabrikam\\Sprint 3')) ?? {};
    expect(await client.iterations.add(identifier)).toMatchObject({ path: 'Fabrikam\\Sprint 3' });
    expect((await client.iterations.list()).map(({ name }) => name)).toContain('Sprint 3');
    await expect(client.iterations.add('Sprint 3')).rejects.toMatchObject({ field: 'iteration' });
  });

  test('21: @CurrentIteration means that of the team', async () => {
    const { id } = await create('now', { 'System.IterationPath': 'Fabrikam\\Release 1\\Sprint 1' });
    await create('later', { 'System.IterationPath': 'Fabrikam\\Release 1\\Sprint 2' });
    const query = wiql`SELECT [System.Id] FROM WorkItems WHERE [System.IterationPath] = @CurrentIteration`;
    expect(await client.workItems.query(query, { team: 'Mobile' }).ids().toArray()).toEqual([id]);
  });
});

describe('areas and iterations as trees', () => {
  test('21: they are listed, found, created and moved, and items move with them', async () => {
    expect((await client.areas.list()).map(fieldPathOf)).toEqual([
      'Fabrikam',
      'Fabrikam\\Web',
      'Fabrikam\\Mobile',
      'Fabrikam\\Mobile\\Offline',
    ]);
    await client.areas.create({ name: 'Sync', parent: 'Fabrikam\\Mobile\\Offline' });
    const item = await create('x', { 'System.AreaPath': 'Fabrikam\\Mobile\\Offline\\Sync' });
    await client.areas.move('Mobile/Offline', 'Web');
    expect((await client.workItems.get(item.id)).fields['System.AreaPath']).toBe(
      'Fabrikam\\Web\\Offline\\Sync',
    );
    for (const path of ['fabrikam\\web\\OFFLINE', 'Web/Offline', '\\Fabrikam\\Area\\Web\\Offline']) {
      expect(await client.areas.find(path)).toMatchObject({ name: 'Offline' });
    }
    expect(await client.areas.find('Mobile/Offline')).toBeUndefined();
    expect(fieldPathOf((await client.iterations.find('Release 1/Sprint 2')) ?? { name: '' })).toBe(
      'Fabrikam\\Release 1\\Sprint 2',
    );
  });

  test.each([
    ['Moblie', 'Fabrikam\\Mobile'],
    ['Fabrikam\\Ofline', 'Fabrikam\\Mobile\\Offline'],
    ['Web\\Offline', 'Fabrikam\\Mobile\\Offline'],
  ])('21: the wrong path %s is refused with the right one', async (path, suggestion) => {
    const refusal = {
      code: 'invalid_request',
      message: expect.stringContaining(`did you mean ${suggestion}?`),
    };
    await expect(client.areas.move(path, 'Web')).rejects.toMatchObject({ ...refusal, field: 'path' });
    await expect(client.areas.create({ name: 'New', parent: path })).rejects.toMatchObject({
      ...refusal,
      field: 'parent',
    });
  });
});

describe('types', () => {
  test('21: fields with what is required, allowed and the default; states and what follows them', async () => {
    const fields = await client.types.fields('Bug');
    const severity = fields.find(({ referenceName }) => referenceName === 'Microsoft.VSTS.Common.Severity');
    expect(severity).toMatchObject({ defaultValue: '3 - Medium', allowedValues: { length: 4 } });
    expect(await client.types.nextStates('Task', 'active')).toEqual(['New', 'Closed', 'Removed']);
    expect(await client.types.nextStates('Task')).toEqual(['New']);
    await expect(client.types.fields('Nothing')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('21: what the service would refuse is named before it is sent, field by field', async () => {
    const problems = await client.types.check({
      type: 'Bug',
      title: 'x'.repeat(256),
      state: 'Done',
      areaPath: 'Fabrikam\\Moblie',
      fields: {
        'Microsoft.VSTS.Common.Severity': 'high',
        'Microsoft.VSTS.Scheduling.DueDate': 'week 5',
        'Microsoft.VSTS.Common.Priority': 2,
        'System.CreatedDate': '2026-01-01',
        'Custom.Unknown': 'x',
      },
    });
    const byField = Object.fromEntries(problems.map(({ field, message }) => [field, message]));
    expect(byField).toEqual({
      'System.Title': 'is longer than 255 characters',
      'System.State': 'must be one of New, Active, Resolved, Closed',
      'System.AreaPath': "is not one of the project's areas; did you mean Fabrikam\\Mobile?",
      'Microsoft.VSTS.Common.Severity': 'must be one of 1 - Critical, 2 - High, 3 - Medium, 4 - Low',
      'Microsoft.VSTS.Scheduling.DueDate': 'is not of the type dateTime',
      'System.CreatedDate': 'is read-only',
      'Custom.Unknown': 'does not exist',
    });
    expect(
      await client.types.check({ type: 'Bug', title: 'x', assignedTo: 'jamal@fabrikam.example' }),
    ).toEqual([]);
    expect(sandbox.azureDevOps.testUser().all()).toEqual([]);
  });
});

describe('queries', () => {
  test("21: a saved query compares days, which Azure Boards' pages write as midnights", async () => {
    const { id } = await create('of today');
    const where = "[System.CreatedDate] <= '2026-11-22T00:00:00.0000000' AND [System.CreatedDate] = @Today";
    const query = new Wiql(`SELECT [System.Id] FROM WorkItems WHERE ${where}`);
    const saved = await client.savedQueries.create({ name: 'Today', query });
    expect(await (await client.savedQueries.run(saved.id)).ids().toArray()).toEqual([id]);
    const exact = await client.savedQueries.run(saved.id, { timePrecision: true });
    expect(await exact.ids().toArray()).toEqual([]);
  });

  test('21: saved queries are created, listed, run by path or id, and deleted', async () => {
    const { id } = await create('open');
    const query = wiql`SELECT [System.Id] FROM WorkItems WHERE [System.Title] = ${'open'}`;
    const saved = await client.savedQueries.create({ name: 'Open', folder: 'Shared Queries', query });
    expect(await client.savedQueries.list()).toMatchObject([
      { path: 'Shared Queries/Open', wiql: query.text },
    ]);
    for (const name of [saved.id, 'shared queries/open']) {
      expect(await (await client.savedQueries.run(name)).ids().toArray()).toEqual([id]);
    }
    await expect(
      client.savedQueries.create({ name: 'Bad', query: new Wiql('SELECT') }),
    ).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(client.savedQueries.run('Shared Queries')).rejects.toMatchObject({ field: 'query' });
    await client.savedQueries.delete(saved.id);
    expect(await client.savedQueries.list()).toEqual([]);
  });

  test('21: trees and direct links come as pairs', async () => {
    const [epic, story, task, other] = [
      await create('e', {}, 'Epic'),
      await create('s', {}, 'User Story'),
      await create('t'),
      await create('o'),
    ];
    await client.relations.setParent(story.id, epic.id);
    await client.relations.setParent(task.id, story.id);
    await client.relations.add(task.id, { rel: RelationType.related, id: other.id });
    const tree = wiql`SELECT [System.Id] FROM WorkItemLinks
      WHERE [Source].[System.WorkItemType] = 'Epic' AND [System.Links.LinkType] = ${RelationType.child} MODE (Recursive)`;
    const { child: rel } = RelationType;
    expect(await client.workItems.query(tree).links().toArray()).toEqual([
      { target: epic.id },
      { rel, source: epic.id, target: story.id },
      { rel, source: story.id, target: task.id },
    ]);
    const related = wiql`SELECT [System.Id] FROM WorkItemLinks WHERE [Source].[System.Title] = 't'
      AND [System.Links.LinkType] = ${RelationType.related} AND [Target].[System.Title] = 'o' MODE (MustContain)`;
    expect(await client.workItems.query(related).links().toArray()).toEqual([
      { target: task.id },
      { rel: RelationType.related, source: task.id, target: other.id },
    ]);
    const flat = wiql`SELECT [System.Id] FROM WorkItems`;
    await expect(client.workItems.query(flat).links().toArray()).rejects.toMatchObject({ field: 'query' });
  });

  test('21: EVER looks at every revision, ASOF at one moment', async () => {
    const { id } = await create('x');
    await client.workItems.update(id, { state: 'Active' });
    await client.workItems.update(id, { state: 'Closed' });
    const ids = (query: Wiql) => client.workItems.query(query).ids().toArray();
    expect(await ids(wiql`SELECT [System.Id] FROM WorkItems WHERE [System.State] EVER 'Active'`)).toEqual([
      id,
    ]);
    expect(
      await ids(wiql`SELECT [System.Id] FROM WorkItems WHERE EVER ([System.State] = 'Removed')`),
    ).toEqual([]);
    expect(await ids(wiql`SELECT [System.Id] FROM WorkItems ASOF '2020-01-01'`)).toEqual([]);
  });
});

describe('boards and backlogs', () => {
  test('21: items are put elsewhere on their backlog', async () => {
    const [a, b, c] = [
      await create('a', {}, 'User Story'),
      await create('b', {}, 'User Story'),
      await create('c', {}, 'User Story'),
    ];
    const [, , stories] = await client.boards.backlogs();
    const order = (): Promise<number[]> => client.boards.backlogItems(stories?.id ?? '');
    expect(await client.boards.reorder({ ids: [c.id], before: a.id })).toMatchObject([{ id: c.id }]);
    expect(await order()).toEqual([c.id, a.id, b.id]);
    await client.boards.reorder({ ids: [c.id, a.id], after: b.id });
    expect(await order()).toEqual([b.id, c.id, a.id]);
    await expect(client.boards.reorder({ ids: [a.id] })).rejects.toMatchObject({ field: 'after' });
    await expect(client.boards.reorder({ ids: [a.id], after: 999 })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  test('21: an item is put into a column, and a wrong one is refused with those that there are', async () => {
    const { id } = await create('a', {}, 'User Story');
    const { columns, rows } = await client.boards.get('Stories');
    expect(columns.map(({ name }) => name)).toEqual(['New', 'Active', 'Resolved', 'Closed']);
    expect(rows).toHaveLength(1);
    const moved = await client.boards.setColumn(id, 'stories', { column: 'active' });
    expect(moved.fields).toMatchObject({ 'System.State': 'Active', 'System.BoardColumn': 'Active' });
    await expect(client.boards.setColumn(id, 'Stories', { column: 'Doing' })).rejects.toMatchObject({
      field: 'column',
      message: expect.stringContaining('New, Active, Resolved, Closed'),
    });
  });
});

test('21: what an input does not know is refused by name, before anything is sent', async () => {
  const refused = async (call: Promise<unknown>): Promise<unknown> =>
    await call.then(
      () => 'taken',
      (error: { field?: string }) => error.field,
    );
  const query = wiql`SELECT [System.Id] FROM WorkItems`;
  const hook = { event: 'workitem.updated', url: 'https://host.example/x' } as const;
  const odd = <T>(input: T, more: object): T => ({ ...input, ...more });
  const fields = [
    await refused(client.subscriptions.ensure(odd(hook, { changedFields: 'System.State' }))),
    await refused(client.areas.create(odd({ name: 'x' }, { startDate: '2026-12-01' }))),
    await refused(client.iterations.create(odd({ name: 'x' }, { start: '2026-12-01' }))),
    await refused(client.savedQueries.create(odd({ name: 'x', query }, { path: 'Shared Queries' }))),
    await refused(client.boards.reorder(odd({ ids: [1], after: 2 }, { previous: 3 }))),
    await refused(client.boards.setColumn(1, 'Stories', odd({ column: 'Active' }, { done: true }))),
  ];
  expect(fields).toEqual(['changedFields', 'startDate', 'start', 'path', 'previous', 'place.done']);
  expect(sandbox.requests).toEqual([]);
});

test('21: templates of a team make new items', async () => {
  const fields = { 'System.Title': 'Broken: ', 'Microsoft.VSTS.Common.Priority': '1' };
  const json = JSON.stringify({ name: 'Broken', workItemTypeName: 'Bug', fields });
  const headers = { 'content-type': 'application/json' };
  await client.fetch('/Fabrikam/Fabrikam Team/_apis/wit/templates?api-version=7.1', {
    method: 'POST',
    body: json,
    headers,
  });
  const [listed] = await client.templates.list({ type: 'Bug' });
  const template = await client.templates.get(listed?.id ?? '');
  const bug = await client.workItems.create({ ...fromTemplate(template), title: 'Broken: door' });
  expect(bug.fields).toMatchObject({ 'System.Title': 'Broken: door', 'Microsoft.VSTS.Common.Priority': 1 });
});

test('21: a template says which tags it adds', async () => {
  const fields = {
    'System.Title': 'Broken: ',
    'System.Tags-Add': 'urgent; door',
    'System.Tags-Remove': 'old',
    'Microsoft.VSTS.Common.Priority': '1',
  };
  const template = { id: '1', name: 'Broken', workItemTypeName: 'Bug', fields };
  const bug = await client.workItems.create({ ...fromTemplate(template), title: 'Broken: door' });
  expect(bug.fields).toMatchObject({ 'System.Tags': 'door; urgent', 'Microsoft.VSTS.Common.Priority': 1 });
  const both = { ...template, fields: { 'System.Tags': 'one', 'System.Tags-Add': 'two, three' } };
  expect(fromTemplate(both)).toEqual({ type: 'Bug', title: '', fields: {}, tags: ['one', 'two', 'three'] });
  const plain = { ...template, fields: { 'System.Tags': 'one' } };
  expect(fromTemplate(plain)).toEqual({ type: 'Bug', title: '', fields: { 'System.Tags': 'one' } });
});

test('21: the recycle bin is listed', async () => {
  const { id } = await create('gone');
  await create('kept');
  await client.workItems.delete(id);
  expect(await client.workItems.deleted().toArray()).toMatchObject([{ id, name: 'gone' }]);
});

test('21: all revisions are exported page by page, and a later export goes on', async () => {
  for (let number = 0; number < 250; number += 1)
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
  const read = async (after?: string): Promise<{ count: number[]; position: string }> => {
    const count: number[] = [];
    let position = '';
    for await (const page of client.reporting.revisions({ after, fields: ['System.Title', 'System.Rev'] })) {
      count.push(page.revisions.length);
      position = page.position;
    }
    return { count, position };
  };
  const first = await read();
  expect(first.count).toEqual([200, 50]);
  const { id } = await create('new');
  await client.workItems.update(id, { title: 'newer' });
  expect((await read(first.position)).count).toEqual([2]);
});

test('21: an export since a time goes on by its position alone', async () => {
  const make = (title: string): number =>
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': title } }).id;
  for (let number = 0; number < 250; number += 1) make('x');
  const since = new Date(START - 1000);
  const count: number[] = [];
  let after = '';
  for await (const page of client.reporting.revisions({ since })) {
    count.push(page.revisions.length);
    after = page.position;
  }
  expect(count).toEqual([200, 50]);
  const { value: page } = await client.reporting.revisions({ since, after }).next();
  expect(page?.revisions).toEqual([]);
  const sent = sandbox.requests.filter(({ path }) => /workitemrevisions/i.test(path));
  expect(sent.map(({ query }) => Object.keys(query).toSorted())).toEqual([
    ['api-version', 'startDateTime'],
    ['api-version', 'continuationToken'],
    ['api-version', 'continuationToken'],
  ]);
});

test('22.1: an export has deleted items, and only the newest revisions, if asked to', async () => {
  const read = async (options: object): Promise<string[]> => {
    const { value: page } = await client.reporting.revisions({ types: ['Bug'], ...options }).next();
    return (page?.revisions ?? []).map(({ id, rev }) => `${id === kept ? 'kept' : 'deleted'} ${rev}`);
  };
  const { id: kept } = await client.workItems.create({ type: 'Bug', title: 'kept' });
  await client.workItems.update(kept, { title: 'newer' });
  const { id: deleted } = await client.workItems.create({ type: 'Bug', title: 'deleted' });
  await client.workItems.delete(deleted);
  expect(await read({})).toEqual(['kept 1', 'kept 2']);
  expect(await read({ latestOnly: true })).toEqual(['kept 2']);
  expect(await read({ includeDeleted: true, latestOnly: true })).toContain('deleted 2');
});

test('21: pull requests, commits and builds of an item are read where the token may', async () => {
  const repositoryId = '11111111-1111-4111-8111-111111111111';
  const projectId = sandbox.azureDevOps.organization.projects[0]?.id ?? '';
  const artifacts = [
    { kind: 'pull request', id: '7', title: 'Fix it', state: 'active' },
    { kind: 'commit', id: 'a'.repeat(40), title: 'Fix', state: '' },
    { kind: 'build', id: '12', title: '2026.11', state: 'completed:succeeded' },
  ] as const;
  for (const artifact of artifacts) sandbox.azureDevOps.addArtifact({ ...artifact, repositoryId });
  const url = (kind: string, id: string): string => `vstfs:///${kind}/${projectId}%2F${repositoryId}%2F${id}`;
  const rel = RelationType.artifact;
  const { id } = await client.workItems.create({
    type: 'Task',
    title: 'x',
    relations: [
      { rel, url: url('Git/PullRequestId', '7'), name: 'Pull Request' },
      { rel, url: url('Git/Commit', 'a'.repeat(40)), name: 'Fixed in Commit' },
      { rel, url: 'vstfs:///Build/Build/12', name: 'Build' },
      { rel, url: 'vstfs:///Build/Build/13', name: 'Found in build' },
    ],
  });
  expect(await client.artifacts.list(id)).toMatchObject([
    {
      kind: 'pull-request',
      id: '7',
      title: 'Fix it',
      state: 'active',
      url: `${ORGANIZATION}/_git/web/pullrequest/7`,
    },
    { kind: 'commit', title: 'Fix', url: `${ORGANIZATION}/_git/web/commit/${'a'.repeat(40)}` },
    {
      kind: 'build',
      title: '2026.11',
      state: 'succeeded',
      url: expect.stringContaining('buildId=12') as string,
    },
    { kind: 'build', id: '13', error: { code: 'not_found' } },
  ]);
  const reader = clientWith({ scope: 'vso.work' });
  expect((await reader.artifacts.list(id))[0]).toMatchObject({
    id: '7',
    error: { code: 'permission_denied' },
  });
});
