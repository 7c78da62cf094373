import { getPersonalAccessTokenHandler, WebApi } from 'azure-devops-node-api';
import {
  CommentReactionType,
  QueryOption,
} from 'azure-devops-node-api/interfaces/WorkItemTrackingInterfaces.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Listener, Sandbox } from '../../src/index.ts';
import { stillSandbox } from './support/setup.ts';

/** What compat/azure-devops found missing: calls of Microsoft's library and MCP server beyond those of our client. */
describe('21.5: azure-devops-node-api gets', () => {
  let sandbox: Sandbox;
  let listener: Listener;
  let web: WebApi;
  let story: number;
  let task: number;
  const project = 'Fabrikam';
  const place = { project, team: 'Fabrikam Team' };

  beforeAll(async () => {
    sandbox = stillSandbox();
    listener = await sandbox.listen();
    const handler = getPersonalAccessTokenHandler(sandbox.azureDevOps.issuePat());
    web = new WebApi(`${listener.urlOf('dev.azure.com')}/fabrikam`, handler);
    const user = sandbox.azureDevOps.testUser();
    const fields = { 'System.Title': 'x', 'System.AssignedTo': 'jamal@fabrikam.example' };
    story = user.create({ type: 'User Story', fields }).id;
    task = user.create({ type: 'Task', fields, parent: story }).id;
  });

  afterAll(() => listener.close());

  test("a comment's earlier texts and reactions", async () => {
    const wit = await web.getWorkItemTrackingApi();
    const { id = 0 } = await wit.addComment({ text: 'one' }, project, task);
    await wit.updateComment({ text: 'two' }, project, task, id);
    expect(await wit.getCommentVersions(project, task, id)).toMatchObject([
      { version: 1, text: 'one' },
      { version: 2, text: 'two' },
    ]);
    expect(await wit.getCommentVersion(project, task, id, 1)).toMatchObject({ text: 'one' });
    const { Heart } = CommentReactionType;
    const reaction = await wit.createCommentReaction(project, task, id, Heart);
    expect(reaction).toMatchObject({ type: Heart, count: 1, isCurrentUserEngaged: true });
    expect(await wit.getEngagedUsers(project, task, id, Heart)).toMatchObject([
      { displayName: 'Jamal Hartnett' },
    ]);
    await wit.deleteCommentReaction(project, task, id, Heart);
    expect(await wit.getCommentReactions(project, task, id)).toEqual([]);
    await wit.addComment({ text: 'other' }, project, task);
    expect(await wit.getCommentsBatch(project, task, [id])).toMatchObject({ comments: [{ id }] });
  });

  test('what the caller has to do, did, and is mentioned in', async () => {
    const wit = await web.getWorkItemTrackingApi();
    const { workItemDetails } = await wit.getAccountMyWorkData(QueryOption.Doing);
    expect(workItemDetails?.map(({ id }) => id)).toEqual([story, task]);
    expect(await wit.getAccountMyWorkData(QueryOption.Done)).toMatchObject({ workItemDetails: [] });
    const recent = await wit.getRecentActivityData();
    expect(new Map(recent.map(({ id, activityType }) => [id, activityType]))).toEqual(
      new Map([
        [story, 1],
        [task, 1],
      ]),
    );
    const me = sandbox.azureDevOps.people[0]?.id ?? '';
    await wit.addComment({ text: `@<${me.toUpperCase()}>` }, project, story);
    expect(await wit.getRecentMentions()).toMatchObject([{ id: story }]);
    const work = await web.getWorkApi();
    const assigned = await work.getPredefinedQueryResults(project, 'assignedtome', 1);
    expect(assigned).toMatchObject({ results: [{ id: story }], hasMore: true });
  });

  test('links and discussions as reports, and items by what they link to', async () => {
    const wit = await web.getWorkItemTrackingApi();
    expect(await wit.getReportingLinksByLinkType(project)).toMatchObject({
      values: [
        {
          rel: 'System.LinkTypes.Hierarchy',
          attributes: { sourceId: story, targetId: task, isActive: true },
        },
      ],
      isLastBatch: true,
    });
    await wit.addComment({ text: 'said' }, project, task);
    const { values: discussed = [] } = await wit.readReportingDiscussions(project);
    expect(discussed).toContainEqual(expect.objectContaining({ id: task, rev: discussed.at(-1)?.rev }));
    const commit = 'vstfs:///Git/Commit/a%2fb%2fc';
    const value = { rel: 'ArtifactLink', url: commit, attributes: { name: 'Fixed in Commit' } };
    await wit.updateWorkItem({}, [{ op: 'add', path: '/relations/-', value }], task);
    expect(await wit.queryWorkItemsForArtifactUris({ artifactUris: [commit] }, project)).toMatchObject({
      artifactUrisQueryResult: { [commit]: [{ id: task }] },
    });
    expect(await wit.getWorkArtifactLinkTypes()).toContainEqual({
      toolType: 'Git',
      artifactType: 'Commit',
      linkType: 'Fixed in Commit',
    });
  });

  test('colors, icons and the state after a check-in', async () => {
    const wit = await web.getWorkItemTrackingApi();
    const [colors] = await wit.getWorkItemTypeColors([project]);
    expect(colors).toMatchObject({ key: project });
    expect(colors?.value).toContainEqual({ workItemTypeName: 'Bug', primaryColor: 'cc293d' });
    expect(await wit.getWorkItemTypeColorAndIcons([project])).toMatchObject([{ key: project }]);
    expect(await wit.getWorkItemStateColors([project])).toMatchObject([{ projectName: project }]);
    expect(await wit.getWorkItemNextStatesOnCheckinAction([task])).toEqual([
      { id: task, stateOnTransition: 'Closed' },
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await wit.getWorkItemIconSvg('icon_insect', 'cc293d')) {
      chunks.push(Buffer.from(chunk));
    }
    expect(Buffer.concat(chunks).toString()).toContain('fill="#cc293d"');
  });

  test('the set-up of boards and backlogs, and the capacity of all teams', async () => {
    const work = await web.getWorkApi();
    expect(await work.getBacklogConfigurations(place)).toMatchObject({
      requirementBacklog: { id: 'Microsoft.RequirementCategory' },
      portfolioBacklogs: [{ id: 'Microsoft.EpicCategory' }, { id: 'Microsoft.FeatureCategory' }],
      taskBacklog: { workItemTypes: [{ name: 'Task' }] },
    });
    expect(await work.getBoardUserSettings(place, 'Stories')).toEqual({ autoRefreshState: true });
    expect(await work.getBoardCardSettings(place, 'Stories')).toMatchObject({
      cards: { Bug: [{}, {}, {}, {}] },
    });
    const [sprint] = await work.getTeamIterations(place);
    const member = sandbox.azureDevOps.people[0]?.id ?? '';
    const activities = [{ name: 'Development', capacityPerDay: 5 }];
    await work.updateCapacityWithIdentityRef({ activities, daysOff: [] }, place, sprint?.id ?? '', member);
    expect(await work.getTotalIterationCapacities(project, sprint?.id ?? '')).toMatchObject({
      teams: [{ teamCapacityPerDay: 5 }, { teamCapacityPerDay: 0 }],
      totalIterationCapacityPerDay: 5,
    });
  });

  test("a project's team and process", async () => {
    const core = await web.getCoreApi();
    expect(await core.getProject(project, true)).toMatchObject({
      defaultTeam: { name: 'Fabrikam Team' },
      capabilities: { processTemplate: { templateName: 'Agile' } },
    });
    const [agile] = await core.getProcesses();
    expect(await core.getProcessById(agile?.id ?? '')).toMatchObject({ name: 'Agile' });
    const { id = '' } = await core.getProject(project);
    expect(await core.getProjectProperties(id, ['System.Process Template'])).toEqual([
      { name: 'System.Process Template', value: 'Agile' },
    ]);
    const wit = await web.getWorkItemTrackingApi();
    const query = { name: 'Mine', wiql: 'SELECT [System.Id] FROM WorkItems' };
    const saved = await wit.createQuery(query, project, 'My Queries');
    expect(await wit.getQueriesBatch({ ids: [saved.id ?? ''] }, project)).toMatchObject([{ name: 'Mine' }]);
  });
});
