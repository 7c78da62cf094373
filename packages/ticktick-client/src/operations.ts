import type { HttpOperation, HttpRequest, Service, ServiceCall } from '@context-sdk/oauth-core/client-kit';

/** TickTick's Open API, which also has a POST for what it only reads: https://developer.ticktick.com/docs/openapi.md */
export const OPERATIONS = {
  'tasks.listOpen': { safety: 'safe', scopes: ['tasks:read'], method: 'POST', path: '/task/filter' },
  'tasks.listCompleted': { safety: 'safe', scopes: ['tasks:read'], method: 'POST', path: '/task/completed' },
  'tasks.listDue': { safety: 'safe', scopes: ['tasks:read'], method: 'POST', path: '/task/undone' },
  'tasks.filter': { safety: 'safe', scopes: ['tasks:read'], method: 'POST', path: '/task/filter' },
  'tasks.search': { safety: 'safe', scopes: ['tasks:read'], method: 'POST', path: '/task/search' },
  'tasks.get': {
    safety: 'safe',
    scopes: ['tasks:read'],
    method: 'GET',
    path: '/project/{projectId}/task/{id}',
  },
  'tasks.create': { safety: 'unsafe', scopes: ['tasks:write'], method: 'POST', path: '/task' },
  'tasks.update': { safety: 'idempotent', scopes: ['tasks:write'], method: 'POST', path: '/task/{id}' },
  'tasks.complete': {
    safety: 'unsafe',
    scopes: ['tasks:write'],
    method: 'POST',
    path: '/project/{projectId}/task/{id}/complete',
  },
  'tasks.assign': { safety: 'idempotent', scopes: ['tasks:write'], method: 'POST', path: '/task/assign' },
  'tasks.unassign': { safety: 'idempotent', scopes: ['tasks:write'], method: 'POST', path: '/task/unassign' },
  'tasks.delete': {
    safety: 'idempotent',
    scopes: ['tasks:write'],
    method: 'DELETE',
    path: '/project/{projectId}/task/{id}',
  },
  'tasks.createMany': { safety: 'unsafe', scopes: ['tasks:write'], method: 'POST', path: '/task/batch' },
  'tasks.updateMany': { safety: 'idempotent', scopes: ['tasks:write'], method: 'POST', path: '/task/batch' },
  'tasks.completeMany': {
    safety: 'unsafe',
    scopes: ['tasks:write'],
    method: 'POST',
    path: '/task/completeTasks',
  },
  'tasks.moveMany': { safety: 'idempotent', scopes: ['tasks:write'], method: 'POST', path: '/task/move' },
  'comments.list': {
    safety: 'safe',
    scopes: ['tasks:read'],
    method: 'GET',
    path: '/project/{projectId}/task/{id}/comments',
  },
  'comments.create': {
    safety: 'unsafe',
    scopes: ['tasks:write'],
    method: 'POST',
    path: '/project/{projectId}/task/{id}/comment',
  },
  'comments.delete': {
    safety: 'idempotent',
    scopes: ['tasks:write'],
    method: 'DELETE',
    path: '/project/{projectId}/task/{id}/comment/{commentId}',
  },
  'projects.list': {
    safety: 'safe',
    scopes: ['tasks:read'],
    method: 'GET',
    path: '/project',
    query: ['offset', 'limit'],
  },
  'projects.get': { safety: 'safe', scopes: ['tasks:read'], method: 'GET', path: '/project/{projectId}' },
  'projects.data': {
    safety: 'safe',
    scopes: ['tasks:read'],
    method: 'GET',
    path: '/project/{projectId}/data',
  },
  'projects.members': {
    safety: 'safe',
    scopes: ['tasks:read'],
    method: 'GET',
    path: '/project/{projectId}/members',
  },
  'projects.create': { safety: 'unsafe', scopes: ['tasks:write'], method: 'POST', path: '/project' },
  'projects.update': {
    safety: 'idempotent',
    scopes: ['tasks:write'],
    method: 'POST',
    path: '/project/{projectId}',
  },
  'projects.delete': {
    safety: 'idempotent',
    scopes: ['tasks:write'],
    method: 'DELETE',
    path: '/project/{projectId}',
  },
  'groups.list': { safety: 'safe', scopes: ['tasks:read'], method: 'GET', path: '/project/group' },
  'groups.create': { safety: 'unsafe', scopes: ['tasks:write'], method: 'POST', path: '/project/group' },
  'groups.update': {
    safety: 'idempotent',
    scopes: ['tasks:write'],
    method: 'POST',
    path: '/project/group/{groupId}',
  },
  'groups.delete': {
    safety: 'idempotent',
    scopes: ['tasks:write'],
    method: 'DELETE',
    path: '/project/group/{groupId}',
  },
  'columns.list': {
    safety: 'safe',
    scopes: ['tasks:read'],
    method: 'GET',
    path: '/project/{projectId}/column',
  },
  'columns.create': {
    safety: 'unsafe',
    scopes: ['tasks:write'],
    method: 'POST',
    path: '/project/{projectId}/column',
  },
  'columns.update': {
    safety: 'idempotent',
    scopes: ['tasks:write'],
    method: 'POST',
    path: '/project/{projectId}/column/{columnId}',
  },
  'tags.list': { safety: 'safe', scopes: ['tasks:read'], method: 'GET', path: '/tag' },
  'tags.create': { safety: 'unsafe', scopes: ['tasks:write'], method: 'POST', path: '/tag' },
  'focus.get': {
    safety: 'safe',
    scopes: ['tasks:read'],
    method: 'GET',
    path: '/focus/{focusId}',
    query: ['type'],
  },
  'focus.list': {
    safety: 'safe',
    scopes: ['tasks:read'],
    method: 'GET',
    path: '/focus',
    query: ['from', 'to', 'type'],
  },
  'focus.create': { safety: 'unsafe', scopes: ['tasks:write'], method: 'POST', path: '/focus' },
  'focus.delete': {
    safety: 'idempotent',
    scopes: ['tasks:write'],
    method: 'DELETE',
    path: '/focus/{focusId}',
    query: ['type'],
  },
  'countdowns.list': { safety: 'safe', scopes: ['tasks:read'], method: 'GET', path: '/countdown' },
  'habits.list': { safety: 'safe', scopes: ['tasks:read'], method: 'GET', path: '/habit' },
  'habits.get': { safety: 'safe', scopes: ['tasks:read'], method: 'GET', path: '/habit/{habitId}' },
  'habits.create': { safety: 'unsafe', scopes: ['tasks:write'], method: 'POST', path: '/habit' },
  'habits.update': {
    safety: 'idempotent',
    scopes: ['tasks:write'],
    method: 'POST',
    path: '/habit/{habitId}',
  },
  'habits.sections': { safety: 'safe', scopes: ['tasks:read'], method: 'GET', path: '/habit/sections' },
  'habits.checkIn': {
    safety: 'unsafe',
    scopes: ['tasks:write'],
    method: 'POST',
    path: '/habit/{habitId}/checkin',
  },
  'habits.checkIns': {
    safety: 'safe',
    scopes: ['tasks:read'],
    method: 'GET',
    path: '/habit/checkins',
    query: ['habitIds', 'from', 'to'],
  },
  'preference.get': { safety: 'safe', scopes: ['tasks:read'], method: 'POST', path: '/preference' },
} as const;

/** The integration guide's wire format. A gateway that speaks it has scopes of its own. */
export const GUIDE_OPERATIONS = {
  'tasks.listOpen': { safety: 'safe', method: 'GET', path: '/task' },
  'tasks.get': { safety: 'safe', method: 'GET', path: '/task/{id}' },
  'tasks.create': { safety: 'unsafe', method: 'POST', path: '/task' },
  'tasks.update': { safety: 'idempotent', method: 'PUT', path: '/task/{id}' },
  'tasks.createMany': { safety: 'unsafe', method: 'POST', path: '/task/batch' },
  'tasks.updateMany': { safety: 'idempotent', method: 'POST', path: '/task/batch' },
  'webhooks.register': { safety: 'unsafe', method: 'POST', path: '/webhook' },
} as const;

/** The client's methods that send a request of their own. */
export type OperationName = keyof typeof OPERATIONS | keyof typeof GUIDE_OPERATIONS;
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

export const DIALECTS: Readonly<Record<'official' | 'guide', Dialect>> = {
  official: { operations: OPERATIONS, batchSize: 50, hasProjects: true },
  guide: { operations: GUIDE_OPERATIONS, batchSize: 20, hasProjects: false },
};
