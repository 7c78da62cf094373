import { Readable } from 'node:stream';
import type { WebApi } from 'azure-devops-node-api';
import {
  CommentReactionType,
  type QueryHierarchyItem,
  QueryOption,
  TreeStructureGroup,
  WorkItemErrorPolicy,
  WorkItemExpand,
} from 'azure-devops-node-api/interfaces/WorkItemTrackingInterfaces.js';
import { isDate, isList, isNumber, isText, type Report } from './report.ts';
import { PROJECT, TEAM, type World } from './world.ts';

const CONTEXT = { project: PROJECT, team: TEAM };
const title = (value: string): object[] => [{ op: 'add', path: '/fields/System.Title', value }];
const text = async (stream: NodeJS.ReadableStream): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
};

/** Every method of `WorkItemTrackingApi`. */
export async function checkWorkItemTracking(report: Report, api: WebApi, world: World): Promise<void> {
  const wit = await api.getWorkItemTrackingApi();
  const { story, first, second, bug } = world.items;
  const check: Report['check'] = (name, ...rest) => report.check(`WorkItemTrackingApi.${name}`, ...rest);

  const created = await check(
    'createWorkItem',
    'wit/work-items/create',
    () => wit.createWorkItem({}, title('x'), PROJECT, 'Task'),
    {
      rev: 1,
      fields: { 'System.Title': 'x', 'System.State': 'New', 'System.WorkItemType': 'Task' },
      url: isText,
    },
  );
  const id = created?.id ?? 0;
  await check('updateWorkItem', 'wit/work-items/update', () => wit.updateWorkItem({}, title('y'), id), {
    id,
    rev: 2,
  });
  await check(
    'getWorkItem',
    'wit/work-items/get-work-item',
    () => wit.getWorkItem(id, undefined, undefined, WorkItemExpand.All),
    {
      id,
      fields: { 'System.Title': 'y' },
      _links: { self: { href: isText } },
    },
  );
  await check(
    'getWorkItems',
    'wit/work-items/list',
    () => wit.getWorkItems([id, 4711], ['System.Title'], undefined, undefined, WorkItemErrorPolicy.Omit),
    [{ id }, null],
  );
  await check(
    'getWorkItemsBatch',
    'wit/work-items/get-work-items-batch',
    () => wit.getWorkItemsBatch({ ids: [story, first] }),
    [{ id: story }, { id: first }],
  );
  await check(
    'getWorkItemTemplate',
    'wit/work-items/get-work-item-template',
    () => wit.getWorkItemTemplate(PROJECT, 'Bug'),
    { fields: { 'System.WorkItemType': 'Bug', 'System.State': 'New' } },
  );
  await check('getRevision', 'wit/revisions/get', () => wit.getRevision(id, 1), {
    id,
    rev: 1,
    fields: { 'System.Title': 'x' },
  });
  await check('getRevisions', 'wit/revisions/list', () => wit.getRevisions(id), [{ rev: 1 }, { rev: 2 }]);
  await check('getUpdate', 'wit/updates/get', () => wit.getUpdate(id, 2), {
    id: 2,
    fields: { 'System.Title': { oldValue: 'x', newValue: 'y' } },
  });
  await check('getUpdates', 'wit/updates/list', () => wit.getUpdates(id), [{ id: 1 }, { id: 2 }]);

  await check(
    'queryByWiql',
    'wit/wiql/query-by-wiql',
    () => wit.queryByWiql({ query: "SELECT [System.Id] FROM WorkItems WHERE [System.Title] = 'y'" }, CONTEXT),
    {
      queryType: 1,
      asOf: isDate,
      columns: [{ referenceName: 'System.Id' }],
      workItems: [{ id }],
    },
  );
  const query: QueryHierarchyItem = { name: 'Mine', wiql: 'SELECT [System.Id] FROM WorkItems' };
  const saved = await check(
    'createQuery',
    'wit/queries/create',
    () => wit.createQuery(query, PROJECT, 'Shared Queries'),
    { name: 'Mine', path: 'Shared Queries/Mine', id: isText },
  );
  const queryId = saved?.id ?? '';
  await check('getQuery', 'wit/queries/get', () => wit.getQuery(PROJECT, 'Shared Queries/Mine'), {
    id: queryId,
  });
  await check('getQueries', 'wit/queries/list', () => wit.getQueries(PROJECT, undefined, 1), [
    { isFolder: true },
  ]);
  await check('searchQueries', 'wit/queries/search-queries', () => wit.searchQueries(PROJECT, 'mine'), {
    count: 1,
    value: [{ id: queryId }],
  });
  await check(
    'getQueriesBatch',
    'wit/queries/get-queries-batch',
    () => wit.getQueriesBatch({ ids: [queryId] }, PROJECT),
    [{ id: queryId }],
  );
  await check(
    'updateQuery',
    'wit/queries/update',
    () => wit.updateQuery({ name: 'Ours' }, PROJECT, queryId),
    { name: 'Ours' },
  );
  await check('queryById', 'wit/wiql/query-by-id', () => wit.queryById(queryId, CONTEXT), {
    workItems: isList,
  });
  await check('deleteQuery', 'wit/queries/delete', () => wit.deleteQuery(PROJECT, queryId), world.wasDone);

  const comment = await check(
    'addComment',
    'wit/comments/add-comment',
    () => wit.addComment({ text: 'one' }, PROJECT, id),
    { text: 'one', version: 1, createdDate: isDate },
  );
  const commentId = comment?.id ?? 0;
  await check(
    'updateComment',
    'wit/comments/update-comment',
    () => wit.updateComment({ text: 'two' }, PROJECT, id, commentId),
    { text: 'two', version: 2 },
  );
  await check('getComment', 'wit/comments/get-comment', () => wit.getComment(PROJECT, id, commentId), {
    text: 'two',
  });
  await check('getComments', 'wit/comments/get-comments', () => wit.getComments(PROJECT, id), {
    totalCount: 1,
    comments: [{ id: commentId }],
  });
  await check(
    'getCommentsBatch',
    'wit/comments/get-comments-batch',
    () => wit.getCommentsBatch(PROJECT, id, [commentId]),
    { comments: [{ id: commentId }] },
  );
  await check(
    'getCommentVersions',
    'wit/comments-versions/list',
    () => wit.getCommentVersions(PROJECT, id, commentId),
    (all: unknown) => Array.isArray(all) && all.length === 2,
  );
  await check(
    'getCommentVersion',
    'wit/comments-versions/get',
    () => wit.getCommentVersion(PROJECT, id, commentId, 1),
    { text: 'one', version: 1 },
  );
  const heart = CommentReactionType.Heart;
  await check(
    'createCommentReaction',
    'wit/comments-reactions/create',
    () => wit.createCommentReaction(PROJECT, id, commentId, heart),
    { commentId, count: 1, isCurrentUserEngaged: true },
  );
  await check(
    'getCommentReactions',
    'wit/comments-reactions/list',
    () => wit.getCommentReactions(PROJECT, id, commentId),
    [{ type: heart, count: 1 }],
  );
  await check(
    'getEngagedUsers',
    'wit/comment-reactions-engaged-users/list',
    () => wit.getEngagedUsers(PROJECT, id, commentId, heart),
    [{ displayName: isText }],
  );
  await check(
    'deleteCommentReaction',
    'wit/comments-reactions/delete',
    () => wit.deleteCommentReaction(PROJECT, id, commentId, heart),
    { count: 0, isCurrentUserEngaged: false },
  );
  await check('deleteComment', 'wit/comments/delete', () => wit.deleteComment(PROJECT, id, commentId), {
    isDeleted: true,
  });

  const file = await check(
    'createAttachment',
    'wit/attachments/create',
    () => wit.createAttachment({}, Readable.from(['hello']), 'a.txt', undefined, PROJECT),
    { id: isText, url: isText },
  );
  const fileId = file?.id ?? '';
  await check(
    'getAttachmentContent',
    'wit/attachments/get',
    async () => await text(await wit.getAttachmentContent(fileId, 'a.txt', PROJECT)),
    'hello',
  );

  await check(
    'getClassificationNodes',
    'wit/classification-nodes/get-classification-nodes',
    () => wit.getClassificationNodes(PROJECT, [], 2),
    [{ structureType: 0, children: isList }, { structureType: 1 }],
  );
  await check('getRootNodes', 'wit/classification-nodes/get-root-nodes', () => wit.getRootNodes(PROJECT, 1), [
    { name: PROJECT },
    { name: PROJECT },
  ]);
  // `Areas` is 0, which the library leaves out of the path.
  const { Iterations } = TreeStructureGroup;
  await check(
    'createOrUpdateClassificationNode',
    'wit/classification-nodes/create-or-update',
    () => wit.createOrUpdateClassificationNode({ name: 'New' }, PROJECT, Iterations),
    { name: 'New', structureType: 1, path: `\\${PROJECT}\\Iteration\\New` },
  );
  await check(
    'getClassificationNode',
    'wit/classification-nodes/get',
    () => wit.getClassificationNode(PROJECT, Iterations, 'New'),
    { name: 'New', identifier: isText },
  );
  await check(
    'updateClassificationNode',
    'wit/classification-nodes/update',
    () => wit.updateClassificationNode({ name: 'Newer' }, PROJECT, Iterations, 'New'),
    { name: 'Newer' },
  );
  const root = await wit.getClassificationNode(PROJECT, Iterations);
  await check(
    'deleteClassificationNode',
    'wit/classification-nodes/delete',
    () => wit.deleteClassificationNode(PROJECT, Iterations, 'Newer', root?.id),
    world.wasDone,
  );

  await check('getField', 'wit/fields/get', () => wit.getField('System.Title'), {
    name: 'Title',
    referenceName: 'System.Title',
  });
  await check(
    'getFields',
    'wit/fields/list',
    () => wit.getFields(PROJECT),
    (all: unknown) => Array.isArray(all) && all.length > 50,
  );

  await check('deleteWorkItem', 'wit/work-items/delete', () => wit.deleteWorkItem(id), {
    id,
    deletedDate: isDate,
    deletedBy: isText,
  });
  await check('getDeletedWorkItem', 'wit/recyclebin/get', () => wit.getDeletedWorkItem(id), { id });
  await check(
    'getDeletedWorkItems',
    'wit/recyclebin/get-deleted-work-items',
    () => wit.getDeletedWorkItems([id], PROJECT),
    [{ id }],
  );
  await check(
    'getDeletedWorkItemShallowReferences',
    'wit/recyclebin/get-deleted-work-item-shallow-references',
    () => wit.getDeletedWorkItemShallowReferences(PROJECT),
    [{ id, url: isText }],
  );
  await check(
    'restoreWorkItem',
    'wit/recyclebin/restore-work-item',
    () => wit.restoreWorkItem({ isDeleted: false }, id),
    { id },
  );
  await wit.deleteWorkItem(id);
  await check(
    'destroyWorkItem',
    'wit/recyclebin/destroy-work-item',
    () => wit.destroyWorkItem(id),
    world.wasDone,
  );

  await wit.updateWorkItem({}, [{ op: 'add', path: '/fields/System.Tags', value: 'red' }], bug);
  await check('getTags', 'wit/tags/list', () => wit.getTags(PROJECT), [{ name: 'red', id: isText }]);
  await check('getTag', 'wit/tags/get', () => wit.getTag(PROJECT, 'red'), { name: 'red' });
  await check('updateTag', 'wit/tags/update', () => wit.updateTag({ name: 'blue' }, PROJECT, 'red'), {
    name: 'blue',
  });
  await check('deleteTag', 'wit/tags/delete', () => wit.deleteTag(PROJECT, 'blue'), world.wasDone);

  const template = { name: 'T', workItemTypeName: 'Bug', description: '', fields: { 'System.Title': 'T' } };
  const kept = await check(
    'createTemplate',
    'wit/templates/create',
    () => wit.createTemplate(template, CONTEXT),
    { id: isText, name: 'T' },
  );
  const templateId = kept?.id ?? '';
  await check('getTemplates', 'wit/templates/list', () => wit.getTemplates(CONTEXT), [{ id: templateId }]);
  await check('getTemplate', 'wit/templates/get', () => wit.getTemplate(CONTEXT, templateId), {
    fields: { 'System.Title': 'T' },
  });
  await check(
    'replaceTemplate',
    'wit/templates/replace-template',
    () => wit.replaceTemplate({ ...template, name: 'U' }, CONTEXT, templateId),
    { name: 'U' },
  );
  await check(
    'deleteTemplate',
    'wit/templates/delete',
    () => wit.deleteTemplate(CONTEXT, templateId),
    world.wasDone,
  );

  await check('getWorkItemType', 'wit/work-item-types/get', () => wit.getWorkItemType(PROJECT, 'Bug'), {
    name: 'Bug',
    referenceName: 'Microsoft.VSTS.WorkItemTypes.Bug',
    color: isText,
  });
  await check('getWorkItemTypes', 'wit/work-item-types/list', () => wit.getWorkItemTypes(PROJECT), isList);
  await check(
    'getWorkItemTypeStates',
    'wit/work-item-type-states/list',
    () => wit.getWorkItemTypeStates(PROJECT, 'Bug'),
    [{ name: 'New', category: 'Proposed', color: isText }],
  );
  await check(
    'getWorkItemTypeFieldsWithReferences',
    'wit/work-item-types-field/list',
    () => wit.getWorkItemTypeFieldsWithReferences(PROJECT, 'Bug'),
    isList,
  );
  await check(
    'getWorkItemTypeFieldWithReferences',
    'wit/work-item-types-field/get',
    () => wit.getWorkItemTypeFieldWithReferences(PROJECT, 'Bug', 'System.Title'),
    { referenceName: 'System.Title', alwaysRequired: true },
  );
  await check(
    'getWorkItemTypeCategories',
    'wit/work-item-type-categories/list',
    () => wit.getWorkItemTypeCategories(PROJECT),
    isList,
  );
  await check(
    'getWorkItemTypeCategory',
    'wit/work-item-type-categories/get',
    () => wit.getWorkItemTypeCategory(PROJECT, 'Microsoft.BugCategory'),
    { referenceName: 'Microsoft.BugCategory', defaultWorkItemType: { name: 'Bug' } },
  );
  const names = [PROJECT];
  await check('getWorkItemTypeColors', 'node-api', () => wit.getWorkItemTypeColors(names), [
    { key: PROJECT, value: isList },
  ]);
  await check('getWorkItemTypeColorAndIcons', 'node-api', () => wit.getWorkItemTypeColorAndIcons(names), [
    { key: PROJECT, value: isList },
  ]);
  await check('getWorkItemStateColors', 'node-api', () => wit.getWorkItemStateColors(names), [
    { projectName: PROJECT, workItemTypeStateColors: isList },
  ]);
  await check(
    'getWorkItemNextStatesOnCheckinAction',
    'wit/work-item-transitions/list',
    () => wit.getWorkItemNextStatesOnCheckinAction([first], 'checkin'),
    [{ id: first, stateOnTransition: 'Closed' }],
  );
  await check(
    'getRelationType',
    'wit/work-item-relation-types/get',
    () => wit.getRelationType('System.LinkTypes.Related'),
    { name: 'Related' },
  );
  await check('getRelationTypes', 'wit/work-item-relation-types/list', () => wit.getRelationTypes(), isList);
  await check('getWorkItemIcons', 'wit/work-item-icons/list', () => wit.getWorkItemIcons(), isList);
  await check(
    'getWorkItemIconJson',
    'wit/work-item-icons/get',
    () => wit.getWorkItemIconJson('icon_insect', 'cc293d', 2),
    { id: 'icon_insect', url: isText },
  );
  await check(
    'getWorkItemIconSvg',
    'wit/work-item-icons/get',
    async () => (await text(await wit.getWorkItemIconSvg('icon_insect', 'cc293d', 2))).slice(0, 4),
    '<svg',
  );
  await check(
    'getWorkItemIconXaml',
    'wit/work-item-icons/get',
    async () => await text(await wit.getWorkItemIconXaml('icon_insect')),
    isText,
  );

  await check(
    'getReportingLinksByLinkType',
    'wit/reporting-work-item-links/get',
    () => wit.getReportingLinksByLinkType(PROJECT),
    {
      values: [
        {
          rel: 'System.LinkTypes.Hierarchy',
          attributes: { sourceId: isNumber, targetId: isNumber, isActive: true },
        },
      ],
      isLastBatch: true,
    },
  );
  await check(
    'readReportingRevisionsGet',
    'wit/reporting-work-item-revisions/read-reporting-revisions-get',
    () => wit.readReportingRevisionsGet(PROJECT),
    { values: isList, continuationToken: isText, isLastBatch: true },
  );
  await check(
    'readReportingRevisionsPost',
    'wit/reporting-work-item-revisions/read-reporting-revisions-post',
    () => wit.readReportingRevisionsPost({ fields: ['System.Title'] }, PROJECT),
    { values: isList, isLastBatch: true },
  );
  await wit.addComment({ text: 'talk' }, PROJECT, second);
  await check(
    'readReportingDiscussions',
    'wit/work-item-revisions-discussions/read-reporting-discussions',
    () => wit.readReportingDiscussions(PROJECT),
    { values: [{ id: second }], isLastBatch: true },
  );

  await check(
    'getWorkArtifactLinkTypes',
    'wit/artifact-link-types/list',
    () => wit.getWorkArtifactLinkTypes(),
    [{ toolType: isText, artifactType: isText, linkType: isText }],
  );
  const commit = 'vstfs:///Git/Commit/a%2fb%2fc';
  const link = { rel: 'ArtifactLink', url: commit, attributes: { name: 'Fixed in Commit' } };
  await wit.updateWorkItem({}, [{ op: 'add', path: '/relations/-', value: link }], bug);
  await check(
    'queryWorkItemsForArtifactUris',
    'wit/artifact-uri-query/query',
    () => wit.queryWorkItemsForArtifactUris({ artifactUris: [commit] }, PROJECT),
    { artifactUrisQueryResult: { [commit]: [{ id: bug }] } },
  );
  await check(
    'getAccountMyWorkData',
    'wit/account-my-work/list',
    () => wit.getAccountMyWorkData(QueryOption.Doing),
    { querySizeLimitExceeded: false, workItemDetails: isList },
  );
  await check(
    'getRecentActivityData',
    'wit/account-my-work-recent-activity/list',
    () => wit.getRecentActivityData(),
    [{ id: isNumber, activityType: isNumber, activityDate: isDate, title: isText }],
  );
  await check('getRecentMentions', 'node-api', () => wit.getRecentMentions(), isList);

  for (const [name, source, why] of EXCEPTIONS) report.except(`WorkItemTrackingApi.${name}`, source, why);
}

const PROCESS = 'administration of fields and processes, not of work items';

/** What the sandbox leaves out. */
const EXCEPTIONS: readonly [name: string, source: string, why: string][] = [
  ['createField', 'wit/fields/create', PROCESS],
  ['updateField', 'wit/fields/update', PROCESS],
  ['deleteField', 'wit/fields/delete', PROCESS],
  ['migrateProjectsProcess', 'wit/projects-process-migration', PROCESS],
  ['exportWorkItemTypeDefinition', 'wit/work-item-types', 'the XML process of old servers'],
  ['updateWorkItemTypeDefinition', 'wit/work-item-types', 'the XML process of old servers'],
  ['sendMail', 'wit/send-mail', 'sends email'],
  ['getAttachmentZip', 'wit/attachments/get', 'the sandbox answers with the file, not with an archive'],
];
