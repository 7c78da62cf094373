import type { WebApi } from 'azure-devops-node-api';
import { isDate, isList, isNumber, isText, type Report } from './report.ts';
import { PROJECT, TEAM, type World } from './world.ts';

const CONTEXT = { project: PROJECT, team: TEAM };

/** The methods of `CoreApi` that are about projects, teams and processes. */
export async function checkCore(report: Report, api: WebApi, world: World): Promise<void> {
  const core = await api.getCoreApi();
  const check: Report['check'] = (name, ...rest) => report.check(`CoreApi.${name}`, ...rest);
  await check('getProjects', 'core/projects/list', () => core.getProjects(), [
    { name: PROJECT, state: 'wellFormed' },
  ]);
  await check('getProject', 'core/projects/get', () => core.getProject(PROJECT, true), {
    name: PROJECT,
    defaultTeam: { name: TEAM, id: isText },
    capabilities: { processTemplate: { templateName: 'Agile' } },
  });
  const { id: projectId = '' } = await core.getProject(PROJECT);
  await check(
    'getProjectProperties',
    'core/projects/get-project-properties',
    () => core.getProjectProperties(projectId),
    [{ name: isText, value: isText }],
  );
  const processes = await check('getProcesses', 'core/processes/list', () => core.getProcesses(), [
    { id: isText, name: 'Agile' },
  ]);
  await check('getProcessById', 'core/processes/get', () => core.getProcessById(processes?.[0]?.id ?? ''), {
    name: 'Agile',
  });
  await check('getTeams', 'core/teams/get-teams', () => core.getTeams(PROJECT), [
    { name: TEAM, projectName: PROJECT, identityUrl: isText },
  ]);
  await check('getAllTeams', 'core/teams/get-all-teams', () => core.getAllTeams(), [{ name: TEAM }]);
  await check('getTeam', 'core/teams/get', () => core.getTeam(PROJECT, TEAM), { name: TEAM });
  const team = await check(
    'createTeam',
    'core/teams/create',
    () => core.createTeam({ name: 'New' }, PROJECT),
    { name: 'New', id: isText },
  );
  const teamId = team?.id ?? '';
  await check(
    'updateTeam',
    'core/teams/update',
    () => core.updateTeam({ description: 'd' }, PROJECT, teamId),
    { description: 'd' },
  );
  await check('deleteTeam', 'core/teams/delete', () => core.deleteTeam(PROJECT, teamId), world.wasDone);
  await check(
    'getTeamMembersWithExtendedProperties',
    'core/teams/get-team-members-with-extended-properties',
    () => core.getTeamMembersWithExtendedProperties(PROJECT, TEAM),
    [{ identity: { displayName: isText }, isTeamAdmin: true }],
  );
}

/** The methods of `WorkApi` that its sample calls, and those of iterations, capacity, boards and backlogs. */
export async function checkWork(report: Report, api: WebApi, world: World): Promise<void> {
  const { items, sandbox } = world;
  const work = await api.getWorkApi();
  const check: Report['check'] = (name, ...rest) => report.check(`WorkApi.${name}`, ...rest);
  await check(
    'getBacklogConfigurations',
    'work/backlogconfiguration/get',
    () => work.getBacklogConfigurations(CONTEXT),
    {
      requirementBacklog: { id: 'Microsoft.RequirementCategory' },
      portfolioBacklogs: [{ rank: isNumber }],
      taskBacklog: { workItemTypes: [{ name: 'Task' }] },
      workItemTypeMappedStates: [{ workItemTypeName: isText }],
      backlogFields: { typeFields: { Order: 'Microsoft.VSTS.Common.StackRank' } },
    },
  );
  const boards = await check('getBoards', 'work/boards/list', () => work.getBoards(CONTEXT), [
    { id: isText, name: isText },
  ]);
  const board = boards?.find(({ name }) => name === 'Stories')?.id ?? '';
  await check('getBoard', 'work/boards/get', () => work.getBoard(CONTEXT, board), {
    columns: isList,
    rows: isList,
    fields: { columnField: { referenceName: isText } },
  });
  await check('getBoardColumns', 'work/columns/list', () => work.getBoardColumns(CONTEXT, board), [
    { name: 'New', columnType: 0, stateMappings: { 'User Story': 'New' } },
  ]);
  await check('getBoardRows', 'work/rows/list', () => work.getBoardRows(CONTEXT, board), [
    { id: '00000000-0000-0000-0000-000000000000' },
  ]);
  await check(
    'getBoardUserSettings',
    'work/boardusersettings/get',
    () => work.getBoardUserSettings(CONTEXT, board),
    { autoRefreshState: true },
  );
  await check(
    'getBoardCardSettings',
    'work/cardsettings/get',
    () => work.getBoardCardSettings(CONTEXT, board),
    { cards: { Bug: [{ fieldIdentifier: 'System.Title' }] } },
  );
  await check(
    'getBoardCardRuleSettings',
    'work/cardrulesettings/get',
    () => work.getBoardCardRuleSettings(CONTEXT, board),
    { rules: { fill: [] } },
  );
  await check('getBoardCharts', 'work/charts/list', () => work.getBoardCharts(CONTEXT, board), [
    { name: 'cumulativeFlow' },
  ]);
  const backlog = 'Microsoft.RequirementCategory';
  await check('getBacklogs', 'work/backlogs/list', () => work.getBacklogs(CONTEXT), [
    { id: isText, workItemCountLimit: isNumber },
  ]);
  await check('getBacklog', 'work/backlogs/get', () => work.getBacklog(CONTEXT, backlog), { id: backlog });
  await check(
    'getBacklogLevelWorkItems',
    'work/backlogs/get-backlog-level-work-items',
    () => work.getBacklogLevelWorkItems(CONTEXT, backlog),
    { workItems: [{ target: { id: isNumber } }] },
  );
  const order = { ids: [items.bug], previousId: 0, nextId: items.story, parentId: 0 };
  await check(
    'reorderBacklogWorkItems',
    'work/workitemsorder/reorder-backlog-work-items',
    () => work.reorderBacklogWorkItems(order, CONTEXT),
    [{ id: items.bug, order: isNumber }],
  );

  const sprints = await check(
    'getTeamIterations',
    'work/iterations/list',
    () => work.getTeamIterations(CONTEXT),
    [{ id: isText, path: isText, attributes: { startDate: isDate } }],
  );
  const sprint = sprints?.[0]?.id ?? '';
  await check(
    'reorderIterationWorkItems',
    'work/workitemsorder/reorder-iteration-work-items',
    () => work.reorderIterationWorkItems(order, CONTEXT, sprint),
    [{ id: items.bug }],
  );
  await check('getTeamIteration', 'work/iterations/get', () => work.getTeamIteration(CONTEXT, sprint), {
    id: sprint,
  });
  await check(
    'getIterationWorkItems',
    'work/iterations/get-iteration-work-items',
    () => work.getIterationWorkItems(CONTEXT, sprint),
    { workItemRelations: isList },
  );
  await check(
    'deleteTeamIteration',
    'work/iterations/delete',
    () => work.deleteTeamIteration(CONTEXT, sprint),
    world.wasDone,
  );
  await check(
    'postTeamIteration',
    'work/iterations/post-team-iteration',
    () => work.postTeamIteration({ id: sprint }, CONTEXT),
    { id: sprint },
  );
  const member = sandbox.azureDevOps.people[0]?.id ?? '';
  const activities = [{ name: 'Development', capacityPerDay: 5 }];
  await check(
    'updateCapacityWithIdentityRef',
    'work/capacities/update-capacity-with-identity-ref',
    () => work.updateCapacityWithIdentityRef({ activities, daysOff: [] }, CONTEXT, sprint, member),
    { activities },
  );
  await check(
    'getCapacityWithIdentityRef',
    'work/capacities/get',
    () => work.getCapacityWithIdentityRef(CONTEXT, sprint, member),
    { activities, teamMember: { id: member } },
  );
  await check(
    'getCapacitiesWithIdentityRefAndTotals',
    'work/capacities/get-capacities-with-identity-ref-and-totals',
    () => work.getCapacitiesWithIdentityRefAndTotals(CONTEXT, sprint),
    { totalCapacityPerDay: 5, teamMembers: [{ activities }] },
  );
  await check(
    'replaceCapacitiesWithIdentityRef',
    'work/capacities/replace-capacities-with-identity-ref',
    () =>
      work.replaceCapacitiesWithIdentityRef(
        [{ teamMember: { id: member }, activities, daysOff: [] }],
        CONTEXT,
        sprint,
      ),
    [{ activities }],
  );
  await check(
    'getTotalIterationCapacities',
    'work/iterationcapacities/get',
    () => work.getTotalIterationCapacities(PROJECT, sprint),
    { teams: [{ teamCapacityPerDay: 5 }], totalIterationCapacityPerDay: 5 },
  );
  const daysOff = [{ start: new Date('2026-12-01'), end: new Date('2026-12-02') }];
  await check(
    'updateTeamDaysOff',
    'work/teamdaysoff/update',
    () => work.updateTeamDaysOff({ daysOff }, CONTEXT, sprint),
    { daysOff: [{ start: isDate }] },
  );
  await check('getTeamDaysOff', 'work/teamdaysoff/get', () => work.getTeamDaysOff(CONTEXT, sprint), {
    daysOff: [{ end: isDate }],
  });
  await check('getTeamFieldValues', 'work/teamfieldvalues/get', () => work.getTeamFieldValues(CONTEXT), {
    defaultValue: PROJECT,
    values: [{ includeChildren: true }],
  });
  await check('getTeamSettings', 'work/teamsettings/get', () => work.getTeamSettings(CONTEXT), {
    workingDays: isList,
    backlogIteration: { id: isText },
  });
  await check('getPredefinedQueries', 'node-api', () => work.getPredefinedQueries(PROJECT), [
    { id: 'assignedtome' },
  ]);
  await check(
    'getPredefinedQueryResults',
    'node-api',
    () => work.getPredefinedQueryResults(PROJECT, 'assignedtome', 1),
    { results: [{ id: isNumber }], hasMore: true },
  );
}
