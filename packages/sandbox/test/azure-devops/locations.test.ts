import { getPersonalAccessTokenHandler, WebApi } from 'azure-devops-node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Listener, Sandbox } from '../../src/index.ts';
import { apiOf, stillSandbox } from './support/setup.ts';

/** Microsoft's own client as a witness: it finds each place by its id before it calls. */
describe('21: azure-devops-node-api finds', () => {
  let sandbox: Sandbox;
  let listener: Listener;
  let web: WebApi;
  const project = 'Fabrikam';
  const place = { project, team: 'Fabrikam Team' };

  beforeAll(async () => {
    sandbox = stillSandbox();
    listener = await sandbox.listen();
    const handler = getPersonalAccessTokenHandler(sandbox.azureDevOps.issuePat());
    web = new WebApi(`${listener.urlOf('dev.azure.com')}/fabrikam`, handler);
  });

  afterAll(() => listener.close());

  test('projects, teams and their members', async () => {
    const core = await web.getCoreApi();
    expect(await core.getProjects()).toMatchObject([{ name: project }]);
    expect(await core.getProject(project)).toMatchObject({ name: project });
    expect(await core.getTeams(project)).toMatchObject([{ name: 'Fabrikam Team' }, { name: 'Mobile' }]);
    expect(await core.getAllTeams()).toHaveLength(2);
    const { id = '' } = await core.createTeam({ name: 'New' }, project);
    expect(await core.updateTeam({ description: 'x' }, project, id)).toMatchObject({ description: 'x' });
    expect(await core.getTeamMembersWithExtendedProperties(project, id)).toMatchObject([
      { isTeamAdmin: true },
    ]);
    await core.deleteTeam(project, id);
    expect(await core.getTeam(project, id)).toBeNull();
  });

  test('areas and iterations, deep ones, too', async () => {
    const wit = await web.getWorkItemTrackingApi();
    expect(await wit.getRootNodes(project, 1)).toMatchObject([
      { name: project, hasChildren: true },
      { name: project },
    ]);
    const attributes = { startDate: '2026-12-07', finishDate: '2026-12-20' };
    const node = await wit.createOrUpdateClassificationNode(
      { name: 'Sprint 3', attributes },
      project,
      1,
      'Release 2',
    );
    expect(node).toMatchObject({ path: '\\Fabrikam\\Iteration\\Release 2\\Sprint 3' });
    const renamed = await wit.updateClassificationNode(
      { name: 'Sprint 4' },
      project,
      1,
      'Release 2/Sprint 3',
    );
    expect(renamed).toMatchObject({ name: 'Sprint 4' });
    expect(await wit.getClassificationNode(project, 1, 'Release 2/Sprint 4')).toMatchObject({ id: node.id });
    await wit.deleteClassificationNode(project, 1, 'Release 2/Sprint 4');
    expect(await wit.getClassificationNode(project, 1, 'Release 2/Sprint 4')).toBeNull();
  });

  test('a team’s settings, iterations, capacity and days off', async () => {
    const work = await web.getWorkApi();
    expect(await work.getTeamSettings(place)).toMatchObject({ backlogIteration: { name: project } });
    expect(await work.getTeamFieldValues(place)).toMatchObject({ defaultValue: project });
    const [sprint] = await work.getTeamIterations(place, 'current');
    expect(sprint?.path).toBe('Fabrikam\\Release 1\\Sprint 1');
    const id = sprint?.id ?? '';
    const member = sandbox.azureDevOps.people[1]?.id ?? '';
    const activities = [{ name: 'Development', capacityPerDay: 6 }];
    await work.updateCapacityWithIdentityRef({ activities, daysOff: [] }, place, id, member);
    expect(await work.getCapacitiesWithIdentityRefAndTotals(place, id)).toMatchObject({
      totalCapacityPerDay: 6,
    });
    expect(await work.getCapacityWithIdentityRef(place, id, member)).toMatchObject({ activities });
    const day = new Date('2026-11-24T00:00:00Z');
    await work.updateTeamDaysOff({ daysOff: [{ start: day, end: day }] }, place, id);
    expect((await work.getTeamDaysOff(place, id)).daysOff).toHaveLength(1);
    const fields = { 'System.Title': 'x', 'System.IterationPath': sprint?.path ?? '' };
    const item = sandbox.azureDevOps.testUser().create({ type: 'Task', fields });
    expect((await work.getIterationWorkItems(place, id)).workItemRelations).toMatchObject([
      { target: { id: item.id } },
    ]);
  });

  test('boards, backlogs and their order', async () => {
    const work = await web.getWorkApi();
    const user = sandbox.azureDevOps.testUser();
    const [a, b, c] = ['a', 'b', 'c'].map((title) =>
      user.create({ type: 'User Story', fields: { 'System.Title': title } }),
    );
    expect(await work.getBoards(place)).toHaveLength(3);
    expect(await work.getBoard(place, 'Stories')).toMatchObject({ name: 'Stories', isValid: true });
    expect(await work.getBoardColumns(place, 'Stories')).toMatchObject([
      { name: 'New' },
      { name: 'Active' },
      {},
      {},
    ]);
    expect(await work.getBoardRows(place, 'Stories')).toHaveLength(1);
    expect(await work.getBacklogs(place)).toHaveLength(3);
    const ids = [c?.id ?? 0];
    await work.reorderBacklogWorkItems({ ids, nextId: a?.id ?? 0, previousId: 0, parentId: 0 }, place);
    const { workItems } = await work.getBacklogLevelWorkItems(place, 'Microsoft.RequirementCategory');
    expect(workItems?.map(({ target }) => target?.id)).toEqual([c?.id, a?.id, b?.id]);
  });

  test('saved queries, tags, templates, types, icons, revisions', async () => {
    const wit = await web.getWorkItemTrackingApi();
    const wiql = "SELECT [System.Id] FROM WorkItems WHERE [System.Title] = 'a'";
    const query = await wit.createQuery({ name: 'Mine', wiql }, project, 'Shared Queries');
    expect(await wit.getQuery(project, 'Shared Queries/Mine', 1)).toMatchObject({ wiql, id: query.id });
    expect((await wit.queryById(query.id ?? '', place)).workItems).toHaveLength(1);
    expect(await wit.getQueries(project, 0, 1)).toMatchObject([
      { name: 'My Queries' },
      { hasChildren: true },
    ]);
    await wit.deleteQuery(project, query.id ?? '');
    sandbox.azureDevOps
      .testUser()
      .create({ type: 'Task', fields: { 'System.Title': 'x', 'System.Tags': 'red' } });
    expect(await wit.getTags(project)).toMatchObject([{ name: 'red' }]);
    const template = { name: 'Bug', workItemTypeName: 'Bug', fields: { 'System.Title': 'Broken: ' } };
    const { id = '' } = await wit.createTemplate(template, place);
    expect(await wit.getTemplate(place, id)).toMatchObject(template);
    expect(await wit.getTemplates(place, 'Task')).toEqual([]);
    const fields = await wit.getWorkItemTypeFieldsWithReferences(project, 'Bug', 1);
    expect(
      fields.find(({ referenceName }) => referenceName === 'Microsoft.VSTS.Common.Severity'),
    ).toMatchObject({
      defaultValue: '3 - Medium',
      allowedValues: ['1 - Critical', '2 - High', '3 - Medium', '4 - Low'],
    });
    expect(await wit.getWorkItemTypeCategories(project)).toHaveLength(5);
    expect(await wit.getWorkItemIcons()).toHaveLength(5);
    const batch = await wit.readReportingRevisionsGet(project);
    expect(batch).toMatchObject({ isLastBatch: true });
    expect(await wit.getDeletedWorkItemShallowReferences(project)).toEqual([]);
  });

  test('every place that is told is one where a route answers, and none is told that is not there', async () => {
    const api = apiOf(sandbox);
    const places = await Promise.all(
      ['wit', 'work', 'core', 'hooks'].map(async (area) => (await api(`OPTIONS /_apis/${area}`)).json),
    );
    const templates = places.flatMap((area) => (area as { value: { routeTemplate: string }[] }).value);
    expect(templates.length).toBeGreaterThan(35);
    const call: typeof api = (route, body) => api(route, route.startsWith('GET') ? undefined : body);
    for (const { routeTemplate } of templates) {
      const path = routeTemplate
        .replace('{project}', project)
        .replace('{team}', place.team)
        .replace(/\{\*?\w+\}/g, '1');
      const answers = await Promise.all(
        ['GET', 'POST', 'PATCH'].flatMap((method) =>
          [path.replace('$1', '$Task'), path.replace(/\/1$/, '')].map((one) => call(`${method} /${one}`, {})),
        ),
      );
      const isRoute = answers.map(({ json }) => !JSON.stringify(json).includes('The resource /'));
      expect([routeTemplate, isRoute.includes(true)]).toEqual([routeTemplate, true]);
    }
  });
});
