import type { HttpOperation, HttpRequest, Service, ServiceCall } from '@context-sdk/oauth-core/client-kit';

/** The client's methods that send a request of their own. */
export type OperationName =
  | 'tasks.listOpen'
  | 'tasks.listCompleted'
  | 'tasks.listDue'
  | 'tasks.filter'
  | 'tasks.search'
  | 'tasks.get'
  | 'tasks.create'
  | 'tasks.update'
  | 'tasks.complete'
  | 'tasks.assign'
  | 'tasks.unassign'
  | 'tasks.delete'
  | 'tasks.createMany'
  | 'tasks.updateMany'
  | 'tasks.completeMany'
  | 'tasks.moveMany'
  | 'comments.list'
  | 'comments.create'
  | 'comments.delete'
  | 'projects.list'
  | 'projects.get'
  | 'projects.data'
  | 'projects.members'
  | 'projects.create'
  | 'projects.update'
  | 'projects.delete'
  | 'groups.list'
  | 'groups.create'
  | 'groups.update'
  | 'groups.delete'
  | 'columns.list'
  | 'columns.create'
  | 'columns.update'
  | 'tags.list'
  | 'tags.create'
  | 'focus.get'
  | 'focus.list'
  | 'focus.create'
  | 'focus.delete'
  | 'countdowns.list'
  | 'habits.list'
  | 'habits.get'
  | 'habits.create'
  | 'habits.update'
  | 'habits.sections'
  | 'habits.checkIn'
  | 'habits.checkIns'
  | 'preference.get'
  | 'webhooks.register';

export type TickTickService = Service<OperationName, HttpOperation, HttpRequest>;
export type TickTickCall = ServiceCall<OperationName, HttpOperation, HttpRequest>;

/** What differs between TickTick's own API and the integration guide's. */
export interface Dialect {
  operations: Readonly<Partial<Record<OperationName, HttpOperation>>>;
  /** Tasks per batch. */
  batchSize: number;
  /** Without projects, a task is read by its id alone, and the list of tasks is complete. */
  hasProjects: boolean;
}

type Method = HttpOperation['method'];

function read(method: Method, path: string, query: readonly string[] = []): HttpOperation {
  return { safety: 'safe', scopes: ['tasks:read'], method, path, query };
}

function write(
  safety: 'unsafe' | 'idempotent',
  method: Method,
  path: string,
  query: readonly string[] = [],
): HttpOperation {
  return { safety, scopes: ['tasks:write'], method, path, query };
}

/** TickTick's Open API, which also has a POST for what it only reads: https://developer.ticktick.com/docs/openapi.md */
const OFFICIAL_OPERATIONS: Dialect['operations'] = {
  'tasks.listOpen': read('POST', '/task/filter'),
  'tasks.listCompleted': read('POST', '/task/completed'),
  'tasks.listDue': read('POST', '/task/undone'),
  'tasks.filter': read('POST', '/task/filter'),
  'tasks.search': read('POST', '/task/search'),
  'tasks.get': read('GET', '/project/{projectId}/task/{id}'),
  'tasks.create': write('unsafe', 'POST', '/task'),
  'tasks.update': write('idempotent', 'POST', '/task/{id}'),
  'tasks.complete': write('unsafe', 'POST', '/project/{projectId}/task/{id}/complete'),
  'tasks.assign': write('idempotent', 'POST', '/task/assign'),
  'tasks.unassign': write('idempotent', 'POST', '/task/unassign'),
  'tasks.delete': write('idempotent', 'DELETE', '/project/{projectId}/task/{id}'),
  'tasks.createMany': write('unsafe', 'POST', '/task/batch'),
  'tasks.updateMany': write('idempotent', 'POST', '/task/batch'),
  'tasks.completeMany': write('unsafe', 'POST', '/task/completeTasks'),
  'tasks.moveMany': write('idempotent', 'POST', '/task/move'),
  'comments.list': read('GET', '/project/{projectId}/task/{id}/comments'),
  'comments.create': write('unsafe', 'POST', '/project/{projectId}/task/{id}/comment'),
  'comments.delete': write('idempotent', 'DELETE', '/project/{projectId}/task/{id}/comment/{commentId}'),
  'projects.list': read('GET', '/project', ['limit', 'offset']),
  'projects.get': read('GET', '/project/{projectId}'),
  'projects.data': read('GET', '/project/{projectId}/data'),
  'projects.members': read('GET', '/project/{projectId}/members'),
  'projects.create': write('unsafe', 'POST', '/project'),
  'projects.update': write('idempotent', 'POST', '/project/{projectId}'),
  'projects.delete': write('idempotent', 'DELETE', '/project/{projectId}'),
  'groups.list': read('GET', '/project/group'),
  'groups.create': write('unsafe', 'POST', '/project/group'),
  'groups.update': write('idempotent', 'POST', '/project/group/{groupId}'),
  'groups.delete': write('idempotent', 'DELETE', '/project/group/{groupId}'),
  'columns.list': read('GET', '/project/{projectId}/column'),
  'columns.create': write('unsafe', 'POST', '/project/{projectId}/column'),
  'columns.update': write('idempotent', 'POST', '/project/{projectId}/column/{columnId}'),
  'tags.list': read('GET', '/tag'),
  'tags.create': write('unsafe', 'POST', '/tag'),
  'focus.get': read('GET', '/focus/{focusId}', ['type']),
  'focus.list': read('GET', '/focus', ['from', 'to', 'type']),
  'focus.create': write('unsafe', 'POST', '/focus'),
  'focus.delete': write('idempotent', 'DELETE', '/focus/{focusId}', ['type']),
  'countdowns.list': read('GET', '/countdown'),
  'habits.list': read('GET', '/habit'),
  'habits.get': read('GET', '/habit/{habitId}'),
  'habits.create': write('unsafe', 'POST', '/habit'),
  'habits.update': write('idempotent', 'POST', '/habit/{habitId}'),
  'habits.sections': read('GET', '/habit/sections'),
  'habits.checkIn': write('unsafe', 'POST', '/habit/{habitId}/checkin'),
  'habits.checkIns': read('GET', '/habit/checkins', ['habitIds', 'from', 'to']),
  'preference.get': read('POST', '/preference'),
};

/** TickTick's own API. */
export const OFFICIAL_DIALECT: Dialect = {
  operations: OFFICIAL_OPERATIONS,
  batchSize: 50,
  hasProjects: true,
};
