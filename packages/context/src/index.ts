export type {
  Agenda,
  AgendaEvent,
  AgendaItem,
  AgendaQuery,
  AgendaSource,
  AgendaTask,
  AgendaWorkItem,
} from './agenda/agenda.ts';
export type { BlockableTask, BlockedTime, BlockTimeOptions } from './time-blocks/time-block.ts';
export { NoFreeSlotError } from './time-blocks/no-free-slot-error.ts';
export type { Connection } from './connections/connection.ts';
export type { ConnectedAccount } from './connections/connection-record.ts';
export type { ImportOptions, TokenCredentials } from './connections/connection-options.ts';
export type { Connections } from './connections/connections.ts';
export type { ContextOptions } from './context-options.ts';
export { type Context, createContext } from './create-context.ts';
export type { CalendarChange, ContextEvent, MailboxChange, OnEvent } from './changes/context-event.ts';
export type {
  DraftEmailOptions,
  HandedTask,
  MailTemplate,
  WorkItemOptions,
} from './task-actions/task-summary.ts';
export type { ProviderId } from './options/provider-id.ts';
export type {
  AppOptions,
  AzureDevOpsOptions,
  GoogleOptions,
  Providers,
  TickTickOptions,
} from './options/provider-options.ts';
export type { User } from './users/user.ts';
export type { Connected, ConnectedResult, OnConnected } from './http/auth/on-connected.ts';
export type { ContextHandler, HandlerOptions } from './http/handler.ts';
export { type NodeListener, toNodeListener } from './http/node/to-node-listener.ts';
export { contextFromEnv, type EnvironmentOverrides } from './context-from-env.ts';
export type { Environment } from './options/read-environment.ts';
export type { FeedService } from './changes/sources/change-source.ts';
export type { Followed } from './changes/sync-changes.ts';
export type { FollowedService, FollowOptions } from './changes/change-subscriptions.ts';
export type { MaintenanceOptions, MaintenanceReport } from './changes/run-maintenance.ts';
export { browserSessions, type BrowserSessions, type SessionOptions } from './http/browser-sessions.ts';
export { httpStatusOf } from './http/problem-response.ts';
export { dayAfter, dayIn, startOfDay } from './utils/zoned-day.ts';
