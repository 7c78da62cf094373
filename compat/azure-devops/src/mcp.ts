import { wiql as wiqlOf } from '@context-sdk/ado-client';
import { startMcpServer } from './mcp-server.ts';
import { isDate, isList, isNumber, isText, type Report } from './report.ts';
import { PROJECT, TEAM, type World } from './world.ts';

type Args = Record<string, unknown>;

/** Every action of every tool for work items, planning and projects. Returns those that weren't called. */
export async function checkMcpServer(report: Report, world: World): Promise<string[]> {
  const server = await startMcpServer(world);
  const called = new Set<string>();
  const check = async (
    tool: string,
    action: string,
    source: string,
    args: Args,
    expected: unknown,
  ): Promise<unknown> => {
    const name = action === '' ? tool : `${tool} ${action}`;
    called.add(name);
    const given = { project: PROJECT, ...(action !== '' && { action }), ...args };
    return await report.check(name, source, () => server.call(tool, given), expected);
  };
  try {
    await checkCore(check);
    await checkWorkItems(check, world);
    await checkPlanning(check, world);
    const all = server.tools.flatMap(({ name, actions }) =>
      actions.length === 0 ? [name] : actions.map((action) => `${name} ${action}`),
    );
    return all.filter((name) => !called.has(name));
  } finally {
    await server.close();
  }
}

type Check = (
  tool: string,
  action: string,
  source: string,
  args: Args,
  expected: unknown,
) => Promise<unknown>;

async function checkCore(check: Check): Promise<void> {
  await check('core_list_projects', '', 'core/projects/list', {}, [
    { id: isText, name: PROJECT, state: 'wellFormed', url: isText },
  ]);
  await check('core_list_project_teams', '', 'core/teams/get-teams', {}, [
    { name: TEAM, projectName: PROJECT },
  ]);
  const filter = { searchFilter: 'jamal' };
  await check('core_get_identity_ids', '', 'ims/identities/read-identities', filter, [
    { id: isText, displayName: 'Jamal Hartnett', descriptor: isText },
  ]);
}

async function checkWorkItems(check: Check, world: World): Promise<void> {
  const { story, first, second, bug } = world.items;
  const projectId = world.sandbox.azureDevOps.organization.projects[0]?.id ?? '';
  const fields = [
    { name: 'System.Title', value: 'x' },
    { name: 'System.Description', value: '**b**', format: 'Markdown' },
  ];
  const created = await check(
    'wit_work_item_write',
    'create',
    'wit/work-items/create',
    { workItemType: 'Task', fields },
    {
      id: isNumber,
      rev: 1,
      fields: { 'System.Title': 'x' },
    },
  );
  const id = (created as { id?: number } | undefined)?.id ?? 0;
  const rename = [
    { op: 'test', path: '/rev', value: 1 },
    { op: 'replace', path: '/fields/System.Title', value: 'y' },
  ];
  await check(
    'wit_work_item_write',
    'update',
    'wit/work-items/update',
    { id, updates: rename },
    { id, rev: 2, fields: { 'System.Title': 'y' } },
  );
  const batchUpdates = [first, second].map((one) => ({
    id: one,
    path: '/fields/System.Title',
    value: `T${one}`,
  }));
  await check(
    'wit_work_item_write',
    'update_batch',
    'wit/batch',
    { batchUpdates },
    { count: 2, value: [{ code: 200, body: isText }, { code: 200 }] },
  );
  const items = [
    { title: 'Child', description: 'd' },
    { title: 'Other', description: 'd', format: 'Html' },
  ];
  await check(
    'wit_work_item_write',
    'add_child',
    'wit/batch',
    { parentId: story, workItemType: 'Task', items },
    { count: 2, value: [{ code: 200 }, { code: 200 }] },
  );

  await check(
    'wit_work_item',
    'get',
    'wit/work-items/get-work-item',
    { id, expand: 'All' },
    { id, fields: { 'System.Title': 'y' } },
  );
  await check('wit_work_item', 'get_batch', 'wit/work-items/get-work-items-batch', { ids: [second, first] }, [
    {
      id: first,
      fields: { 'System.Title': `T${first}`, 'System.AssignedTo': 'Jamal Hartnett <jamal@fabrikam.example>' },
    },
    { id: second },
  ]);
  await check(
    'wit_work_item',
    'my',
    'work/predefined-queries/get',
    {},
    { id: 'assignedtome', results: isList, hasMore: false },
  );
  await check('wit_work_item', 'list_revisions', 'wit/revisions/list', { workItemId: id }, [
    { rev: 1 },
    { rev: 2 },
  ]);
  await check(
    'wit_work_item',
    'get_type',
    'wit/work-item-types/get',
    { workItemType: 'Bug' },
    { name: 'Bug', states: isList },
  );

  const comment = await check(
    'wit_work_item_comment_write',
    'add',
    'wit/comments/add-comment',
    { workItemId: id, text: '**hi** @<siobhan@fabrikam.example>' },
    {
      text: (text: unknown) => /^\*\*hi\*\* @<[\w-]{36}>$/.test(String(text)),
      format: 'markdown',
    },
  );
  const commentId = (comment as { id?: number } | undefined)?.id ?? 0;
  await check(
    'wit_work_item_comment_write',
    'update',
    'wit/comments/update-comment',
    { workItemId: id, commentId, text: '<b>x</b>', format: 'Html' },
    { text: '<b>x</b>', version: 2, format: 'html' },
  );
  await check(
    'wit_work_item',
    'list_comments',
    'wit/comments/get-comments',
    { workItemId: id },
    { totalCount: 1, comments: [{ id: commentId, text: '<b>x</b>' }] },
  );

  const links = [
    { id: bug, linkToId: id, type: 'related', comment: 'see' },
    { id: bug, type: 'hyperlink', url: 'https://example.com/' },
  ];
  await check(
    'wit_work_item_link_write',
    'link',
    'wit/batch',
    { updates: links },
    { count: 1, value: [{ code: 200 }] },
  );
  await check(
    'wit_work_item_link_write',
    'unlink',
    'wit/work-items/update',
    { id: bug, type: 'hyperlink' },
    (text: unknown) => String(text).startsWith('Removed 1 link(s)'),
  );
  const artifact = { projectId, repositoryId: 'fd672255-8b6b-4769-9260-beea83d752ce', workItemId: bug };
  await check(
    'wit_work_item_link_write',
    'link_to_pull_request',
    'wit/work-items/update',
    { ...artifact, pullRequestId: 7 },
    { success: true },
  );
  await check(
    'wit_work_item_link_write',
    'add_artifact_link',
    'wit/work-items/update',
    { ...artifact, branchName: 'main' },
    { linkType: 'Branch', success: true },
  );

  const wiql = `SELECT [System.Id] FROM WorkItems WHERE [System.Id] = ${id}`;
  await check('wit_query', 'wiql', 'wit/wiql/query-by-wiql', { wiql }, { workItems: [{ id }] });
  await check(
    'wit_query',
    'get',
    'wit/queries/get',
    { query: 'Shared Queries', depth: 1 },
    { isFolder: true, name: 'Shared Queries' },
  );
  const { client } = world;
  const saved = await client.savedQueries.create({
    name: 'Mine',
    query: wiqlOf`SELECT [System.Id] FROM WorkItems WHERE [System.Id] = ${id}`,
  });
  await check('wit_query', 'get_results', 'wit/wiql/query-by-id', { id: saved.id }, { workItems: [{ id }] });

  const file = await client.attachments.upload({ name: 'a.txt', data: 'hello' });
  await check(
    'wit_work_item_attachment',
    '',
    'wit/attachments/get',
    { attachmentId: file.id, fileName: 'a.txt' },
    'hello',
  );
}

async function checkPlanning(check: Check, world: World): Promise<void> {
  const { story } = world.items;
  const team = TEAM;
  await check('wit_backlog', 'list', 'work/backlogs/list', { team }, [
    { id: isText, name: isText, type: isNumber },
  ]);
  const backlogId = 'Microsoft.RequirementCategory';
  await check(
    'wit_backlog',
    'list_work_items',
    'work/backlogs/get-backlog-level-work-items',
    { team, backlogId },
    { workItems: [{ target: { id: story } }] },
  );
  const order = { ids: [story], previousId: 0, nextId: world.items.bug, parentId: 0 };
  await check(
    'wit_backlog',
    'reorder',
    'work/workitemsorder/reorder-backlog-work-items',
    { team, ...order },
    [{ id: story, order: isNumber }],
  );

  const sprints = await check('work', 'list_team_iterations', 'work/iterations/list', { team }, [
    { id: isText, path: isText, attributes: { timeFrame: isNumber } },
  ]);
  const iterationId = (sprints as { id: string }[] | undefined)?.[0]?.id ?? '';
  await check(
    'wit_work_item',
    'list_for_iteration',
    'work/iterations/get-iteration-work-items',
    { team, iterationId },
    { workItemRelations: isList },
  );
  await check('work', 'list_iterations', 'wit/classification-nodes/get-classification-nodes', {}, [
    { structureType: 1, children: isList },
  ]);
  await check(
    'work',
    'get_team_settings',
    'work/teamsettings/get',
    { team },
    { workingDays: isList, bugsBehavior: isNumber, defaultAreaPath: PROJECT },
  );
  const member = world.sandbox.azureDevOps.people[0]?.id ?? '';
  const activities = [{ name: 'Development', capacityPerDay: 6 }];
  const daysOff = [{ start: '2026-11-24', end: '2026-11-25' }];
  await check(
    'work_capacity_write',
    'update',
    'work/capacities/update-capacity-with-identity-ref',
    { team, iterationId, teamMemberId: member, activities, daysOff },
    {
      teamMember: { id: member },
      activities,
      daysOff: [{ start: isDate }],
    },
  );
  await check(
    'work',
    'get_team_capacity',
    'work/capacities/get-capacities-with-identity-ref-and-totals',
    { team, iterationId },
    { totalCapacityPerDay: 6, totalDaysOff: 2, teamMembers: [{ activities }] },
  );
  await check(
    'work',
    'get_iteration_capacities',
    'work/iterationcapacities/get',
    { iterationId },
    {
      teams: [{ teamId: isText, teamCapacityPerDay: 6 }],
      totalIterationCapacityPerDay: isNumber,
      totalIterationDaysOff: isNumber,
    },
  );
  const iterations = [{ iterationName: 'Sprint 9', startDate: '2027-03-01', finishDate: '2027-03-12' }];
  const made = await check(
    'work_iteration_write',
    'create',
    'wit/classification-nodes/create-or-update',
    { iterations },
    [{ name: 'Sprint 9', identifier: isText }],
  );
  const [node] = (made as { identifier: string; path: string }[] | undefined) ?? [];
  await check(
    'work_iteration_write',
    'assign',
    'work/iterations/post-team-iteration',
    { team, iterations: [{ identifier: node?.identifier, path: node?.path }] },
    [{ name: 'Sprint 9' }],
  );
}
