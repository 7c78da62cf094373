import type { HttpOperation, Operation } from '@context-sdk/oauth-core/client-kit';
import type { WitApi } from './library/wit-api.ts';

/** An operation that azure-devops-node-api puts together. */
export interface LibraryOperation extends Operation {
  readonly library: keyof WitApi;
}

/** An operation that the library has no method for, or only an older version of. */
export interface DirectOperation extends HttpOperation {
  readonly apiVersion: string;
  /** Whether Azure DevOps Services has it on the host of its identity service. */
  readonly isOnIdentityHost?: true;
}

export type AdoOperation = LibraryOperation | DirectOperation;

/**
 * Every request of this client by the method that it is for. Scopes of Azure DevOps name what a token may do, but
 * whether one has them can't be read from it, so none is checked before a request.
 */
export const OPERATIONS = {
  'attachments.download': { safety: 'safe', library: 'getAttachmentContent' },
  // An upload that is sent twice leaves a file behind that nothing links to.
  'attachments.upload': { safety: 'idempotent', library: 'createAttachment' },
  'areas.create': {
    safety: 'unsafe',
    method: 'POST',
    path: '/{project}/_apis/wit/classificationnodes/areas',
    apiVersion: '7.1',
  },
  'areas.get': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/_apis/wit/classificationnodes/areas',
    query: ['$depth'],
    apiVersion: '7.1',
  },
  'areas.tree': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/_apis/wit/classificationnodes/areas',
    query: ['$depth'],
    apiVersion: '7.1',
  },
  'artifacts.build': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/_apis/build/builds/{id}',
    apiVersion: '7.1',
  },
  'artifacts.commit': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/_apis/git/repositories/{repository}/commits/{id}',
    apiVersion: '7.1',
  },
  'artifacts.pullRequest': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/_apis/git/repositories/{repository}/pullrequests/{id}',
    apiVersion: '7.1',
  },
  'boards.backlogItems': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/{team}/_apis/work/backlogs/{backlog}/workItems',
    apiVersion: '7.1',
  },
  'boards.backlogs': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/{team}/_apis/work/backlogs',
    apiVersion: '7.1',
  },
  'boards.get': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/{team}/_apis/work/boards/{board}',
    apiVersion: '7.1',
  },
  'boards.list': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/{team}/_apis/work/boards',
    apiVersion: '7.1',
  },
  'boards.reorder': {
    safety: 'idempotent',
    method: 'PATCH',
    path: '/{project}/{team}/_apis/work/workitemsorder',
    apiVersion: '7.1',
  },
  'comments.add': { safety: 'unsafe', library: 'addComment' },
  'comments.addMarkdown': {
    safety: 'unsafe',
    method: 'POST',
    path: '/{project}/_apis/wit/workItems/{workItemId}/comments',
    query: ['format'],
    // The first version with `format`: 0 is Markdown, 1 is HTML (docs/facts/azure-devops.md#markdown).
    apiVersion: '7.2-preview.4',
  },
  'comments.delete': { safety: 'unsafe', library: 'deleteComment' },
  'comments.get': { safety: 'safe', library: 'getComment' },
  'comments.list': { safety: 'safe', library: 'getComments' },
  'comments.update': { safety: 'idempotent', library: 'updateComment' },
  'comments.updateFormatted': {
    safety: 'idempotent',
    method: 'PATCH',
    path: '/{project}/_apis/wit/workItems/{workItemId}/comments/{commentId}',
    query: ['format'],
    apiVersion: '7.2-preview.4',
  },
  'fields.get': { safety: 'safe', library: 'getField' },
  'fields.list': { safety: 'safe', library: 'getFields' },
  'history.revision': { safety: 'safe', library: 'getRevision' },
  'history.revisions': { safety: 'safe', library: 'getRevisions' },
  'history.updates': { safety: 'safe', library: 'getUpdates' },
  'identities.find': {
    safety: 'safe',
    method: 'GET',
    path: '/_apis/identities',
    query: ['searchFilter', 'filterValue', 'queryMembership'],
    apiVersion: '7.1',
    isOnIdentityHost: true,
  },
  'identities.me': {
    safety: 'safe',
    method: 'GET',
    path: '/_apis/connectionData',
    apiVersion: '7.1-preview.1',
  },
  'iterations.add': {
    safety: 'idempotent',
    method: 'POST',
    path: '/{project}/{team}/_apis/work/teamsettings/iterations',
    apiVersion: '7.1',
  },
  'iterations.capacity': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/{team}/_apis/work/teamsettings/iterations/{iteration}/capacities',
    apiVersion: '7.1',
  },
  'iterations.create': {
    safety: 'unsafe',
    method: 'POST',
    path: '/{project}/_apis/wit/classificationnodes/iterations',
    apiVersion: '7.1',
  },
  'iterations.daysOff': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/{team}/_apis/work/teamsettings/iterations/{iteration}/teamdaysoff',
    apiVersion: '7.1',
  },
  'iterations.get': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/_apis/wit/classificationnodes/iterations',
    query: ['$depth'],
    apiVersion: '7.1',
  },
  'iterations.list': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/{team}/_apis/work/teamsettings/iterations',
    query: ['$timeframe'],
    apiVersion: '7.1',
  },
  'iterations.setCapacity': {
    safety: 'idempotent',
    method: 'PATCH',
    path: '/{project}/{team}/_apis/work/teamsettings/iterations/{iteration}/capacities/{member}',
    apiVersion: '7.1',
  },
  'iterations.tree': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/_apis/wit/classificationnodes/iterations',
    query: ['$depth'],
    apiVersion: '7.1',
  },
  'iterations.workItems': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/{team}/_apis/work/teamsettings/iterations/{iteration}/workitems',
    apiVersion: '7.1',
  },
  'projects.get': { safety: 'safe', method: 'GET', path: '/_apis/projects/{project}', apiVersion: '7.1' },
  'projects.list': {
    safety: 'safe',
    method: 'GET',
    path: '/_apis/projects',
    query: ['$top', 'continuationToken'],
    apiVersion: '7.1',
  },
  'recycleBin.list': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/_apis/wit/recyclebin',
    query: ['ids'],
    apiVersion: '7.1',
  },
  'recycleBin.get': { safety: 'safe', library: 'getDeletedWorkItem' },
  'relations.types': { safety: 'safe', library: 'getRelationTypes' },
  // It only reads: the filter is in the body.
  'reporting.revisions': {
    safety: 'safe',
    method: 'POST',
    path: '/{project}/_apis/wit/reporting/workitemrevisions',
    query: ['startDateTime', 'continuationToken', 'includeDeleted', 'includeLatestOnly'],
    apiVersion: '7.1',
  },
  'savedQueries.create': {
    safety: 'unsafe',
    method: 'POST',
    path: '/{project}/_apis/wit/queries',
    apiVersion: '7.1',
  },
  'savedQueries.delete': {
    safety: 'unsafe',
    method: 'DELETE',
    path: '/{project}/_apis/wit/queries',
    apiVersion: '7.1',
  },
  'savedQueries.get': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/_apis/wit/queries',
    query: ['$depth', '$expand'],
    apiVersion: '7.1',
  },
  'savedQueries.list': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/_apis/wit/queries',
    query: ['$depth', '$expand'],
    apiVersion: '7.1',
  },
  // Not sent twice after a lost response: events are delivered to every subscription.
  'subscriptions.create': {
    safety: 'unsafe',
    method: 'POST',
    path: '/_apis/hooks/subscriptions',
    apiVersion: '7.1',
  },
  'subscriptions.delete': {
    safety: 'unsafe',
    method: 'DELETE',
    path: '/_apis/hooks/subscriptions/{id}',
    apiVersion: '7.1',
  },
  'subscriptions.list': {
    safety: 'safe',
    method: 'GET',
    path: '/_apis/hooks/subscriptions',
    query: ['eventType', 'consumerId', 'consumerActionId'],
    apiVersion: '7.1',
  },
  'subscriptions.replace': {
    safety: 'idempotent',
    method: 'PUT',
    path: '/_apis/hooks/subscriptions/{id}',
    apiVersion: '7.1',
  },
  'tags.delete': { safety: 'unsafe', library: 'deleteTag' },
  'tags.list': { safety: 'safe', library: 'getTags' },
  'tags.rename': { safety: 'idempotent', library: 'updateTag' },
  'teams.get': {
    safety: 'safe',
    method: 'GET',
    path: '/_apis/projects/{project}/teams/{team}',
    query: ['$top', '$skip'],
    apiVersion: '7.1',
  },
  'teams.list': {
    safety: 'safe',
    method: 'GET',
    path: '/_apis/projects/{project}/teams',
    query: ['$top', '$skip'],
    apiVersion: '7.1',
  },
  'teams.members': {
    safety: 'safe',
    method: 'GET',
    path: '/_apis/projects/{project}/teams/{team}/members',
    query: ['$top', '$skip'],
    apiVersion: '7.1',
  },
  'templates.get': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/{team}/_apis/wit/templates/{template}',
    query: ['workitemtypename'],
    apiVersion: '7.1',
  },
  'templates.list': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/{team}/_apis/wit/templates',
    query: ['workitemtypename'],
    apiVersion: '7.1',
  },
  'types.fields': {
    safety: 'safe',
    method: 'GET',
    path: '/{project}/_apis/wit/workitemtypes/{type}/fields',
    query: ['$expand'],
    apiVersion: '7.1',
  },
  'types.get': { safety: 'safe', library: 'getWorkItemType' },
  'types.list': { safety: 'safe', library: 'getWorkItemTypes' },
  'types.states': { safety: 'safe', library: 'getWorkItemTypeStates' },
  'workItems.create': { safety: 'unsafe', library: 'createWorkItem' },
  'workItems.createMany': { safety: 'unsafe', method: 'POST', path: '/_apis/wit/$batch', apiVersion: '7.1' },
  'workItems.delete': { safety: 'idempotent', library: 'deleteWorkItem' },
  // A second one would be answered with 404.
  'workItems.destroy': { safety: 'unsafe', library: 'deleteWorkItem' },
  'workItems.get': { safety: 'safe', library: 'getWorkItem' },
  'workItems.getMany': { safety: 'safe', library: 'getWorkItemsBatch' },
  'workItems.query': { safety: 'safe', library: 'queryByWiql' },
  'workItems.restore': { safety: 'unsafe', library: 'restoreWorkItem' },
  'workItems.update': { safety: 'unsafe', library: 'updateWorkItem' },
  'workItems.updateMany': { safety: 'unsafe', method: 'POST', path: '/_apis/wit/$batch', apiVersion: '7.1' },
} as const;

export type OperationName = keyof typeof OPERATIONS;
