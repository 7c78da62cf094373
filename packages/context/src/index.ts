export type {
  Agenda,
  AgendaEvent,
  AgendaItem,
  AgendaQuery,
  AgendaSource,
  AgendaTask,
  AgendaWorkItem,
} from './agenda/agenda.ts';
export type { BlockableTask, BlockedTime, BlockTimeOptions } from './block-time/block-time.ts';
export { NoFreeSlotError } from './block-time/no-free-slot-error.ts';
export type { Connection } from './connections/connection.ts';
export type { ConnectedAccount } from './connections/connection-record.ts';
export type { ImportOptions, TokenCredentials } from './connections/connection-options.ts';
export type { Connections } from './connections/connections.ts';
export type { ContextOptions } from './context-options.ts';
export { type Context, createContext } from './create-context.ts';
export type { CalendarChange, ContextEvent, MailboxChange, OnEvent } from './events/context-event.ts';
export type { DraftEmailOptions, HandedTask, MailTemplate, WorkItemOptions } from './handover/hand-over.ts';
export type { ProviderId } from './providers/provider-id.ts';
export type {
  AppOptions,
  AzureDevOpsOptions,
  GoogleOptions,
  Providers,
  TickTickOptions,
} from './providers/provider-options.ts';
export type { User } from './users/user.ts';
export type { Connected, ConnectedResult, OnConnected } from './web/auth/on-connected.ts';
export type { ContextHandler, HandlerOptions } from './web/handler.ts';
export { type NodeListener, toNodeListener } from './node/to-node-listener.ts';
export { contextFromEnv, type EnvironmentOverrides } from './environment/context-from-env.ts';
export type { Environment } from './environment/read-environment.ts';
export type { FeedService } from './feeds/feed.ts';
export type { Followed } from './feeds/follow.ts';
export type { FollowedService, FollowOptions } from './feeds/followers.ts';
export type { MaintenanceOptions, MaintenanceReport } from './maintenance/run-maintenance.ts';
export { browserSessions, type BrowserSessions, type SessionOptions } from './web/browser-sessions.ts';
export { httpStatusOf } from './web/problem-response.ts';
export { dayAfter, dayIn, startOfDay } from './time/zoned-day.ts';
